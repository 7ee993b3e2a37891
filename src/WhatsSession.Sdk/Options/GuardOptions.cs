namespace WhatsSession;

/// <summary>The guard of session messages. See <see cref="SendPolicy"/>.</summary>
public sealed class GuardOptions
{
    /// <summary>Whether the guard is on: whether the SDK itself refuses session messages when the window is closed.</summary>
    /// <value>True by default.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>What to do while a number has less than 24 hours of history.</summary>
    /// <value><see cref="GuardChoice.Send"/> by default.</value>
    public GuardChoice NoHistory { get; set; } = GuardChoice.Send;

    /// <summary>What to do when the store cannot be read.</summary>
    /// <value><see cref="GuardChoice.Refuse"/> by default.</value>
    public GuardChoice StoreUnavailable { get; set; } = GuardChoice.Refuse;

    /// <summary>How long before a window closes the guard stops sending.</summary>
    /// <value>60 seconds by default; from zero to 12 hours.</value>
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long before it closes a window counts as closing.</summary>
    /// <value>1 hour by default; from zero to 24 hours.</value>
    public TimeSpan ClosingLead { get; set; } = TimeSpan.FromHours(1);
}
