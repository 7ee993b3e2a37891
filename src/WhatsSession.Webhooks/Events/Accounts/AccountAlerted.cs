namespace WhatsSession;

/// <summary>Meta raises an alert about an account, a number or a portfolio.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_alerts">Meta, read November 2025.</see>
/// </remarks>
public sealed class AccountAlerted : WhatsAppEvent
{
    /// <summary>The kind of object that the alert is about, such as BUSINESS or PHONE_NUMBER; null when absent.</summary>
    public string? EntityType { get; init; }

    /// <summary>Meta's id of that object; null when absent.</summary>
    public string? EntityId { get; init; }

    /// <summary>How serious it is, such as CRITICAL; null when absent.</summary>
    public string? Severity { get; init; }

    /// <summary>Its state, such as ACTIVE; null when absent.</summary>
    public string? Status { get; init; }

    /// <summary>What the alert is; null when absent.</summary>
    public string? Kind { get; init; }

    /// <summary>The alert in words; null when absent.</summary>
    public string? Description { get; init; }
}
