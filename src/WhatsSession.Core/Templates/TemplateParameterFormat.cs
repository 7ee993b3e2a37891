using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Whether the placeholders of a template have numbers or names. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview">Meta,
/// read 10 March 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<TemplateParameterFormat>))]
public readonly record struct TemplateParameterFormat(string Name) : IJsonText<TemplateParameterFormat>
{
    /// <summary>By number: <c>{{1}}</c>, <c>{{2}}</c>.</summary>
    public static TemplateParameterFormat Positional { get; } = new("POSITIONAL");

    /// <summary>By name: <c>{{order_no}}</c>.</summary>
    public static TemplateParameterFormat Named { get; } = new("NAMED");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<TemplateParameterFormat>.ToJson(TemplateParameterFormat value) => value.Name;

    static TemplateParameterFormat? IJsonText<TemplateParameterFormat>.FromJson(string? text) => new TemplateParameterFormat(text!);
}
