// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosed(Func<Received<WindowClosed>, CancellationToken, Task> handler) =>
        Add(name: null, filter: null, handler);

    /// <summary>Calls a handler for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosed(Func<Received<WindowClosed>, Task> handler) =>
        Add(name: null, filter: null, WithoutToken(handler));

    /// <summary>Calls a named handler for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosed(string name, Func<Received<WindowClosed>, CancellationToken, Task> handler) =>
        Add(Required(name), filter: null, handler);

    /// <summary>Calls a named handler for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosed(string name, Func<Received<WindowClosed>, Task> handler) =>
        Add(Required(name), filter: null, WithoutToken(handler));

    /// <summary>Calls a handler with a service for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosed<TService>(Func<Received<WindowClosed>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a named handler with a service for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosed<TService>(string name, Func<Received<WindowClosed>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>Calls a handler with two services for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosed<TService1, TService2>(Func<Received<WindowClosed>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a named handler with two services for each window that has closed, once: 24 hours after the customer's last message.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosed<TService1, TService2>(
        string name, Func<Received<WindowClosed>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), filter: null, With(handler));
}
