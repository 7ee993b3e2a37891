namespace WhatsSession.Storage;

/// <summary>
/// The queues of the outbox. Events of one queue are dispatched one after the other. A queue has one side (messages or statuses) of a conversation; for events
/// without a conversation, of a number; and for events without a number, of an account. Each work of the SDK has its own queue, but messages that are held for
/// one customer share a queue. A planned alert also has its own queue: it may wait for another host and delays nothing.
/// </summary>
/// <remarks>Immutable; equality is by value, ordinal.</remarks>
public readonly record struct OutboxQueues
{
    private readonly Side _side;
    private readonly string _owner;
    private readonly string _party;

    private OutboxQueues(Side side, string owner, string party = "")
    {
        _side = side;
        _owner = owner;
        _party = party;
    }

    private enum Side : byte
    {
        Message,
        Status,
        Work,
        Alert,
    }

    /// <summary>The queue in which an event waits.</summary>
    public static OutboxQueues Of(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var side = stored.Lane == EventLane.Status ? Side.Status : Side.Message;
        return stored switch
        {
            { Lane: EventLane.Work, Field: EngineWork.Release, Conversation: { } conversation } =>
                new(Side.Work, conversation.Number.Value, conversation.Party),
            { Lane: EventLane.Work } => new(Side.Work, stored.Key.ToString()),
            { Facts.Alert: not null } => new(Side.Alert, stored.Key.ToString()),
            { Conversation: { } conversation } => new(side, conversation.Number.Value, conversation.Party),
            { Number: { } number } => new(side, number.Value),
            _ => new(side, "account", stored.Account.GetValueOrDefault().Value),
        };
    }

    /// <summary>
    /// The queues that contain only events of one conversation. Its alerts and the work about it may be in other queues. Events that only name it are in other
    /// queues.
    /// </summary>
    public static IReadOnlyList<OutboxQueues> Of(ConversationKey conversation) =>
    [
        new(Side.Message, conversation.Number.Value, conversation.Party),
        new(Side.Status, conversation.Number.Value, conversation.Party),
        new(Side.Work, conversation.Number.Value, conversation.Party),
    ];

    /// <summary>The queue of a conversation's messages, in which its turns take their place.</summary>
    public static OutboxQueues OfMessages(ConversationKey conversation) => new(Side.Message, conversation.Number.Value, conversation.Party);

    /// <summary>Its name: for stores that keep text.</summary>
    public override string ToString()
    {
        var side = _side switch { Side.Status => "status", Side.Work => "work", Side.Alert => "alert", _ => "message" };
        return string.IsNullOrEmpty(_party) ? $"{side}/{_owner}" : $"{side}/{_owner}/{_party}";
    }
}
