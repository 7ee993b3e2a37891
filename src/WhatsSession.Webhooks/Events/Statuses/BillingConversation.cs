using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>
/// Meta's pricing object in old statuses. It says nothing about the customer service window; since Graph v24 it appears only in a free entry point window.
/// </summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status">Meta, read November 2025.</see>
/// </remarks>
public sealed class BillingConversation
{
    /// <summary>Meta's id; since July 2025 another one for every message.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it ends, to the second; only on <c>sent</c>.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? ExpiresAt { get; init; }

    /// <summary>What opened it; older values are <c>business_initiated</c> and <c>user_initiated</c>.</summary>
    public PricingCategory Origin { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(BillingConversation);
}
