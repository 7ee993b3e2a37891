using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>A turn that waits for the customer's next message, or for its conversation.</summary>
internal sealed class InMemoryTurn(ConversationKey conversation, string handler, long id)
{
    /// <summary>Earliest due first.</summary>
    public static Comparer<InMemoryTurn> ByDue { get; } = Comparer<InMemoryTurn>.Create(static (left, right) =>
        left.DueAt != right.DueAt ? left.DueAt.CompareTo(right.DueAt) : left.Id.CompareTo(right.Id));

    public ConversationKey Conversation => conversation;

    public string Handler => handler;

    public long Id => id;

    /// <summary>The queue that it takes its place in.</summary>
    public OutboxQueues Queue { get; } = OutboxQueues.OfMessages(conversation);

    /// <summary>Its messages, in the order of their arrival. The history may let them go before.</summary>
    public List<StoredEvent> Run { get; } = [];

    public TurnTimes Times { get; private set; }

    public Instant DueAt { get; private set; }

    public Duration AtMost { get; private set; }

    /// <summary>How much memory it takes, by estimate.</summary>
    public long Bytes => Run.Sum(static message => (long)InMemoryOutboxEntry.BytesOf(message));

    /// <summary>Whether it is due, or would be due too late to be true.</summary>
    public bool IsDue(Instant now) => DueAt <= now || DueAt - now > AtMost + TurnTimes.MostAhead;

    public void Add(StoredEvent message, PlannedTurn plan)
    {
        var times = TurnTimes.Of(message);
        Times = Run.Count == 0 ? times : TurnTimes.Join(Times, times);
        Run.Add(message);
        DueAt = Times.DueAt(plan);
        AtMost = plan.AtMost;
    }
}
