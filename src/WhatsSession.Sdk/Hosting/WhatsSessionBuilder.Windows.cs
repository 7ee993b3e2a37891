// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosing(Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name: null, handler);

    /// <summary>Calls a handler for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosing(Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(name: null, WithoutToken(handler));

    /// <summary>Calls a handler for each window that is about to close, once.</summary>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(TimeSpan before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name: null, before, handler);

    /// <summary>Calls a handler for each window that is about to close, once.</summary>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(TimeSpan before, Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(name: null, before, WithoutToken(handler));

    /// <summary>Calls a handler for each window that is about to close, once.</summary>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(NodaTime.Duration before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name: null, before, handler);

    /// <summary>Calls a handler for each window that is about to close, once.</summary>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(NodaTime.Duration before, Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(name: null, before, WithoutToken(handler));

    /// <summary>Calls a handler for each window that is about to close, once.</summary>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name: null, before, handler);

    /// <summary>Calls a handler for each window that is about to close, once.</summary>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(name: null, before, WithoutToken(handler));

    /// <summary>Calls a named handler for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(Required(name), handler);

    /// <summary>Calls a named handler for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(Required(name), WithoutToken(handler));

    /// <summary>Calls a named handler for each window that is about to close, once.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, TimeSpan before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(Required(name), before, handler);

    /// <summary>Calls a named handler for each window that is about to close, once.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, TimeSpan before, Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(Required(name), before, WithoutToken(handler));

    /// <summary>Calls a named handler for each window that is about to close, once.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, NodaTime.Duration before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(Required(name), before, handler);

    /// <summary>Calls a named handler for each window that is about to close, once.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, NodaTime.Duration before, Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(Required(name), before, WithoutToken(handler));

    /// <summary>Calls a named handler for each window that is about to close, once.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(Required(name), before, handler);

    /// <summary>Calls a named handler for each window that is about to close, once.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(string name, IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, Task> handler) =>
        AddAlert(Required(name), before, WithoutToken(handler));

    /// <summary>Calls a handler with a service for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosing<TService>(Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(name: null, With(handler));

    /// <summary>Calls a handler with a service for each window that is about to close, once.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService>(TimeSpan before, Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(name: null, before, With(handler));

    /// <summary>Calls a handler with a service for each window that is about to close, once.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService>(NodaTime.Duration before, Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(name: null, before, With(handler));

    /// <summary>Calls a handler with a service for each window that is about to close, once.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService>(
        IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(name: null, before, With(handler));

    /// <summary>Calls a named handler with a service for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService>(string name, Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(Required(name), With(handler));

    /// <summary>Calls a named handler with a service for each window that is about to close, once.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService>(
        string name, TimeSpan before, Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(Required(name), before, With(handler));

    /// <summary>Calls a named handler with a service for each window that is about to close, once.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService>(
        string name, NodaTime.Duration before, Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(Required(name), before, With(handler));

    /// <summary>Calls a named handler with a service for each window that is about to close, once.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService>(
        string name, IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddAlert(Required(name), before, With(handler));

    /// <summary>Calls a handler with two services for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(name: null, With(handler));

    /// <summary>Calls a handler with two services for each window that is about to close, once.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(
        TimeSpan before, Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(name: null, before, With(handler));

    /// <summary>Calls a handler with two services for each window that is about to close, once.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(
        NodaTime.Duration before, Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(name: null, before, With(handler));

    /// <summary>Calls a handler with two services for each window that is about to close, once.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(
        IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(name: null, before, With(handler));

    /// <summary>Calls a named handler with two services for each window that is about to close, 4 hours and 1 hour before.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(
        string name, Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(Required(name), With(handler));

    /// <summary>Calls a named handler with two services for each window that is about to close, once.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(
        string name, TimeSpan before, Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(Required(name), before, With(handler));

    /// <summary>Calls a named handler with two services for each window that is about to close, once.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(
        string name, NodaTime.Duration before, Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(Required(name), before, With(handler));

    /// <summary>Calls a named handler with two services for each window that is about to close, once.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="before">How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentException"><paramref name="before"/> is empty, or one of its times is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing<TService1, TService2>(
        string name, IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddAlert(Required(name), before, With(handler));
}
