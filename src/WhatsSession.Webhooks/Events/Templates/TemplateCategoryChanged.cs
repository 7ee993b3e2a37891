using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Meta put a template into another category, or is about to.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class TemplateCategoryChanged : TemplateEvent
{
    /// <summary>Whether it is yet to come: then the template still has the category <see cref="Previous"/>.</summary>
    public bool IsImpending { get; init; }

    /// <summary>The category before the change.</summary>
    public TemplateCategory Previous { get; init; }

    /// <summary>The category after the change.</summary>
    public TemplateCategory Current { get; init; }

    /// <summary>When an impending change happens, to the second; null when not told.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? TakesEffectAt { get; init; }
}
