namespace WhatsSession;

/// <summary>A customer ordered from a catalog.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/order">Meta, read November 2025.</see>
/// </remarks>
public sealed class OrderReceived : MessageReceived
{
    /// <summary>Meta's id of the catalog.</summary>
    public string CatalogId { get; init; } = "";

    /// <summary>What the customer wrote with the order; null when nothing.</summary>
    public string? Text { get; init; }

    /// <summary>What was ordered.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];
}
