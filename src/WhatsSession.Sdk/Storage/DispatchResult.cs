using NodaTime;

namespace WhatsSession.Storage;

/// <summary>How the dispatch of a claimed event ended.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public abstract record DispatchResult
{
    private DispatchResult()
    {
    }

    /// <summary>Every handler completed: the event leaves the outbox.</summary>
    public sealed record Completed : DispatchResult
    {
        /// <summary>The one instance that is needed.</summary>
        public static Completed Instance { get; } = new();
    }

    /// <summary>A handler failed: the event stays the head of its conversation and is due again later.</summary>
    /// <param name="DueAt">When it is due again.</param>
    /// <param name="Error">The type of the exception; no content.</param>
    public sealed record Retry(Instant DueAt, string Error) : DispatchResult;

    /// <summary>
    /// Nothing failed, but it cannot be done now, as when the host stops or a rate limit is reached:
    /// the event stays the head of its conversation, the try does not count, and the time of its tries begins anew.
    /// </summary>
    /// <param name="DueAt">When it is due again.</param>
    public sealed record Postponed(Instant DueAt) : DispatchResult
    {
        /// <summary>What the next claim has as its <see cref="ClaimedEvent.Postponements"/>.</summary>
        /// <value>0 by default.</value>
        public int Postponements { get; init; }

        /// <summary>When the wait began: what the next claim has as its <see cref="ClaimedEvent.PostponedSince"/>.</summary>
        /// <value>Null by default.</value>
        public Instant? Since { get; init; }
    }

    /// <summary>A handler failed for the last time: the event is set aside and the conversation goes on.</summary>
    /// <param name="Error">The type of the exception; no content.</param>
    public sealed record Parked(string Error) : DispatchResult;
}
