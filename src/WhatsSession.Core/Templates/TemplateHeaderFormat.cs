using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The kind of a template's header. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components">Meta,
/// read 10 March 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<TemplateHeaderFormat>))]
public readonly record struct TemplateHeaderFormat(string Name) : IJsonText<TemplateHeaderFormat>
{
    /// <summary>A text.</summary>
    public static TemplateHeaderFormat Text { get; } = new("TEXT");

    /// <summary>An image.</summary>
    public static TemplateHeaderFormat Image { get; } = new("IMAGE");

    /// <summary>A video.</summary>
    public static TemplateHeaderFormat Video { get; } = new("VIDEO");

    /// <summary>A document.</summary>
    public static TemplateHeaderFormat Document { get; } = new("DOCUMENT");

    /// <summary>A place on the map.</summary>
    public static TemplateHeaderFormat Location { get; } = new("LOCATION");

    /// <summary>A product of the catalog.</summary>
    public static TemplateHeaderFormat Product { get; } = new("PRODUCT");

    /// <summary>An animation; Marketing Messages API only.</summary>
    public static TemplateHeaderFormat Gif { get; } = new("GIF");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<TemplateHeaderFormat>.ToJson(TemplateHeaderFormat value) => value.Name;

    static TemplateHeaderFormat? IJsonText<TemplateHeaderFormat>.FromJson(string? text) => new TemplateHeaderFormat(text!);
}
