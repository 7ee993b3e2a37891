using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>One product of a catalog. Its body may be left out.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-product-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record ProductMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="catalogId">Meta's id of the catalog.</param>
    /// <param name="productRetailerId">Your id of the product in it.</param>
    public ProductMessage(string catalogId, string productRetailerId)
        : base(body: null)
    {
        CatalogId = catalogId;
        ProductRetailerId = productRetailerId;
    }

    /// <summary>Meta's id of the catalog.</summary>
    public string CatalogId { get; init; }

    /// <summary>Your id of the product.</summary>
    public string ProductRetailerId { get; init; }

    /// <inheritdoc />
    public override string InteractiveKind => "product";

    private protected override bool NeedsBody => false;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Required("interactive.action.catalog_id", CatalogId);
        violations.Required("interactive.action.product_retailer_id", ProductRetailerId);
    }
}
