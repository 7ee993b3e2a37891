using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text with a button to a list of up to 30 products of a catalog.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-product-list-messages">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed record ProductListMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="header">The text above the body: 1 to 60 characters.</param>
    /// <param name="body">The text: 1 to 1,024 characters.</param>
    /// <param name="catalogId">Meta's id of the catalog.</param>
    /// <param name="sections">One to ten sections with at most 30 products in total.</param>
    /// <exception cref="ArgumentException"><paramref name="sections"/> is null or has a null in it.</exception>
    public ProductListMessage(string header, string body, string catalogId, params ProductSection[] sections)
        : base(body)
    {
        Header = header;
        CatalogId = catalogId;
        Sections = CopiedList.Of(sections);
    }

    /// <summary>The text above the body.</summary>
    public string Header { get; init; }

    /// <summary>Meta's id of the catalog.</summary>
    public string CatalogId { get; init; }

    /// <summary>The sections.</summary>
    public IReadOnlyList<ProductSection> Sections { get; init => field = CopiedList.Checked(value); }

    /// <inheritdoc />
    public override string InteractiveKind => "product_list";

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Required("interactive.header.text", Header, MaximumHeaderLength);
        violations.Required("interactive.action.catalog_id", CatalogId);
        ProductSection.Check(ref violations, "interactive.action.sections", Sections);
    }
}
