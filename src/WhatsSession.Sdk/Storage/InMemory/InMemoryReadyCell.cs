namespace WhatsSession.Storage.InMemory;

/// <summary>The positions that can be claimed at once, of one lane (or planned alert) and business number.</summary>
internal sealed class InMemoryReadyCell(EventLane lane, PlannedAlert? alert, PhoneNumberId? number)
{
    public EventLane Lane => lane;

    public PlannedAlert? Alert => alert;

    public PhoneNumberId? Number => number;

    /// <summary>What was never tried, and what came again and has waited long enough.</summary>
    public SortedSet<long> First { get; } = [];

    /// <summary>What comes again.</summary>
    public SortedSet<long> Retries { get; } = [];
}
