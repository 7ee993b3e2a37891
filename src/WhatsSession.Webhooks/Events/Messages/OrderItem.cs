namespace WhatsSession;

/// <summary>One line of an order.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/order">Meta, read November 2025.</see>
/// </remarks>
public sealed class OrderItem
{
    /// <summary>The product by the business's own id.</summary>
    public string ProductRetailerId { get; init; } = "";

    /// <summary>How many; 0 when the payload has none.</summary>
    public long Quantity { get; init; }

    /// <summary>The price of one, in units of <see cref="Currency"/>; null when absent or not a number.</summary>
    public decimal? Price { get; init; }

    /// <summary>The currency as three letters of ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(OrderItem);
}
