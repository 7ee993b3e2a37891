using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsSession.Handling;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>Sets the store and registers the handlers. Returned by <c>AddWhatsSession</c>.</summary>
/// <remarks>
/// A handler keeps its identity across restarts by its name. This is the name that you give. Without one it is the event's type and the position of the
/// handler among the handlers of that type, as in <c>TextReceived#1</c>; for a class it is the full name of the class. Inside <see cref="ForNumber"/> the
/// number's name and a slash come first. If you change the order of unnamed handlers, events that were being handled during the restart may go to the wrong
/// handler.
/// </remarks>
public sealed partial class WhatsSessionBuilder
{
    private static readonly TimeSpan DefaultQuiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DefaultAtMost = TimeSpan.FromSeconds(10);

    // Whoever has not been answered by then is not kept waiting for more.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromHours(1);

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

    /// <summary>Registers handlers that get only the events of one business number.</summary>
    /// <param name="name">The name of the number. A name that the options do not have fails the start.</param>
    /// <param name="build">Registers the handlers.</param>
    /// <exception cref="InvalidOperationException">This builder is already for one number.</exception>
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
    /// Registers a class that implements <see cref="IHandle{TEvent}"/> for one or more event types. Each type counts as a handler of its own. The class is
    /// resolved from a new scope for each call.
    /// </summary>
    /// <typeparam name="THandler">The class. It is registered as a scoped service unless it is already registered.</typeparam>
    /// <exception cref="InvalidOperationException">The class handles no event type.</exception>
    /// <exception cref="ArgumentException">The class was already added.</exception>
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
        return handler is Func<Received<Turn>, CancellationToken, Task> ofTurns
            ? AddTurn(name, DefaultQuiet, DefaultAtMost, ofTurns)
            : Bind(new HandlerBinding<TEvent>(FullName(name, typeof(TEvent).Name), handler) { Number = _number, Filter = filter });
    }

    private WhatsSessionBuilder AddOther(string? name, Func<Received<MessageReceived>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Bind(new HandlerBinding<MessageReceived>(FullName(name, "OtherMessage"), handler) { Number = _number, TakesRest = true });
    }

    private WhatsSessionBuilder AddAlert(string? name, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name, nameof(WindowClosing), WindowClosingBinding.DefaultLeads, handler);

    private WhatsSessionBuilder AddAlert(string? name, TimeSpan before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name, $"{nameof(WindowClosing)}({before:c})", [LeadOf(before)], handler);

    private WhatsSessionBuilder AddAlert(string? name, NodaTime.Duration before, Func<Received<WindowClosing>, CancellationToken, Task> handler) =>
        AddAlert(name, before.ToTimeSpanOrThrow(), handler);

    private WhatsSessionBuilder AddAlert(string? name, IReadOnlyList<TimeSpan> before, Func<Received<WindowClosing>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(before);
        NodaTime.Duration[] leads = [.. before.Select(LeadOf).Distinct().OrderDescending()];
        if (leads.Length == 0)
        {
            throw new ArgumentException("The list is empty; name at least one time before closing, such as TimeSpan.FromHours(1).", nameof(before));
        }

        var times = string.Join(',', leads.Select(static lead => lead.ToTimeSpan().ToString("c", null)));
        return AddAlert(name, $"{nameof(WindowClosing)}({times})", leads, handler);
    }

    private WhatsSessionBuilder AddAlert(
        string? name, string type, IReadOnlyList<NodaTime.Duration> leads, Func<Received<WindowClosing>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Bind(new WindowClosingBinding(FullName(name, type), leads, handler) { Number = _number });
    }

    private static NodaTime.Duration LeadOf(TimeSpan before)
    {
        if (before <= TimeSpan.Zero || before >= CustomerServiceWindow.Length.ToTimeSpan())
        {
            throw new ArgumentOutOfRangeException(
                nameof(before), before, "The time before closing must be more than zero and less than 24 hours, the length of a window, such as 01:00:00.");
        }

        // Windows and alerts are kept to the second.
        return before.Ticks % TimeSpan.TicksPerSecond == 0
            ? NodaTime.Duration.FromTimeSpan(before)
            : throw new ArgumentOutOfRangeException(nameof(before), before, "The time before closing must be whole seconds, such as 01:00:00.");
    }

    private WhatsSessionBuilder AddOverdue(
        string? name, TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        var time = ReplyOverdue.InRange(NodaTime.Duration.FromTimeSpan(after));
        return Bind(new ReplyOverdueBinding(FullName(name, $"{nameof(ReplyOverdue)}({after:c})"), time, options, handler) { Number = _number });
    }

    private WhatsSessionBuilder AddOverdue(
        string? name, NodaTime.Duration after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, CancellationToken, Task> handler) =>
        AddOverdue(name, after.ToTimeSpanOrThrow(), options, handler);

    private WhatsSessionBuilder AddTurn(string? name, TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (quiet <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(quiet), quiet, "The time for which the customer must have been quiet must be greater than zero.");
        }

        return atMost >= quiet && atMost <= LongestTurn
            ? Bind(new TurnBinding(FullName(name, nameof(Turn)), new TurnWait(quiet, atMost), handler) { Number = _number })
            : throw new ArgumentOutOfRangeException(
                nameof(atMost), atMost, $"A turn waits for at least the time that the customer must have been quiet ({quiet}), and at most {LongestTurn}.");
    }

    private WhatsSessionBuilder AddTurn(
        string? name, NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, CancellationToken, Task> handler) =>
        AddTurn(name, quiet.ToTimeSpanOrThrow(), atMost.ToTimeSpanOrThrow(), handler);

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
