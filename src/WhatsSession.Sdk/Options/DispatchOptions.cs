namespace WhatsSession;

/// <summary>The dispatch of events to handlers.</summary>
public sealed class DispatchOptions
{
    /// <summary>
    /// How many conversations are handled at once; statuses take at most half of the places, and one of several business numbers at most three quarters.
    /// Beside them two places are kept for the SDK's own work (held messages, fallbacks, second tries) and one for alerts.
    /// </summary>
    /// <value>16 by default; from 1 to 1,024.</value>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>
    /// How many handlers that run longer than half a second may go on beside those places, so that slow ones hold up nobody;
    /// one of several business numbers has at most three quarters of them.
    /// </summary>
    /// <value>256 by default; from 0, which lets each keep its place, to 10,000.</value>
    public int MaxLongRunning { get; set; } = 256;

    /// <summary>
    /// How long a handler may run before it is cancelled. An event is tried again only while this time is left of the ten minutes for which it may hold back
    /// its conversation.
    /// </summary>
    /// <value>2 minutes by default; from 1 second to 1 hour.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
