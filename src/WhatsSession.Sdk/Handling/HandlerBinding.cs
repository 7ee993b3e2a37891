using WhatsSession.Alerts;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>A handler as it was registered: its name, the events it takes and the code to call.</summary>
internal abstract class HandlerBinding(string name)
{
    /// <summary>What its completion is noted under, across restarts.</summary>
    public string Name { get; } = name;

    /// <summary>The alerts that are planned for it.</summary>
    public virtual IEnumerable<PlannedAlert> Alerts => [];

    /// <summary>How long its turns wait; null for a handler of other events.</summary>
    public virtual TurnWait? TurnWait => null;

    /// <summary>The name of the one business number whose events it takes; null for all.</summary>
    public string? Number { get; init; }

    /// <summary>Whether it takes the messages alone that no handler of their type, and none with a filter, takes.</summary>
    public bool TakesRest { get; init; }

    /// <summary>Whether it takes the event for its type or by a filter, so that it is not left to those that take the rest.</summary>
    public virtual bool Claims(WhatsAppEvent received) => false;

    /// <summary>The names of the business numbers that its registration speaks of, to be checked at start-up.</summary>
    public virtual IEnumerable<string> NamedNumbers => Number is null ? [] : [Number];

    /// <summary>Whether it may take an event of this lane; asked before the event is read.</summary>
    public virtual bool MayTake(EventLane lane) => true;

    public virtual bool Accepts(WhatsAppEvent received, BusinessNumber? number) =>
        Number is null || string.Equals(Number, number?.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether <see cref="Accepts"/> may take its time with an event, or block.</summary>
    public virtual bool MayBlockOn(WhatsAppEvent received) => false;

    public abstract Task InvokeAsync(
        WhatsAppEvent received, BusinessNumber? number, IServiceProvider services, HandlerRun run, CancellationToken cancellationToken);
}

/// <inheritdoc />
internal class HandlerBinding<TEvent>(string name, Func<Received<TEvent>, CancellationToken, Task> handler) : HandlerBinding(name)
    where TEvent : WhatsAppEvent
{
    public MessageFilter? Filter { get; init; }

    public override IEnumerable<PlannedAlert> Alerts => typeof(TEvent) switch
    {
        { } type when type == typeof(WindowClosing) => WindowClosingBinding.DefaultLeads.Select(WindowAlert.Planned),
        { } type when type == typeof(WindowClosed) => [WindowAlert.PlannedClosed],
        { } type when type == typeof(ReplyOverdue) => [default(OverdueRule).Planned(ReplyOverdueBinding.DefaultAfter)],
        { } type when type == typeof(WindowExtended) => [WindowAlert.PlannedExtended],
        _ => [],
    };

    public override IEnumerable<string> NamedNumbers => Filter is null ? base.NamedNumbers : base.NamedNumbers.Concat(Filter.NamedNumbers);

    public override bool MayTake(EventLane lane) => lane switch
    {
        EventLane.Live => Meets(typeof(MessageReceived)),
        EventLane.Status => Meets(typeof(DeliveryUpdated)) || Meets(typeof(UnknownStatus)),
        EventLane.Payment => Meets(typeof(PaymentUpdated)),
        EventLane.Turn => false,
        _ => true,
    };

    public override bool Accepts(WhatsAppEvent received, BusinessNumber? number) =>
        received is TEvent and not Turn && base.Accepts(received, number)
        && (Filter is null || (received is MessageReceived message && Filter.Matches(message, number)));

    public override bool Claims(WhatsAppEvent received) => !TakesRest && (Filter is not null || received.GetType() == typeof(TEvent));

    public override bool MayBlockOn(WhatsAppEvent received) => Filter is { MayBlock: true } && received is TEvent;

    public override Task InvokeAsync(
        WhatsAppEvent received, BusinessNumber? number, IServiceProvider services, HandlerRun run, CancellationToken cancellationToken) =>
        handler(new Received<TEvent>((TEvent)received, number, services, run), cancellationToken);

    private static bool Meets(Type type) => typeof(TEvent).IsAssignableFrom(type) || type.IsAssignableFrom(typeof(TEvent));
}
