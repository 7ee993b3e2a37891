using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The quality of a template, from the feedback of customers. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_quality_update">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<TemplateQuality>))]
public readonly record struct TemplateQuality(string Name) : IJsonText<TemplateQuality>
{
    /// <summary>High.</summary>
    public static TemplateQuality High { get; } = new("GREEN");

    /// <summary>Medium: it may be paused soon.</summary>
    public static TemplateQuality Medium { get; } = new("YELLOW");

    /// <summary>Low: it may be paused or disabled soon.</summary>
    public static TemplateQuality Low { get; } = new("RED");

    /// <summary>Not yet rated.</summary>
    public static TemplateQuality Unknown { get; } = new("UNKNOWN");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<TemplateQuality>.ToJson(TemplateQuality value) => value.Name;

    static TemplateQuality? IJsonText<TemplateQuality>.FromJson(string? text) => new TemplateQuality(text!);
}
