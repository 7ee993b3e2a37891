using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A claim to send a fallback template, and the send that holds it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Intent">The send.</param>
/// <param name="Template">The name of the template.</param>
/// <param name="ClaimedAt">When it was claimed.</param>
/// <remarks>Equality is by value.</remarks>
public sealed record ClaimedFallback(FallbackClaim Claim, IntentId Intent, string Template, Instant ClaimedAt)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{Claim} (intent {Intent})";
}
