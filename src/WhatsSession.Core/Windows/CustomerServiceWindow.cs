using NodaTime;

namespace WhatsSession;

/// <summary>The rule of the customer service window: 24 hours from the customer's last qualifying event, per business number and customer or group.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages">Meta, updated 21 May 2026.</see>
/// The window is half-open: the instant 24 hours after the event is outside it. A business's own messages neither open nor extend it.
/// </remarks>
public static class CustomerServiceWindow
{
    /// <summary>How long the window stays open after a qualifying event: 24 hours.</summary>
    public static Duration Length { get; } = Duration.FromHours(24);

    /// <summary>How far ahead of the moment of receipt an event's timestamp is believed: 5 minutes. Later ones are clamped to that.</summary>
    public static Duration MaximumClockLead { get; } = Duration.FromMinutes(5);

    /// <summary>When the window that <paramref name="lastInbound"/> opened closes.</summary>
    public static Instant ClosesAt(Instant lastInbound) => Later(lastInbound, Length);

    /// <summary>
    /// The time to believe of an event that says it happened at <paramref name="eventTime"/> and was received at <paramref name="receivedAt"/>.
    /// </summary>
    /// <remarks>Idempotent. One bad timestamp from the future would otherwise hold a window open for ever; one from before 1970 counts as 1970.</remarks>
    public static Instant Clamp(Instant eventTime, Instant receivedAt) =>
        Instant.Min(Instant.Max(eventTime, NodaConstants.UnixEpoch), Later(receivedAt, MaximumClockLead));

    // At the end of time there is no later.
    private static Instant Later(Instant instant, Duration duration) => instant > Instant.MaxValue - duration ? Instant.MaxValue : instant + duration;
}
