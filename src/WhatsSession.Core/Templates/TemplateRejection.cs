using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Why Meta rejected a template. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management">Meta,
/// read 10 March 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<TemplateRejection>))]
public readonly record struct TemplateRejection(string Name) : IJsonText<TemplateRejection>
{
    /// <summary>It is not rejected.</summary>
    public static TemplateRejection None { get; } = new("NONE");

    /// <summary>It is abusive.</summary>
    public static TemplateRejection AbusiveContent { get; } = new("ABUSIVE_CONTENT");

    /// <summary>The category is not available to the account.</summary>
    public static TemplateRejection CategoryNotAvailable { get; } = new("CATEGORY_NOT_AVAILABLE");

    /// <summary>It belongs in another category.</summary>
    public static TemplateRejection IncorrectCategory { get; } = new("INCORRECT_CATEGORY");

    /// <summary>Its form is wrong, such as the placeholders.</summary>
    public static TemplateRejection InvalidFormat { get; } = new("INVALID_FORMAT");

    /// <summary>It is promotional.</summary>
    public static TemplateRejection Promotional { get; } = new("PROMOTIONAL");

    /// <summary>It looks like a scam.</summary>
    public static TemplateRejection Scam { get; } = new("SCAM");

    /// <summary>Content and category or language do not go together.</summary>
    public static TemplateRejection TagContentMismatch { get; } = new("TAG_CONTENT_MISMATCH");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<TemplateRejection>.ToJson(TemplateRejection value) => value.Name;

    static TemplateRejection? IJsonText<TemplateRejection>.FromJson(string? text) => new TemplateRejection(text!);
}
