namespace WhatsSession;

/// <summary>The alerts about windows. See <see cref="WindowEvent"/>.</summary>
public sealed class AlertOptions
{
    /// <summary>
    /// Whether <see cref="WindowClosing"/> is told only for conversations that await a reply. This is decided when the alert is delivered.
    /// </summary>
    /// <value>False by default: it is told for all conversations.</value>
    public bool OnlyAwaitingReply { get; set; }

    /// <summary>
    /// How much later than due a <see cref="WindowClosing"/> may be told, so that the alerts of many windows that close at the same time are spread. Each
    /// conversation has its own delay, always the same. No alert is told after its window has closed. All hosts on one store should have the same value.
    /// </summary>
    /// <value>Zero by default; up to 1 hour.</value>
    public TimeSpan Jitter { get; set; }
}
