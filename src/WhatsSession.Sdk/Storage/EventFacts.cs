namespace WhatsSession.Storage;

/// <summary>
/// The facts of an event, other than that it opens a window. The store joins them when it keeps the event, and also when the event is a duplicate.
/// </summary>
/// <remarks>Immutable. Few events have facts, so they are separate from <see cref="StoredEvent"/>.</remarks>
public sealed class EventFacts
{
    // Every status has facts, and most have no intent of ours and change no state.
    private readonly IntentId _intent;
    private readonly object? _state;
    private readonly IdentityRotation _rotation;

    /// <summary>What a status says about its message; null for other events.</summary>
    public MessageDelivery? Delivery { get; init; }

    /// <summary>Our id of the send that a status is about. The status proves that Meta accepted that send. Null when the message is not ours.</summary>
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

    /// <summary>The change of a customer's BSUID; null when the event reports none.</summary>
    public IdentityRotation? Rotation
    {
        get => _rotation == default ? null : _rotation;
        init => _rotation = value.GetValueOrDefault();
    }

    /// <summary>What Meta said about the account's right to answer customers; null when it said nothing.</summary>
    public MessagingRestriction? Restriction { get; init; }

    /// <summary>
    /// For an event that belongs to no conversation: the parties that it names, in the form of <see cref="ConversationKey.Party"/>. The erasure of one of them
    /// erases the event. Stores keep them with the events in the outbox.
    /// </summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary>Which alert it is, so that it waits for a host that takes it; null for other events. Stores keep it with the events in the outbox.</summary>
    public PlannedAlert? Alert { get; init; }
}
