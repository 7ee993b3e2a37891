using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text above two to ten products of one catalog to swipe through. It has no footer.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-product-carousel-messages">Meta,
/// December 2025.</see>
/// </remarks>
public sealed record ProductCarouselMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the products: 1 to 1,024 characters.</param>
    /// <param name="catalogId">Meta's id of the catalog.</param>
    /// <param name="productRetailerIds">Your ids of two to ten products.</param>
    /// <exception cref="ArgumentException"><paramref name="productRetailerIds"/> is null or has a null in it.</exception>
    public ProductCarouselMessage(string body, string catalogId, params string[] productRetailerIds)
        : base(body)
    {
        CatalogId = catalogId;
        ProductRetailerIds = CopiedList.Of(productRetailerIds);
    }

    /// <summary>Meta's id of the catalog.</summary>
    public string CatalogId { get; init; }

    /// <summary>Your ids of the products.</summary>
    public IReadOnlyList<string> ProductRetailerIds { get; init => field = CopiedList.Checked(value); }

    /// <inheritdoc />
    public override string InteractiveKind => "carousel";

    private protected override bool MayHaveFooter => false;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Required("interactive.action.cards[0].action.catalog_id", CatalogId);
        violations.Count("interactive.action.cards", ProductRetailerIds.Count, 2, 10, "cards");
        for (var i = 0; i < ProductRetailerIds.Count; i++)
        {
            violations.Required($"interactive.action.cards[{i}].action.product_retailer_id", ProductRetailerIds[i]);
        }
    }
}
