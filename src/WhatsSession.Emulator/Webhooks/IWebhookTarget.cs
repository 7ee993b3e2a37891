namespace WhatsSession.Emulator;

/// <summary>Where webhooks go.</summary>
internal interface IWebhookTarget
{
    /// <returns>The HTTP status, or null when there was no answer.</returns>
    Task<int?> DeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}
