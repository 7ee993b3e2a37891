using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>An event that waits for its handlers.</summary>
internal sealed class InMemoryOutboxEntry(StoredEvent stored, long position)
{
    /// <summary>How much memory a waiting event takes beside its bytes, by estimate: its objects and their places in lists.</summary>
    public const int Overhead = 400;

    public StoredEvent Event { get; } = stored;

    public long Position { get; } = position;

    public OutboxQueues Queue { get; } = OutboxQueues.Of(stored);

    /// <summary>How much memory it takes, by estimate.</summary>
    public int Bytes { get; } = BytesOf(stored);

    /// <summary>The event after it in its queue.</summary>
    public InMemoryOutboxEntry? Next { get; set; }

    /// <summary>Where it stands when it can be claimed at once; null until it could.</summary>
    public InMemoryReadyCell? Cell { get; set; }

    /// <summary>Whether it comes again, and by itself: what was parked and is replayed begins anew.</summary>
    public bool IsRetry => Token > 0 && ReadyAt != Instant.MinValue;

    /// <summary>When it may be claimed: when it is due, the end of its lease, or the time of its next try.</summary>
    public Instant ReadyAt { get; set; } = stored.DueAt ?? Instant.MinValue;

    public long Token { get; set; }

    public int Attempt { get; set; }

    /// <summary>Null before the first try, and when it was postponed.</summary>
    public Instant? FirstTriedAt { get; set; }

    public int Postponements { get; set; }

    /// <summary>Null when it was not postponed.</summary>
    public Instant? PostponedSince { get; set; }

    /// <summary>The handlers that completed. Replaced, never changed: claims hold it.</summary>
    public IReadOnlyCollection<string> Handled { get; set; } = [];

    /// <summary>The type of the last exception.</summary>
    public string? Error { get; set; }

    public ParkedEvent ToParked() => new()
    {
        Event = Event,
        Position = Position,
        Attempts = Attempt,
        Error = Error ?? "",
        CompletedHandlers = Handled,
    };

    /// <summary>How much memory a waiting event takes, by estimate.</summary>
    public static int BytesOf(StoredEvent stored) => Overhead + stored.Raw.Length + stored.Contact.Length;
}
