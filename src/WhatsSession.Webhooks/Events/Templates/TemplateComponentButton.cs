namespace WhatsSession;

/// <summary>A button of a template, as the webhook describes it.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_components_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class TemplateComponentButton
{
    /// <summary>The kind, such as URL or PHONE_NUMBER.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The label.</summary>
    public string Text { get; init; } = "";

    /// <summary>The address that a URL button opens, with its placeholder; null on other buttons.</summary>
    public string? Target { get; init; }

    /// <summary>The number that a phone button calls; null on other buttons.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TemplateComponentButton);
}
