using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What is known about a batch before it is given to a store: the rules of ingest that need no store.</summary>
/// <remarks>
/// A store takes the events in their order. It stores the number and the account of each event (<see cref="Numbers"/>), drops the event when a
/// <see cref="Tombstone"/> covers it, and joins its <see cref="StoredEvent.Facts"/>, also for duplicates. A copy (<see cref="IsCopy"/>) of a send that the
/// store has, with the same message id and to the same customer, has nothing new: its facts are not joined and it is not kept in the history. If the copy came
/// before the store knew the id, or before it knew that the customers are the same, the store takes the copy back later: it removes the copy from the history,
/// and <see cref="ConversationState.Echoed"/> becomes the latest of the other copies. If the key of the event is new, the store joins <see cref="LinkOf"/>,
/// stores who is a sender (<see cref="IdentityRules.NamesSender"/>), asks the planners of alerts if there is something to ask (<see cref="AlertQuestion"/>),
/// extends the window (<see cref="WindowOf"/>), sets the first check
/// (<see cref="FirstCheckOf(StoredEvent, Duration?)"/>), releases held messages, keeps the event in the history (<see cref="IsLogged"/>) and puts it into the
/// outbox (<see cref="Queues(StoredEvent, EventLanes)"/>), and makes it a part of the turns that take it (<see cref="TurnsWith"/>). The quarantined payload
/// (<see cref="Quarantined"/>) comes last. All texts are compared ordinally.
/// </remarks>
public readonly record struct IngestPlan
{
    private readonly IngestBatch? _batch;

    private IngestPlan(IngestBatch batch, StoredEvent[] events)
    {
        _batch = batch;
        Events = events;
        Quarantined = batch.Quarantined.IsEmpty ? null : new QuarantinedPayload
        {
            Key = QuarantinedPayload.KeyOf(batch.Quarantined.Span),
            ReceivedAt = batch.ReceivedAt,
            Reason = batch.QuarantineReason,
            Payload = batch.Quarantined.ToArray(),
        };
    }

    /// <summary>
    /// How long before its copy a send may have been stored, because a second try or a fallback may wait for a day. Older sends are not checked.
    /// </summary>
    public static Duration LongestSend { get; } = Duration.FromDays(2);

    /// <summary>The events, a copy: the caller's list may change.</summary>
    public IReadOnlyList<StoredEvent> Events { get; }

    /// <summary>A copy of the payload to keep in quarantine; null for none. It is kept once, even when it is delivered several times.</summary>
    public QuarantinedPayload? Quarantined { get; }

    /// <summary>The business numbers of the events, each once, with what the batch says about it. It is computed again at each call.</summary>
    public IEnumerable<NumberSighting> Numbers => Events
        .Where(static stored => stored.Number is not null)
        .GroupBy(static stored => stored.Number!.Value)
        .Select(static group => new NumberSighting(
            group.Key,
            group.Min(static stored => stored.ReceivedAt),
            group.LastOrDefault(static stored => stored.Account is not null)?.Account));

    /// <summary>Plans a batch. Everything that can fail fails here, before the first change, because a batch is kept completely or not at all.</summary>
    /// <exception cref="ArgumentException">An event is null.</exception>
    public static IngestPlan Of(IngestBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        StoredEvent[] events = [.. batch.Events];
        foreach (var stored in events)
        {
            if (stored is null || !Enum.IsDefined(stored.Lane))
            {
                throw new ArgumentException(
                    stored is null ? "An event of the batch is null." : "An event of the batch is of a lane that there is not.", nameof(batch));
            }
        }

        return new IngestPlan(batch, events);
    }

    /// <summary>The phone number and the BSUID that an event names as one customer; null when it names none.</summary>
    public static IdentityLink? LinkOf(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { Number: not null, Link: { Phone.IsPhone: true, BusinessScopedId.IsBusinessScoped: true } link } ? link : null;
    }

    /// <summary>The change of a BSUID that an event reports; null for none.</summary>
    public static IdentityRotation? RotationOf(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { Number: not null, Facts.Rotation: { Previous.IsBusinessScoped: true, Current.IsBusinessScoped: true } rotation } ? rotation : null;
    }

    /// <summary>The time from which an event opens its conversation's window, in whole seconds; null when it opens no window.</summary>
    public static Instant? WindowOf(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { OpensWindow: true, Conversation: not null } ? Instant.FromUnixTimeSeconds(stored.Timestamp.ToUnixTimeSeconds()) : null;
    }

    /// <summary>When to check for alerts if an event is the conversation's latest; null for not at all.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="leastDelay">How long after an event the first planned alert of all hosts is due; null when none is planned.</param>
    public static Instant? FirstCheckOf(StoredEvent stored, Duration? leastDelay)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Dispatches && WindowOf(stored) is { } at ? After(at, leastDelay) : null;
    }

    /// <summary>
    /// When to check for alerts after facts that come without an event, such as an import, if they name the conversation's latest inbound event; null for not
    /// at all. It is only for a window that is open: a window that closed before it was known raises nothing, and a window from before an erasure raises
    /// nothing.
    /// </summary>
    /// <param name="facts">The facts, with the erasure of the conversation that the store knows.</param>
    /// <param name="leastDelay">How long after an event the first planned alert of all hosts is due; null when none is planned.</param>
    /// <param name="now">The moment.</param>
    public static Instant? FirstCheckOf(ConversationState facts, Duration? leastDelay, Instant now) =>
        facts.ToSeconds().LastInbound is { } inbound && CustomerServiceWindow.ClosesAt(inbound) > now && !(facts.Erased >= inbound)
            ? After(inbound, leastDelay)
            : null;

    /// <summary>
    /// Whether an event is kept in its conversation's history. This is so for a customer's message and for the copy of a message of the business.
    /// </summary>
    public static bool IsLogged(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { Lane: EventLane.Live or EventLane.Echo, Conversation: not null };
    }

    /// <summary>Whether an event is the copy of a message of the business, which may be a send of the store's own.</summary>
    public static bool IsCopy(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { Lane: EventLane.Echo, Conversation: not null, Message: not null };
    }

    /// <summary>Whether an event goes into the outbox, independent of what other hosts take.</summary>
    public bool Queues(StoredEvent stored) => Queues(stored, default);

    /// <summary>Whether an event goes into the outbox: handlers must be called for it, and either a host takes its lane or the SDK itself acts on it.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="remembered">The lanes that other hosts have reported within <see cref="Retention.Horizon"/>.</param>
    public bool Queues(StoredEvent stored, EventLanes remembered)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Dispatches && _batch is not null && (stored.ConcernsSdk || _batch.Lanes.Contains(stored.Lane) || remembered.Contains(stored.Lane));
    }

    /// <summary>The handlers of turns that any host has. If hosts differ about one, the host counts whose batch it is.</summary>
    /// <param name="remembered">The handlers that hosts have reported within <see cref="Retention.Horizon"/> (<see cref="ClaimRequest.Turns"/>).</param>
    public IReadOnlyList<PlannedTurn> TurnsWith(IReadOnlyList<PlannedTurn> remembered)
    {
        ArgumentNullException.ThrowIfNull(remembered);
        var own = _batch?.Turns ?? [];
        return own.Count == 0 ? remembered
            : [.. own, .. remembered.Where(plan => !own.Any(known => string.Equals(known.Handler, plan.Handler, StringComparison.Ordinal)))];
    }

    // At the ends of time there is no moment after it.
    private static Instant? After(Instant at, Duration? delay) => delay is not { } after ? null
        : after > Instant.MaxValue - at ? Instant.MaxValue
        : after < Instant.MinValue - at ? Instant.MinValue
        : at + after;
}
