// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>
    /// Calls a handler for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a base type, such as of
    /// OnAnyMessage, do not count.
    /// </summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnOtherMessage(Func<Received<MessageReceived>, CancellationToken, Task> handler) =>
        AddOther(name: null, handler);

    /// <summary>
    /// Calls a handler for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a base type, such as of
    /// OnAnyMessage, do not count.
    /// </summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnOtherMessage(Func<Received<MessageReceived>, Task> handler) =>
        AddOther(name: null, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a base type, such as
    /// of OnAnyMessage, do not count.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnOtherMessage(string name, Func<Received<MessageReceived>, CancellationToken, Task> handler) =>
        AddOther(Required(name), handler);

    /// <summary>
    /// Calls a named handler for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a base type, such as
    /// of OnAnyMessage, do not count.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnOtherMessage(string name, Func<Received<MessageReceived>, Task> handler) =>
        AddOther(Required(name), WithoutToken(handler));

    /// <summary>
    /// Calls a handler with a service for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a base type,
    /// such as of OnAnyMessage, do not count.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnOtherMessage<TService>(Func<Received<MessageReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOther(name: null, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a base
    /// type, such as of OnAnyMessage, do not count.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnOtherMessage<TService>(string name, Func<Received<MessageReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOther(Required(name), With(handler));

    /// <summary>
    /// Calls a handler with two services for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a base
    /// type, such as of OnAnyMessage, do not count.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnOtherMessage<TService1, TService2>(Func<Received<MessageReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOther(name: null, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each customer message that no handler of its own type and no handler with a filter takes. Handlers of a
    /// base type, such as of OnAnyMessage, do not count.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnOtherMessage<TService1, TService2>(
        string name, Func<Received<MessageReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOther(Required(name), With(handler));
}
