using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The right to send a fallback template once for one closed window.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Anchor">The customer's last qualifying event, or 1970 when none is known: it names the closed window.</param>
/// <param name="Key">The template and its parameters, or the caller's own key.</param>
/// <remarks>Equality is by value.</remarks>
public sealed record FallbackClaim(ConversationKey Conversation, Instant Anchor, string Key)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"fallback in {Conversation}";
}
