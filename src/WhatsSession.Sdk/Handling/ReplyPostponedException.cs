using NodaTime;

namespace WhatsSession;

/// <summary>
/// A reply in a handler cannot be sent now: a rate limit is reached, Meta or the store cannot be reached, or the access token has expired. The event is
/// handled again later, even if the handler catches this exception.
/// </summary>
/// <remarks>Do not catch it. What the handler sent before is not sent again.</remarks>
public sealed class ReplyPostponedException : Exception
{
    internal ReplyPostponedException(SendOutcome outcome, Instant? retryAt, Exception? innerException)
        : base($"The reply cannot go now; its event is handled again later. {outcome.Describe()}", innerException)
    {
        Outcome = outcome;
        RetryAt = retryAt;
    }

    /// <summary>Why the reply cannot be sent now.</summary>
    public SendOutcome Outcome { get; }

    /// <summary>When the event is handled again.</summary>
    /// <value>Null when no time is known. The event is then handled again after 1, 2 and 5 minutes, and after that every 10 minutes.</value>
    public Instant? RetryAt { get; }
}
