namespace WhatsSession.Emulator.Webhooks;

/// <summary>
/// The webhooks on their way to one target: one after the other, but one that takes long no longer holds up the
/// next. The pump alone uses it, under its lock; only <see cref="Slow"/> belongs to the run, while there is one.
/// </summary>
/// <param name="patience">How long a delivery holds up the next, in real time.</param>
internal sealed class WebhookLane(TimeSpan patience)
{
    public const int MostSlow = 16;

    public TimeSpan Patience => patience;

    public Queue<WebhookItem> Due { get; } = new();

    /// <summary>The deliveries that no longer hold up others.</summary>
    public List<Task> Slow { get; } = [];

    public bool IsRunning { get; set; }

    /// <summary>Forgets the slow deliveries that have ended.</summary>
    /// <returns>How many are left.</returns>
    public int Prune()
    {
        Slow.RemoveAll(static t => t.IsCompleted);
        return Slow.Count;
    }
}
