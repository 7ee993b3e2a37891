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

    /// <summary>A handler failed: the event stays the first of its conversation and is due again later.</summary>
    /// <param name="DueAt">When it is due again.</param>
    /// <param name="Error">The type of the exception; no content.</param>
    public sealed record Retry(Instant DueAt, string Error) : DispatchResult;

    /// <summary>
    /// Nothing failed, but the event cannot be handled now, for example because the host stops or a rate limit is reached. The event stays the first of its
    /// conversation, the attempt does not count, and the time of its attempts starts again.
    /// </summary>
    /// <param name="DueAt">When it is due again.</param>
    public sealed record Postponed(Instant DueAt) : DispatchResult
    {
        /// <summary>The value of <see cref="ClaimedEvent.Postponements"/> in the next claim.</summary>
        /// <value>0 by default.</value>
        public int Postponements { get; init; }

        /// <summary>When the wait started: the value of <see cref="ClaimedEvent.PostponedSince"/> in the next claim.</summary>
        /// <value>Null by default.</value>
        public Instant? Since { get; init; }
    }

    /// <summary>A handler failed for the last time: the event is parked and the conversation continues.</summary>
    /// <param name="Error">The type of the exception; no content.</param>
    public sealed record Parked(string Error) : DispatchResult;
}
