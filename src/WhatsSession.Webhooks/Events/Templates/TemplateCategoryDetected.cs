namespace WhatsSession;

/// <summary>
/// Meta found that a message sent by Direct Send belongs in another category. If this happens repeatedly, Meta limits what the account may send (131064).
/// </summary>
/// <remarks>
/// The field is <c>template_correct_category_detection</c>.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send/integrity-and-content-guidelines">Meta,
/// read November 2026.</see>
/// </remarks>
public sealed class TemplateCategoryDetected : TemplateEvent
{
    /// <summary>The category that it was sent as; empty when absent.</summary>
    public TemplateCategory Category { get; init; }

    /// <summary>The category that Meta found.</summary>
    public TemplateCategory Detected { get; init; }
}
