namespace WhatsSession.Storage.InMemory;

/// <summary>The positions that can be claimed at once, of one lane (or planned alert, or handler of turns) and business number.</summary>
internal sealed class InMemoryReadyCell(EventLane lane, PlannedAlert? alert, string? handler, PhoneNumberId? number)
{
    public EventLane Lane => lane;

    public PlannedAlert? Alert => alert;

    /// <summary>The handler of the turns; null of other lanes, and for turns that any host may take.</summary>
    public string? Handler => handler;

    public PhoneNumberId? Number => number;

    /// <summary>What was never tried, and what came again and has waited long enough.</summary>
    public SortedSet<long> First { get; } = [];

    /// <summary>What comes again.</summary>
    public SortedSet<long> Retries { get; } = [];
}
