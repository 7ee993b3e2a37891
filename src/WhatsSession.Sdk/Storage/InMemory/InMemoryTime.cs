using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The store's time: the latest of Meta's that it was told. See <see cref="Retention"/>.</summary>
internal sealed class InMemoryTime
{
    /// <summary>The time; 1970 as long as none was told, so that nothing is older than the retention.</summary>
    public Instant Now { get; private set; } = NodaConstants.UnixEpoch;

    public bool IsKnown => Now > NodaConstants.UnixEpoch;

    /// <summary>The first day that is kept.</summary>
    public long FirstDay => Retention.FirstDay(Now);

    /// <summary>The day as of which something is kept.</summary>
    public long DayOf(Instant at) => Retention.DayOf(Instant.Max(at, Now));

    public void Raise(Instant? metaTime) => Now = Instant.Max(Now, metaTime ?? Now);
}
