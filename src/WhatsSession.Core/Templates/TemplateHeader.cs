using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>The value of a template's header.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<TemplateHeader>))]
public abstract record TemplateHeader
{
    private TemplateHeader()
    {
    }

    /// <summary>A text for the placeholder of the header.</summary>
    public static implicit operator TemplateHeader(string text) => new Text(text);

    /// <summary>The kind of header.</summary>
    public sealed override string ToString() => GetType().Name;

    internal abstract void Check(ref ViolationList violations, in FieldPath path);

    /// <summary>A text for the one placeholder that a header may have.</summary>
    /// <param name="Value">
    /// At least one character. The whole header has at most 60 characters. No line breaks, no tabs and no more than four spaces in a row.
    /// </param>
    public sealed record Text(string Value) : TemplateHeader
    {
        /// <summary>The name of the placeholder, for a template with named parameters.</summary>
        /// <value>Null by default.</value>
        public string? Name { get; init; }

        internal override void Check(ref ViolationList violations, in FieldPath path)
        {
            TemplateParameter.CheckText(ref violations, path + ".text", Value);
            violations.AtMost(path + ".text", Value ?? "", TemplateLimits.LongestHeader);
        }
    }

    /// <summary>An image.</summary>
    /// <param name="Source">Where its content comes from.</param>
    public sealed record Image(MediaSource Source) : TemplateHeader
    {
        /// <summary>Where its content comes from.</summary>
        public MediaSource Source { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Source);

        internal override void Check(ref ViolationList violations, in FieldPath path) => Source.Check(ref violations, path + ".image", MediaKind.Image);
    }

    /// <summary>A video.</summary>
    /// <param name="Source">Where its content comes from.</param>
    public sealed record Video(MediaSource Source) : TemplateHeader
    {
        /// <summary>Where its content comes from.</summary>
        public MediaSource Source { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Source);

        internal override void Check(ref ViolationList violations, in FieldPath path) => Source.Check(ref violations, path + ".video", MediaKind.Video);
    }

    /// <summary>An animation without sound: MP4, at most 3.5 MB. Marketing Messages API only.</summary>
    /// <param name="Source">Where its content comes from.</param>
    public sealed record Gif(MediaSource Source) : TemplateHeader
    {
        /// <summary>Where its content comes from.</summary>
        public MediaSource Source { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Source);

        internal override void Check(ref ViolationList violations, in FieldPath path) => Source.Check(ref violations, path + ".gif", MediaKind.Gif);
    }

    /// <summary>A document.</summary>
    /// <param name="Source">Where its content comes from.</param>
    public sealed record Document(MediaSource Source) : TemplateHeader
    {
        /// <summary>Where its content comes from.</summary>
        public MediaSource Source { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Source);

        /// <summary>The file name shown to the customer: 1 to 240 characters.</summary>
        /// <value>Null by default.</value>
        public string? FileName { get; init; }

        internal override void Check(ref ViolationList violations, in FieldPath path)
        {
            Source.Check(ref violations, path + ".document", MediaKind.Document);
            violations.Optional(path + ".document.filename", FileName, DocumentMessage.MaximumFileNameLength);
        }
    }

    /// <summary>A place on the map; all four values are required.</summary>
    /// <param name="Latitude">Degrees north, -90 to 90.</param>
    /// <param name="Longitude">Degrees east, -180 to 180.</param>
    /// <param name="Name">The name of the place.</param>
    /// <param name="Address">The address of the place.</param>
    public sealed record Location(double Latitude, double Longitude, string Name, string Address) : TemplateHeader
    {
        internal override void Check(ref ViolationList violations, in FieldPath path)
        {
            LocationMessage.CheckCoordinates(ref violations, path + ".location", Latitude, Longitude);
            violations.Required(path + ".location.name", Name);
            violations.Required(path + ".location.address", Address);
        }
    }

    /// <summary>A product of a catalog.</summary>
    /// <param name="CatalogId">Meta's id of the catalog.</param>
    /// <param name="ProductRetailerId">Your id of the product in it.</param>
    public sealed record Product(string CatalogId, string ProductRetailerId) : TemplateHeader
    {
        internal override void Check(ref ViolationList violations, in FieldPath path)
        {
            violations.Required(path + ".product.catalog_id", CatalogId);
            violations.Required(path + ".product.product_retailer_id", ProductRetailerId);
        }
    }
}
