using System.Security.Cryptography;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>A template to send in place of a session message that was refused.</summary>
/// <param name="Template">The template.</param>
/// <param name="CallersKey">The caller's own key; null for the template's name, language and parameters.</param>
/// <param name="Anchor">The customer's last event that is known: it names the closed window.</param>
/// <param name="ClosedAt">When the window closed; null when that is not known.</param>
/// <param name="Reason">Why the message was refused.</param>
internal readonly record struct Fallback(TemplateMessage Template, string? CallersKey, Instant? Anchor, Instant? ClosedAt, WindowClosedReason Reason)
{
    public FallbackClaim ToClaim(ConversationKey conversation) =>
        new(conversation, Anchor ?? NodaConstants.UnixEpoch, CallersKey ?? KeyOf(Template));

    /// <summary>The template's name, language and parameters.</summary>
    public static string KeyOf(TemplateMessage template) => Convert.ToHexString(SHA256.HashData(MessageJson.Write(template)).AsSpan(0, 16));
}
