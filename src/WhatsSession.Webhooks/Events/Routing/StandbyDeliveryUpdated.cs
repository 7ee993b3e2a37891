using WhatsSession.Events;

namespace WhatsSession;

/// <summary>The delivery status of a message that was sent by the app that controls the thread.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby">Meta, read August 2026.</see>
/// </remarks>
public sealed class StandbyDeliveryUpdated : CustomerEvent
{
    /// <summary>The status.</summary>
    public DeliveryUpdated Delivery { get; init; } = null!;

    /// <inheritdoc />
    public override WhatsAppEvent? Inner => Delivery;

    internal override EventId Id => Delivery.Id;
}
