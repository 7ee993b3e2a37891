using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsSession;

/// <summary>Names the store and the handlers. Returned by <c>AddWhatsSession</c>.</summary>
/// <remarks>
/// A handler is known across restarts by its name: the event's type and the handler's position among those of that type, as in <c>TextReceived#1</c>, or the name
/// that is given. So reordering unnamed handlers changes who is who for events that were in flight during the restart.
/// </remarks>
public sealed class WhatsSessionBuilder
{
    internal WhatsSessionBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that are being built, for clocks, logging and stores.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Keeps everything in this store instead of in memory.</summary>
    /// <param name="store">Makes the store.</param>
    public WhatsSessionBuilder UseStore(Func<IServiceProvider, IWhatsSessionStore> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Services.Replace(ServiceDescriptor.Singleton(store));
        return this;
    }

    /// <summary>Calls a handler for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>; a base type takes all kinds below it.</typeparam>
    /// <param name="handler">The handler. It may be called again for the same message when it threw.</param>
    public WhatsSessionBuilder OnMessage<TMessage>(Func<Received<TMessage>, CancellationToken, Task> handler)
        where TMessage : MessageReceived => Add(NextName(typeof(TMessage).Name), handler);

    /// <summary>Calls a named handler for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>; a base type takes all kinds below it.</typeparam>
    /// <param name="name">The name its completions are noted under; unique.</param>
    /// <param name="handler">The handler. It may be called again for the same message when it threw.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnMessage<TMessage>(string name, Func<Received<TMessage>, CancellationToken, Task> handler)
        where TMessage : MessageReceived
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Bindings.Any(binding => binding.Name == name)
            ? throw new ArgumentException($"There is a handler \"{name}\" already; each name is used once.", nameof(name))
            : Add(name, handler);
    }

    /// <summary>Calls a handler with a service for each customer message of a type.</summary>
    /// <typeparam name="TMessage">The type, such as <see cref="TextReceived"/>; a base type takes all kinds below it.</typeparam>
    /// <typeparam name="TService">The service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. It may be called again for the same message when it threw.</param>
    public WhatsSessionBuilder OnMessage<TMessage, TService>(Func<Received<TMessage>, TService, CancellationToken, Task> handler)
        where TMessage : MessageReceived
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnMessage<TMessage>((message, cancellationToken) => handler(message, message.Services.GetRequiredService<TService>(), cancellationToken));
    }

    /// <summary>Calls a handler for each status of a message that the business sent.</summary>
    /// <param name="handler">The handler. It may be called again for the same status when it threw.</param>
    public WhatsSessionBuilder OnDelivery(Func<Received<DeliveryUpdated>, CancellationToken, Task> handler) => Add(NextName(nameof(DeliveryUpdated)), handler);

    /// <summary>Calls a handler once for each window that is about to close.</summary>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. It may be called again for the same alert when it threw.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(TimeSpan before, Func<Received<WindowClosing>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(before, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(before, CustomerServiceWindow.Length.ToTimeSpan());
        if (before.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            // Windows and alerts are kept to the second.
            throw new ArgumentOutOfRangeException(nameof(before), before, "The time before closing must be whole seconds.");
        }

        Services.AddSingleton<HandlerBinding>(new WindowClosingBinding(NextName($"{nameof(WindowClosing)}({before:c})"), before, handler));
        return this;
    }

    /// <summary>Calls a handler once for each window that is about to close.</summary>
    /// <param name="before">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="handler">The handler. It may be called again for the same alert when it threw.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="before"/> is out of range.</exception>
    public WhatsSessionBuilder OnWindowClosing(NodaTime.Duration before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        OnWindowClosing(before.ToTimeSpan(), handler);

    private IEnumerable<HandlerBinding> Bindings => Services.Select(service => service.ImplementationInstance).OfType<HandlerBinding>();

    private WhatsSessionBuilder Add<TEvent>(string name, Func<Received<TEvent>, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
    {
        ArgumentNullException.ThrowIfNull(handler);
        Services.AddSingleton<HandlerBinding>(new HandlerBinding<TEvent>(name, handler));
        return this;
    }

    private string NextName(string type)
    {
        // A name that was given may look like one of ours; it is passed over.
        var taken = Bindings.Select(binding => binding.Name).ToHashSet(StringComparer.Ordinal);
        var ordinal = 1;
        while (taken.Contains(FormattableString.Invariant($"{type}#{ordinal}")))
        {
            ordinal++;
        }

        return FormattableString.Invariant($"{type}#{ordinal}");
    }
}
