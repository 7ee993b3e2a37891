namespace WhatsSession;

/// <summary>Meta reports an error that belongs to no single message, such as a webhook whose content could not be kept.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/errors">Meta, read November 2025.</see>
/// </remarks>
public sealed class ErrorReported : WhatsAppEvent
{
    /// <summary>The error.</summary>
    public GraphError Error { get; init; } = null!;
}
