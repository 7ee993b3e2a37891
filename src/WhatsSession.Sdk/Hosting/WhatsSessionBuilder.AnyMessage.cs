// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each customer message of any type.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage(Func<Received<MessageReceived>, CancellationToken, Task> handler) =>
        Add(name: null, filter: null, handler);

    /// <summary>Calls a handler for each customer message of any type.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage(Func<Received<MessageReceived>, Task> handler) =>
        Add(name: null, filter: null, WithoutToken(handler));

    /// <summary>Calls a handler for each customer message of any type that a filter takes.</summary>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage(MessageFilter filter, Func<Received<MessageReceived>, CancellationToken, Task> handler) =>
        Add(name: null, Required(filter), handler);

    /// <summary>Calls a handler for each customer message of any type that a filter takes.</summary>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage(MessageFilter filter, Func<Received<MessageReceived>, Task> handler) =>
        Add(name: null, Required(filter), WithoutToken(handler));

    /// <summary>Calls a named handler for each customer message of any type.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage(string name, Func<Received<MessageReceived>, CancellationToken, Task> handler) =>
        Add(Required(name), filter: null, handler);

    /// <summary>Calls a named handler for each customer message of any type.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage(string name, Func<Received<MessageReceived>, Task> handler) =>
        Add(Required(name), filter: null, WithoutToken(handler));

    /// <summary>Calls a named handler for each customer message of any type that a filter takes.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage(string name, MessageFilter filter, Func<Received<MessageReceived>, CancellationToken, Task> handler) =>
        Add(Required(name), Required(filter), handler);

    /// <summary>Calls a named handler for each customer message of any type that a filter takes.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage(string name, MessageFilter filter, Func<Received<MessageReceived>, Task> handler) =>
        Add(Required(name), Required(filter), WithoutToken(handler));

    /// <summary>Calls a handler with a service for each customer message of any type.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage<TService>(Func<Received<MessageReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a handler with a service for each customer message of any type that a filter takes.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage<TService>(MessageFilter filter, Func<Received<MessageReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, Required(filter), With(handler));

    /// <summary>Calls a named handler with a service for each customer message of any type.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage<TService>(string name, Func<Received<MessageReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>Calls a named handler with a service for each customer message of any type that a filter takes.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage<TService>(
        string name, MessageFilter filter, Func<Received<MessageReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(Required(name), Required(filter), With(handler));

    /// <summary>Calls a handler with two services for each customer message of any type.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage<TService1, TService2>(Func<Received<MessageReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a handler with two services for each customer message of any type that a filter takes.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnAnyMessage<TService1, TService2>(
        MessageFilter filter, Func<Received<MessageReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, Required(filter), With(handler));

    /// <summary>Calls a named handler with two services for each customer message of any type.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage<TService1, TService2>(
        string name, Func<Received<MessageReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>Calls a named handler with two services for each customer message of any type that a filter takes.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnAnyMessage<TService1, TService2>(
        string name, MessageFilter filter, Func<Received<MessageReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), Required(filter), With(handler));
}
