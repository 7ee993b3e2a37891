// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>
    /// Calls a handler for each window that a customer's message extends after you were told that it is about to close, or that it closed; once for each such
    /// alert.
    /// </summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowExtended(Func<Received<WindowExtended>, CancellationToken, Task> handler) =>
        Add(name: null, filter: null, handler);

    /// <summary>
    /// Calls a handler for each window that a customer's message extends after you were told that it is about to close, or that it closed; once for each such
    /// alert.
    /// </summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowExtended(Func<Received<WindowExtended>, Task> handler) =>
        Add(name: null, filter: null, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each window that a customer's message extends after you were told that it is about to close, or that it closed; once for
    /// each such alert.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowExtended(string name, Func<Received<WindowExtended>, CancellationToken, Task> handler) =>
        Add(Required(name), filter: null, handler);

    /// <summary>
    /// Calls a named handler for each window that a customer's message extends after you were told that it is about to close, or that it closed; once for
    /// each such alert.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowExtended(string name, Func<Received<WindowExtended>, Task> handler) =>
        Add(Required(name), filter: null, WithoutToken(handler));

    /// <summary>
    /// Calls a handler with a service for each window that a customer's message extends after you were told that it is about to close, or that it closed;
    /// once for each such alert.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowExtended<TService>(Func<Received<WindowExtended>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each window that a customer's message extends after you were told that it is about to close, or that it
    /// closed; once for each such alert.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowExtended<TService>(string name, Func<Received<WindowExtended>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>
    /// Calls a handler with two services for each window that a customer's message extends after you were told that it is about to close, or that it closed;
    /// once for each such alert.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowExtended<TService1, TService2>(Func<Received<WindowExtended>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each window that a customer's message extends after you were told that it is about to close, or that it
    /// closed; once for each such alert.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowExtended<TService1, TService2>(
        string name, Func<Received<WindowExtended>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), filter: null, With(handler));
}
