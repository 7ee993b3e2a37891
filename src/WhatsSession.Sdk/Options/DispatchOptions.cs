namespace WhatsSession;

/// <summary>The dispatch of events to handlers.</summary>
public sealed class DispatchOptions
{
    /// <summary>
    /// How many conversations are handled at once. Statuses use at most half of these places. With several business numbers, each number uses at most three
    /// quarters of them. In addition there are two places for the SDK's own work (held messages, fallbacks, retries) and one place for alerts.
    /// </summary>
    /// <value>16 by default; from 1 to 1,024.</value>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>
    /// How many handlers that run longer than half a second may continue outside those places, so that slow handlers do not delay other conversations. With
    /// several business numbers, each number uses at most three quarters of them.
    /// </summary>
    /// <value>256 by default; from 0 to 10,000. With 0 a slow handler keeps its place.</value>
    public int MaxLongRunning { get; set; } = 256;

    /// <summary>
    /// How long a handler may run before it is cancelled. An event may delay its conversation for ten minutes in total. It is handled again only while at
    /// least this time is left of the ten minutes.
    /// </summary>
    /// <value>2 minutes by default; from 1 second to 1 hour.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
