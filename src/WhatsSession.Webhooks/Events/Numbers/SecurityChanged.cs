namespace WhatsSession;

/// <summary>The two-step verification PIN of a business number was changed or asked for.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/security">Meta, read November 2025.</see>
/// </remarks>
public sealed class SecurityChanged : WhatsAppEvent
{
    /// <summary>The business number as it is shown; Meta gives no id here. Null when absent.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>What happened.</summary>
    public SecurityAction Action { get; init; }

    /// <summary>Who did it, by Meta's id; null when absent.</summary>
    public string? Requester { get; init; }
}
