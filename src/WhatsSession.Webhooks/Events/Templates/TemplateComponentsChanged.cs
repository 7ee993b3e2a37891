namespace WhatsSession;

/// <summary>The text of a template was changed.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_components_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class TemplateComponentsChanged : TemplateEvent
{
    /// <summary>The text of the header; null when it has none.</summary>
    public string? Header { get; init; }

    /// <summary>The text of the body, with its placeholders; null when absent.</summary>
    public string? Body { get; init; }

    /// <summary>The text of the footer; null when it has none.</summary>
    public string? Footer { get; init; }

    /// <summary>The buttons.</summary>
    public IReadOnlyList<TemplateComponentButton> Buttons { get; init; } = [];
}
