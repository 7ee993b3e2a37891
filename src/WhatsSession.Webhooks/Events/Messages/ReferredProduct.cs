namespace WhatsSession;

/// <summary>The product that a customer asks about.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text">Meta, read November 2025.</see>
/// </remarks>
public sealed class ReferredProduct
{
    /// <summary>Meta's id of the catalogue.</summary>
    public string CatalogId { get; init; } = "";

    /// <summary>The product by the business's own id.</summary>
    public string ProductRetailerId { get; init; } = "";

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ReferredProduct);
}
