using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Meta changed the category of a template, or will change it soon.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class TemplateCategoryChanged : TemplateEvent
{
    /// <summary>Whether the change is still to come. The template then still has the category <see cref="Previous"/>.</summary>
    public bool IsImpending { get; init; }

    /// <summary>The category before the change.</summary>
    public TemplateCategory Previous { get; init; }

    /// <summary>The category after the change.</summary>
    public TemplateCategory Current { get; init; }

    /// <summary>When a change that is still to come happens, to the second; null when not known.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? TakesEffectAt { get; init; }
}
