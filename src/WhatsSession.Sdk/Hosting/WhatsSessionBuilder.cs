using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsSession.Handling;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>Names the store and the handlers. Returned by <c>AddWhatsSession</c>.</summary>
/// <remarks>
/// A handler is known across restarts by its name: the event's type and the handler's position among those of that type, as in <c>TextReceived#1</c>,
/// or the name
/// that is given, or of a class its full name. Inside <see cref="ForNumber"/> the number's name and a slash come first.
/// So reordering unnamed handlers changes who
/// is who for events that were in flight during the restart.
/// </remarks>
public sealed partial class WhatsSessionBuilder
{
    private readonly string? _number;

    internal WhatsSessionBuilder(IServiceCollection services, string? number = null)
    {
        Services = services;
        _number = number;
    }

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

    /// <summary>Registers handlers that take the events of one business number alone.</summary>
    /// <param name="name">The name of the number. A name that the options do not have fails the start.</param>
    /// <param name="build">Registers the handlers.</param>
    /// <exception cref="InvalidOperationException">This builder is for one number already.</exception>
    public WhatsSessionBuilder ForNumber(string name, Action<WhatsSessionBuilder> build)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(build);
        if (_number is not null)
        {
            throw new InvalidOperationException($"These handlers are for the number \"{_number}\" already.");
        }

        build(new WhatsSessionBuilder(Services, name));
        return this;
    }

    /// <summary>
    /// Registers a class that implements <see cref="IHandle{TEvent}"/> for one or several types of event, each a handler of its own.
    /// It is resolved from a scope made for each call.
    /// </summary>
    /// <typeparam name="THandler">The class. Registered as a scoped service unless it is a service already.</typeparam>
    /// <exception cref="InvalidOperationException">It handles no type of event.</exception>
    /// <exception cref="ArgumentException">It was added before.</exception>
    public WhatsSessionBuilder AddHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class
    {
        var found = new HandledTypes<THandler>();
        EventTypes.Visit(found);
        if (found.Add.Count == 0)
        {
            throw new InvalidOperationException($"{typeof(THandler)} implements no IHandle<TEvent> of an event type.");
        }

        Services.TryAddScoped<THandler>();
        foreach (var (eventType, add) in found.Add)
        {
            // One event may be of several of its types, and each is completed by itself.
            add(this, found.Add.Count == 1 ? typeof(THandler).FullName! : $"{typeof(THandler).FullName}({eventType})");
        }

        return this;
    }

    private IEnumerable<string> TakenNames =>
        Services.Select(service => service.ImplementationInstance).OfType<HandlerBinding>().Select(binding => binding.Name);

    private string Prefix => _number is null ? "" : _number + "/";

    private static string Required(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }

    private static MessageFilter Required(MessageFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter;
    }

    private static Func<Received<TEvent>, CancellationToken, Task> With<TEvent, TService>(Func<Received<TEvent>, TService, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return (received, cancellationToken) => handler(received, received.Services.GetRequiredService<TService>(), cancellationToken);
    }

    private static Func<Received<TEvent>, CancellationToken, Task> With<TEvent, TService1, TService2>(
        Func<Received<TEvent>, TService1, TService2, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
        where TService1 : notnull
        where TService2 : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return (received, cancellationToken) =>
            handler(received, received.Services.GetRequiredService<TService1>(), received.Services.GetRequiredService<TService2>(), cancellationToken);
    }

    private static Func<Received<TEvent>, CancellationToken, Task> WithoutToken<TEvent>(Func<Received<TEvent>, Task> handler)
        where TEvent : WhatsAppEvent
    {
        ArgumentNullException.ThrowIfNull(handler);
        return (received, _) => handler(received);
    }

    private WhatsSessionBuilder Add<TEvent>(string? name, MessageFilter? filter, Func<Received<TEvent>, CancellationToken, Task> handler)
        where TEvent : WhatsAppEvent
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Bind(new HandlerBinding<TEvent>(FullName(name, typeof(TEvent).Name), handler) { Number = _number, Filter = filter });
    }

    private WhatsSessionBuilder AddOther(string? name, Func<Received<MessageReceived>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Bind(new HandlerBinding<MessageReceived>(FullName(name, "OtherMessage"), handler) { Number = _number, TakesRest = true });
    }

    private WhatsSessionBuilder AddAlert(string? name, TimeSpan before, Func<Received<WindowClosing>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(before, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(before, CustomerServiceWindow.Length.ToTimeSpan());
        if (before.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            // Windows and alerts are kept to the second.
            throw new ArgumentOutOfRangeException(nameof(before), before, "The time before closing must be whole seconds.");
        }

        return Bind(new WindowClosingBinding(FullName(name, $"{nameof(WindowClosing)}({before:c})"), before, handler) { Number = _number });
    }

    private WhatsSessionBuilder AddAlert(string? name, NodaTime.Duration before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name, before.ToTimeSpanOrThrow(), handler);

    private WhatsSessionBuilder Bind(HandlerBinding handler)
    {
        Services.AddSingleton(handler);
        return this;
    }

    private string FullName(string? name, string type)
    {
        if (name is null)
        {
            return NextName(type);
        }

        var full = Prefix + name;
        return TakenNames.Contains(full, StringComparer.Ordinal)
            ? throw new ArgumentException($"There is a handler \"{full}\" already; each name is used once.", nameof(name))
            : full;
    }

    private string NextName(string type)
    {
        // A name that was given may look like one of ours; it is passed over.
        var taken = TakenNames.ToHashSet(StringComparer.Ordinal);
        var ordinal = 1;
        while (taken.Contains(FormattableString.Invariant($"{Prefix}{type}#{ordinal}")))
        {
            ordinal++;
        }

        return FormattableString.Invariant($"{Prefix}{type}#{ordinal}");
    }

    /// <summary>Finds the event types that a class handles.</summary>
    private sealed class HandledTypes<THandler> : IEventTypeVisitor
        where THandler : class
    {
        public List<(string EventType, Action<WhatsSessionBuilder, string> AddTo)> Add { get; } = [];

        public void Visit<TEvent>()
            where TEvent : WhatsAppEvent
        {
            if (typeof(IHandle<TEvent>).IsAssignableFrom(typeof(THandler)))
            {
                Add.Add((typeof(TEvent).Name, static (builder, name) => builder.Add<TEvent>(
                    name,
                    filter: null,
                    static (received, cancellationToken) =>
                        ((IHandle<TEvent>)(object)received.Services.GetRequiredService<THandler>()).HandleAsync(received, cancellationToken))));
            }
        }
    }
}
