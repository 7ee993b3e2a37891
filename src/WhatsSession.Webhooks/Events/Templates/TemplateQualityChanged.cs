namespace WhatsSession;

/// <summary>The quality of a template changed because of feedback from customers.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_quality_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class TemplateQualityChanged : TemplateEvent
{
    /// <summary>The score until now.</summary>
    public TemplateQuality Previous { get; init; }

    /// <summary>The score from now on.</summary>
    public TemplateQuality Current { get; init; }
}
