using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The customer chose how to pay an order. In Brazil.</summary>
/// <remarks>
/// This event does not report the payment itself: <see cref="PaymentUpdated"/> or the payment service does.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/payments">Meta, read November 2026.</see>
/// </remarks>
public sealed class PaymentMethodChosen : MessageReceived
{
    /// <summary>What was chosen, in Meta's word, such as <c>pix</c> or <c>offsite_card_pay</c>; empty when absent.</summary>
    public string Method { get; init; } = "";

    /// <summary>The business's own id of the order; empty when absent.</summary>
    public string ReferenceId { get; init; } = "";

    /// <summary>When it was chosen, to the second; null when absent.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? ChosenAt { get; init; }

    /// <summary>The last digits of the card; null when there is no card.</summary>
    public string? CardDigits { get; init; }
}
