namespace WhatsSession.Storage;

/// <summary>What an event says beside opening a window: joined by the store when the event is kept, also when the event itself is a duplicate.</summary>
/// <remarks>Immutable. Few events have any, so they stand apart from <see cref="StoredEvent"/>.</remarks>
public sealed class EventFacts
{
    // Every status has facts, and most have no intent of ours and change no state.
    private readonly IntentId _intent;
    private readonly object? _state;
    private readonly IdentityRotation _rotation;

    /// <summary>What a status tells of its message; null for other events.</summary>
    public MessageDelivery? Delivery { get; init; }

    /// <summary>Our id of the send that a status is about: it proves that Meta took that send. Null when the message is not ours.</summary>
    public IntentId? Intent
    {
        get => _intent == default ? null : _intent;
        init => _intent = value.GetValueOrDefault();
    }

    /// <summary>
    /// Facts of the conversation other than the window: a refusal, an ad click, a stated end of the free entry point window.
    /// Its <see cref="ConversationState.LastInbound"/> is null.
    /// </summary>
    public ConversationState State
    {
        get => _state is { } state ? (ConversationState)state : default;
        init => _state = value == default ? null : value;
    }

    /// <summary>The change of a customer's BSUID; null when the event tells of none.</summary>
    public IdentityRotation? Rotation
    {
        get => _rotation == default ? null : _rotation;
        init => _rotation = value.GetValueOrDefault();
    }

    /// <summary>What Meta said of the account's right to answer customers; null when it said nothing.</summary>
    public MessagingRestriction? Restriction { get; init; }

    /// <summary>
    /// The parties, as <see cref="ConversationKey.Party"/> has them, that an event names which belongs to no conversation: an erasure of one takes the event.
    /// Stores keep them with what waits in the outbox.
    /// </summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary>Which alert it is, so that it waits for a host that takes it; null for other events. Stores keep it with what waits in the outbox.</summary>
    public PlannedAlert? Alert { get; init; }
}
