namespace WhatsSession.Emulator.Acting;

/// <summary>What follows from what customers do; changed while the emulator runs.</summary>
internal sealed class CustomerSettings
{
    /// <summary>Whether a reaction opens the window.</summary>
    public bool ReactionsOpenWindow { get; set; }

    /// <summary>Whether calls also bring the events of 2026.</summary>
    public bool NewerCallEvents { get; set; }
}
