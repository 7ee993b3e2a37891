namespace WhatsSession;

/// <summary>How a business number may be called. The words are Meta's, such as <c>ENABLED</c> and <c>DISABLED</c>.</summary>
/// <remarks>
/// Immutable to its readers.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-settings">Meta, read November 2026.</see>
/// </remarks>
public sealed class CallingSettings
{
    /// <summary>Whether calls are enabled; null when absent.</summary>
    public string? Status { get; init; }

    /// <summary>Whether customers see the button to call, such as <c>DEFAULT</c>; null when absent.</summary>
    public string? IconVisibility { get; init; }

    /// <summary>Whether a customer who calls is asked whether the business may call back; null when absent.</summary>
    public string? CallbackPermission { get; init; }

    /// <summary>Whether calls are limited to certain hours; null when absent.</summary>
    public string? Hours { get; init; }

    /// <summary>Whether calls go over SIP; null when absent.</summary>
    public string? Sip { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(CallingSettings);
}
