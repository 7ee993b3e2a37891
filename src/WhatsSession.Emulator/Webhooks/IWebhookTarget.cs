namespace WhatsSession.Emulator.Webhooks;

/// <summary>Where webhooks go.</summary>
internal interface IWebhookTarget
{
    /// <summary>How long a delivery holds up the next one to the same target, in real time.</summary>
    TimeSpan Patience { get; }

    /// <returns>The HTTP status, or null when there was no answer.</returns>
    Task<int?> DeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}
