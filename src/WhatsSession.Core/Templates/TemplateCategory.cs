using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The category of a template, which decides its price. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<TemplateCategory>))]
public readonly record struct TemplateCategory(string Name) : IJsonText<TemplateCategory>
{
    /// <summary>One-time codes.</summary>
    public static TemplateCategory Authentication { get; } = new("AUTHENTICATION");

    /// <summary>Offers, and everything that is not in one of the other categories.</summary>
    public static TemplateCategory Marketing { get; } = new("MARKETING");

    /// <summary>What the customer asked for or did.</summary>
    public static TemplateCategory Utility { get; } = new("UTILITY");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<TemplateCategory>.ToJson(TemplateCategory value) => value.Name;

    static TemplateCategory? IJsonText<TemplateCategory>.FromJson(string? text) => new TemplateCategory(text!);
}
