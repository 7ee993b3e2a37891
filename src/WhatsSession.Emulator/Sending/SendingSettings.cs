namespace WhatsSession.Emulator.Sending;

/// <summary>How Meta treats what businesses send; changed while the emulator runs.</summary>
internal sealed class SendingSettings
{
    public static readonly TimeSpan ShortestFreeEntry = TimeSpan.FromHours(72);
    public static readonly TimeSpan LongestFreeEntry = TimeSpan.FromDays(7);

    private int _refusals;

    public RefusalMode RefusalMode { get; set; }

    /// <summary>Whether sends are limited by pair and by number.</summary>
    public bool RateLimits { get; set; }

    /// <summary>How long a free entry point window stays open.</summary>
    public TimeSpan FreeEntryPoint { get; set; }

    /// <summary>How many service messages of a number are free in a month.</summary>
    public int FreeServiceMessages { get; set; }

    /// <summary>Whether the accounts pay nothing for service messages beyond the free ones, as governments do.</summary>
    public bool PaymentExempt { get; set; }

    /// <summary>Whether accounts are eligible for Direct Send.</summary>
    public bool DirectSend { get; set; }

    /// <returns>Whether the next message outside the window is refused at once.</returns>
    public bool RefusesAtOnce() => RefusalMode switch
    {
        RefusalMode.Synchronous => true,
        RefusalMode.Asynchronous => false,
        _ => (Interlocked.Increment(ref _refusals) & 1) == 1,
    };
}
