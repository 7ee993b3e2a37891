using NodaTime;

namespace WhatsSession;

/// <summary>
/// A reply in a handler cannot go now: a rate limit is reached, Meta or the store cannot be reached, or the access token expired.
/// The event is handled again later, also when the handler catches this.
/// </summary>
/// <remarks>Let it pass: what was sent before it in the handler is not sent again.</remarks>
public sealed class ReplyPostponedException : Exception
{
    internal ReplyPostponedException(SendOutcome outcome, Instant? retryAt, Exception? innerException)
        : base($"The reply cannot go now; its event is handled again later. {outcome.Describe()}", innerException)
    {
        Outcome = outcome;
        RetryAt = retryAt;
    }

    /// <summary>Why it cannot go now.</summary>
    public SendOutcome Outcome { get; }

    /// <summary>When the event is handled again.</summary>
    /// <value>Null where no time is known: then after 1, 2, 5, and then every 10 minutes.</value>
    public Instant? RetryAt { get; }
}
