using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A group of products of a <see cref="ProductListMessage"/> or of a template's button to several products.</summary>
/// <remarks>Immutable. Equality is by value, but the products compare by reference.</remarks>
public sealed record ProductSection
{
    /// <summary>Makes a section.</summary>
    /// <param name="title">1 to 24 characters; may be null when it is the only section.</param>
    /// <param name="productRetailerIds">Your ids of one or more products.</param>
    /// <exception cref="ArgumentException"><paramref name="productRetailerIds"/> is null or has a null in it.</exception>
    public ProductSection(string? title, params string[] productRetailerIds)
    {
        Title = title;
        ProductRetailerIds = CopiedList.Of(productRetailerIds);
    }

    /// <summary>The heading of the products.</summary>
    public string? Title { get; init; }

    /// <summary>Your ids of the products.</summary>
    public IReadOnlyList<string> ProductRetailerIds { get; init => field = CopiedList.Checked(value); }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ProductSection);

    internal static void Check(ref ViolationList violations, in FieldPath path, IReadOnlyList<ProductSection> sections)
    {
        violations.Count(path, sections.Count, 1, 10, "sections");
        var products = 0;
        for (var i = 0; i < sections.Count; i++)
        {
            products += sections[i].ProductRetailerIds.Count;
        }

        if (products > 30)
        {
            violations.Count(path, products, 1, 30, "products in total");
        }

        for (var i = 0; i < sections.Count; i++)
        {
            sections[i].Check(ref violations, $"{path}[{i}]", isOnly: sections.Count == 1);
        }
    }

    private void Check(ref ViolationList violations, in FieldPath path, bool isOnly)
    {
        if (isOnly)
        {
            violations.Optional(path + ".title", Title, 24);
        }
        else
        {
            violations.Required(path + ".title", Title, 24);
        }

        if (ProductRetailerIds.Count == 0)
        {
            violations.Add(path + ".product_items", "is empty; a section needs at least one product", limit: 1, actual: 0);
        }

        for (var i = 0; i < ProductRetailerIds.Count; i++)
        {
            violations.Required($"{path}.product_items[{i}].product_retailer_id", ProductRetailerIds[i]);
        }
    }
}
