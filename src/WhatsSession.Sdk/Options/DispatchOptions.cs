namespace WhatsSession;

/// <summary>The dispatch of events to handlers.</summary>
public sealed class DispatchOptions
{
    /// <summary>How many conversations are handled at once; statuses take at most half of the places.</summary>
    /// <value>16 by default; from 1 to 1,024.</value>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>
    /// How long a handler may run before it is cancelled. An event is tried again only while this time is left of the ten minutes for which it may hold back
    /// its conversation.
    /// </summary>
    /// <value>2 minutes by default; from 1 second to 1 hour.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
