// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage>(Func<Received<TMessage>, CancellationToken, Task> handler)
        where TMessage : MessageReceived => Add(name: null, filter: null, handler);

    /// <summary>Calls a handler for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage>(Func<Received<TMessage>, Task> handler)
        where TMessage : MessageReceived => Add(name: null, filter: null, WithoutToken(handler));

    /// <summary>Calls a handler for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage>(MessageFilter filter, Func<Received<TMessage>, CancellationToken, Task> handler)
        where TMessage : MessageReceived => Add(name: null, Required(filter), handler);

    /// <summary>Calls a handler for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage>(MessageFilter filter, Func<Received<TMessage>, Task> handler)
        where TMessage : MessageReceived => Add(name: null, Required(filter), WithoutToken(handler));

    /// <summary>Calls a named handler for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage>(string name, Func<Received<TMessage>, CancellationToken, Task> handler)
        where TMessage : MessageReceived => Add(Required(name), filter: null, handler);

    /// <summary>Calls a named handler for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage>(string name, Func<Received<TMessage>, Task> handler)
        where TMessage : MessageReceived => Add(Required(name), filter: null, WithoutToken(handler));

    /// <summary>Calls a named handler for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage>(string name, MessageFilter filter, Func<Received<TMessage>, CancellationToken, Task> handler)
        where TMessage : MessageReceived => Add(Required(name), Required(filter), handler);

    /// <summary>Calls a named handler for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage>(string name, MessageFilter filter, Func<Received<TMessage>, Task> handler)
        where TMessage : MessageReceived => Add(Required(name), Required(filter), WithoutToken(handler));

    /// <summary>Calls a handler with a service for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage, TService>(Func<Received<TMessage>, TService, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a handler with a service for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage, TService>(MessageFilter filter, Func<Received<TMessage>, TService, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService : notnull => Add(name: null, Required(filter), With(handler));

    /// <summary>Calls a named handler with a service for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage, TService>(string name, Func<Received<TMessage>, TService, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>Calls a named handler with a service for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage, TService>(
        string name, MessageFilter filter, Func<Received<TMessage>, TService, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService : notnull => Add(Required(name), Required(filter), With(handler));

    /// <summary>Calls a handler with two services for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage, TService1, TService2>(Func<Received<TMessage>, TService1, TService2, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a handler with two services for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnMessage<TMessage, TService1, TService2>(
        MessageFilter filter, Func<Received<TMessage>, TService1, TService2, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, Required(filter), With(handler));

    /// <summary>Calls a named handler with two services for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage, TService1, TService2>(
        string name, Func<Received<TMessage>, TService1, TService2, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>Calls a named handler with two services for each customer message of a type that a filter takes.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage, TService1, TService2>(
        string name, MessageFilter filter, Func<Received<TMessage>, TService1, TService2, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), Required(filter), With(handler));
}
