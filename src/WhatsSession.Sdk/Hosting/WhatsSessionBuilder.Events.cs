// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    public WhatsSessionBuilder On<TEvent>(Func<Received<TEvent>, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent => Add(name: null, filter: null, handler);

    /// <summary>Calls a handler for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    public WhatsSessionBuilder On<TEvent>(Func<Received<TEvent>, Task> handler)
        where TEvent : WhatsAppEvent => Add(name: null, filter: null, WithoutToken(handler));

    /// <summary>Calls a named handler for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder On<TEvent>(string name, Func<Received<TEvent>, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent => Add(Required(name), filter: null, handler);

    /// <summary>Calls a named handler for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder On<TEvent>(string name, Func<Received<TEvent>, Task> handler)
        where TEvent : WhatsAppEvent => Add(Required(name), filter: null, WithoutToken(handler));

    /// <summary>Calls a handler with a service for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    public WhatsSessionBuilder On<TEvent, TService>(Func<Received<TEvent>, TService, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
        where TService : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a named handler with a service for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder On<TEvent, TService>(string name, Func<Received<TEvent>, TService, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
        where TService : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>Calls a handler with two services for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    public WhatsSessionBuilder On<TEvent, TService1, TService2>(Func<Received<TEvent>, TService1, TService2, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a named handler with two services for each event of a type.</summary>
    /// <typeparam name="TEvent">The type of the event. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same event.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder On<TEvent, TService1, TService2>(string name, Func<Received<TEvent>, TService1, TService2, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), filter: null, With(handler));
}
