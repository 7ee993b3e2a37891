// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each text of a customer.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText(Func<Received<TextReceived>, CancellationToken, Task> handler) =>
        Add(name: null, filter: null, handler);

    /// <summary>Calls a handler for each text of a customer.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText(Func<Received<TextReceived>, Task> handler) =>
        Add(name: null, filter: null, WithoutToken(handler));

    /// <summary>Calls a handler for each text of a customer that a filter takes.</summary>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText(MessageFilter filter, Func<Received<TextReceived>, CancellationToken, Task> handler) =>
        Add(name: null, Required(filter), handler);

    /// <summary>Calls a handler for each text of a customer that a filter takes.</summary>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText(MessageFilter filter, Func<Received<TextReceived>, Task> handler) =>
        Add(name: null, Required(filter), WithoutToken(handler));

    /// <summary>Calls a handler for each text of a customer that is this one.</summary>
    /// <param name="text">The whole text, compared without case; white space around it does not count.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText(string text, Func<Received<TextReceived>, CancellationToken, Task> handler) =>
        Add(name: null, MessageFilter.TextEquals(text), handler);

    /// <summary>Calls a handler for each text of a customer that is this one.</summary>
    /// <param name="text">The whole text, compared without case; white space around it does not count.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText(string text, Func<Received<TextReceived>, Task> handler) =>
        Add(name: null, MessageFilter.TextEquals(text), WithoutToken(handler));

    /// <summary>Calls a handler with a service for each text of a customer.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText<TService>(Func<Received<TextReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a handler with a service for each text of a customer that a filter takes.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText<TService>(MessageFilter filter, Func<Received<TextReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, Required(filter), With(handler));

    /// <summary>Calls a handler with a service for each text of a customer that is this one.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="text">The whole text, compared without case; white space around it does not count.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText<TService>(string text, Func<Received<TextReceived>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, MessageFilter.TextEquals(text), With(handler));

    /// <summary>Calls a handler with two services for each text of a customer.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText<TService1, TService2>(Func<Received<TextReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a handler with two services for each text of a customer that a filter takes.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="filter">Which messages it takes.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText<TService1, TService2>(
        MessageFilter filter, Func<Received<TextReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, Required(filter), With(handler));

    /// <summary>Calls a handler with two services for each text of a customer that is this one.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="text">The whole text, compared without case; white space around it does not count.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnText<TService1, TService2>(string text, Func<Received<TextReceived>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, MessageFilter.TextEquals(text), With(handler));
}
