// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each status of a message that the business sent.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    public WhatsSessionBuilder OnDelivery(Func<Received<DeliveryUpdated>, CancellationToken, Task> handler) =>
        Add(name: null, filter: null, handler);

    /// <summary>Calls a handler for each status of a message that the business sent.</summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    public WhatsSessionBuilder OnDelivery(Func<Received<DeliveryUpdated>, Task> handler) =>
        Add(name: null, filter: null, WithoutToken(handler));

    /// <summary>Calls a named handler for each status of a message that the business sent.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnDelivery(string name, Func<Received<DeliveryUpdated>, CancellationToken, Task> handler) =>
        Add(Required(name), filter: null, handler);

    /// <summary>Calls a named handler for each status of a message that the business sent.</summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnDelivery(string name, Func<Received<DeliveryUpdated>, Task> handler) =>
        Add(Required(name), filter: null, WithoutToken(handler));

    /// <summary>Calls a handler with a service for each status of a message that the business sent.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    public WhatsSessionBuilder OnDelivery<TService>(Func<Received<DeliveryUpdated>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a named handler with a service for each status of a message that the business sent.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnDelivery<TService>(string name, Func<Received<DeliveryUpdated>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(Required(name), filter: null, With(handler));

    /// <summary>Calls a handler with two services for each status of a message that the business sent.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    public WhatsSessionBuilder OnDelivery<TService1, TService2>(Func<Received<DeliveryUpdated>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, filter: null, With(handler));

    /// <summary>Calls a named handler with two services for each status of a message that the business sent.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same status.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnDelivery<TService1, TService2>(
        string name, Func<Received<DeliveryUpdated>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(Required(name), filter: null, With(handler));
}
