using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A payment configuration of the account changed (India and Brazil).</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/payment_configuration_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class PaymentConfigurationUpdated : WhatsAppEvent
{
    /// <summary>The name of the configuration; null when absent.</summary>
    public string? ConfigurationName { get; init; }

    /// <summary>The payment provider; null when absent.</summary>
    public string? ProviderName { get; init; }

    /// <summary>The business's id at the provider; null when absent.</summary>
    public string? ProviderMerchantId { get; init; }

    /// <summary>What it is now, in Meta's words; null when absent.</summary>
    public string? Status { get; init; }

    /// <summary>When it was made, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? CreatedAt { get; init; }

    /// <summary>When it changed, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? UpdatedAt { get; init; }
}
