using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What can be said of a batch before a store is asked: the rules of ingest that need no store.</summary>
/// <remarks>
/// A store takes the events in their order. Of each it notes number and account (<see cref="Numbers"/>), drops it when a <see cref="Tombstone"/> covers it,
/// and joins its <see cref="StoredEvent.Facts"/>, which goes for duplicates too. A copy (<see cref="IsCopy"/>) of a send that the store has, by the id of
/// its message and to the same customer, tells nothing new: neither its facts are joined nor is it kept in the history. One that came before the store knew
/// the id, or that the customers are one, is taken back when it does: from the history, and <see cref="ConversationState.Echoed"/> is the latest of the others.
/// If its key is new, it joins <see cref="LinkOf"/>, notes who is a sender (<see cref="IdentityRules.NamesSender"/>), raises the window
/// (<see cref="WindowOf"/>), arms the first check (<see cref="FirstCheckOf(StoredEvent, Duration?)"/>),
/// releases what is held, keeps it in the history (<see cref="IsLogged"/>)
/// and puts it into the outbox (<see cref="Queues(StoredEvent, EventLanes)"/>). The quarantined payload (<see cref="Quarantined"/>) comes last.
/// Texts are compared ordinal, everywhere.
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

    /// <summary>How long before its copy a send may have been stored: a second try or a fallback may wait for a day. Older sends are not looked at.</summary>
    public static Duration LongestSend { get; } = Duration.FromDays(2);

    /// <summary>The events, a copy: the caller's list may change.</summary>
    public IReadOnlyList<StoredEvent> Events { get; }

    /// <summary>The payload to keep in quarantine, a copy, once however often it is delivered; null for none.</summary>
    public QuarantinedPayload? Quarantined { get; }

    /// <summary>The business numbers of the events, each once with what the batch tells of it. Computed anew at each call.</summary>
    public IEnumerable<NumberSighting> Numbers => Events
        .Where(static stored => stored.Number is not null)
        .GroupBy(static stored => stored.Number!.Value)
        .Select(static group => new NumberSighting(
            group.Key,
            group.Min(static stored => stored.ReceivedAt),
            group.LastOrDefault(static stored => stored.Account is not null)?.Account));

    /// <summary>Plans a batch. What can fail does so here, before the first change: a batch is kept whole or not at all.</summary>
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

    /// <summary>The phone and the BSUID that an event tells to be one customer; null when it tells of none.</summary>
    public static IdentityLink? LinkOf(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { Number: not null, Link: { Phone.IsPhone: true, BusinessScopedId.IsBusinessScoped: true } link } ? link : null;
    }

    /// <summary>The change of a BSUID that an event tells of; null for none.</summary>
    public static IdentityRotation? RotationOf(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { Number: not null, Facts.Rotation: { Previous.IsBusinessScoped: true, Current.IsBusinessScoped: true } rotation } ? rotation : null;
    }

    /// <summary>The time to which an event raises its conversation's window, to the second; null when it opens none.</summary>
    public static Instant? WindowOf(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { OpensWindow: true, Conversation: not null } ? Instant.FromUnixTimeSeconds(stored.Timestamp.ToUnixTimeSeconds()) : null;
    }

    /// <summary>When to look for alerts if an event is the conversation's latest; null for not at all.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="leastDelay">How long after an event the first alert is due that any host plans; null when none is planned.</param>
    public static Instant? FirstCheckOf(StoredEvent stored, Duration? leastDelay)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Dispatches && WindowOf(stored) is { } at ? After(at, leastDelay) : null;
    }

    /// <summary>
    /// When to look for alerts after facts that come by themselves, as an import does, if they name the conversation's latest inbound; null for not at all.
    /// Only for a window that is open: one that closed before it was known raises nothing, nor does one from before an erasure.
    /// </summary>
    /// <param name="facts">The facts, with the erasure of the conversation that the store knows of.</param>
    /// <param name="leastDelay">How long after an event the first alert is due that any host plans; null when none is planned.</param>
    /// <param name="now">The moment.</param>
    public static Instant? FirstCheckOf(ConversationState facts, Duration? leastDelay, Instant now) =>
        facts.ToSeconds().LastInbound is { } inbound && CustomerServiceWindow.ClosesAt(inbound) > now && !(facts.Erased >= inbound)
            ? After(inbound, leastDelay)
            : null;

    /// <summary>Whether an event is kept in its conversation's history: a customer's message, or the copy of a message of the business.</summary>
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

    /// <summary>Whether an event goes into the outbox whatever other hosts take.</summary>
    public bool Queues(StoredEvent stored) => Queues(stored, default);

    /// <summary>Whether an event goes into the outbox: handlers are to be called for it, and somebody takes its lane or the SDK itself acts on it.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="remembered">The lanes that other hosts have told of within <see cref="Retention.Horizon"/>.</param>
    public bool Queues(StoredEvent stored, EventLanes remembered)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Dispatches && _batch is not null && (stored.ConcernsSdk || _batch.Lanes.Contains(stored.Lane) || remembered.Contains(stored.Lane));
    }

    // At the ends of time there is no moment after it.
    private static Instant? After(Instant at, Duration? delay) => delay is not { } after ? null
        : after > Instant.MaxValue - at ? Instant.MaxValue
        : after < Instant.MinValue - at ? Instant.MinValue
        : at + after;
}
