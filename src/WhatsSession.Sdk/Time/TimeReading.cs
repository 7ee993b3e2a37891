using NodaTime;

namespace WhatsSession.Time;

/// <summary>What a host knows of the time at a moment.</summary>
/// <param name="Own">Its clock.</param>
/// <param name="Heard">Meta's time by what the host heard itself; null for nothing.</param>
/// <param name="AtStart">The store's time at the host's start, and the time that the host ran since; null for none.</param>
internal readonly record struct TimeReading(Instant Own, Instant? Heard, Instant? AtStart)
{
    /// <summary>Meta's time, as a store is told it; null when it is not known.</summary>
    public Instant? Meta => Heard > AtStart ? Heard : AtStart ?? Heard;

    /// <summary>The later of the host's clock and Meta's: what lies after it is of the future, and what is kept is kept as of it.</summary>
    public Instant Latest => Meta > Own ? Meta.Value : Own;

    /// <summary>
    /// By what an event is too old: Meta's time where it is known. A time of the store that neither the host's clock nor anything it heard bears out makes
    /// nothing too old, for the store cannot take back a time that was wrong, or of an emulator that was moved ahead.
    /// </summary>
    public Instant Present => Meta is { } meta ? Instant.Min(meta, Heard > Own ? Heard.Value : Own) : Own;
}
