using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text with a button that opens your catalog.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-catalog-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record CatalogMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the button: 1 to 1,024 characters.</param>
    public CatalogMessage(string body)
        : base(body)
    {
    }

    /// <summary>Your id of the product whose image is shown.</summary>
    /// <value>Null by default: the first product of the catalog.</value>
    public string? ThumbnailProductRetailerId { get; init; }

    /// <inheritdoc />
    public override string InteractiveKind => "catalog_message";

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Optional("interactive.action.parameters.thumbnail_product_retailer_id", ThumbnailProductRetailerId);
    }
}
