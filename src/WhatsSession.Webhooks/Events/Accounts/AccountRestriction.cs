using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Something that an account may not do for now.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class AccountRestriction
{
    /// <summary>What it may not do.</summary>
    public RestrictionKind Kind { get; init; }

    /// <summary>When the restriction ends, to the second; null when not known.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? ExpiresAt { get; init; }

    /// <summary>What Meta advises to do; null when absent.</summary>
    public string? Remediation { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(AccountRestriction);
}
