using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// A claim to send a fallback template of which nothing was heard since: the process ended before the template was sent, or before that was noted.
/// It is not sent again in its closed window.
/// </summary>
/// <param name="Claim">The claim.</param>
/// <param name="ClaimedAt">When it was claimed.</param>
/// <remarks>Equality is by value.</remarks>
public sealed record AbandonedFallback(FallbackClaim Claim, Instant ClaimedAt)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"abandoned {Claim}";
}
