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

    /// <summary>How far the timestamp of an event may be after the time of receipt: 5 minutes. A later timestamp is set to this limit.</summary>
    public static Duration MaximumClockLead { get; } = Duration.FromMinutes(5);

    /// <summary>When the window that <paramref name="lastInbound"/> opened closes.</summary>
    public static Instant ClosesAt(Instant lastInbound) => Later(lastInbound, Length);

    /// <summary>The time to use for an event with the timestamp <paramref name="eventTime"/> that was received at <paramref name="receivedAt"/>.</summary>
    /// <remarks>
    /// Idempotent. Without this limit one wrong timestamp in the future could keep a window open far too long. A timestamp before 1970 counts as 1970.
    /// </remarks>
    public static Instant Clamp(Instant eventTime, Instant receivedAt) =>
        Instant.Min(Instant.Max(eventTime, NodaConstants.UnixEpoch), Later(receivedAt, MaximumClockLead));

    // At the end of time there is no later.
    private static Instant Later(Instant instant, Duration duration) => instant > Instant.MaxValue - duration ? Instant.MaxValue : instant + duration;
}
