using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The store's time: the latest of Meta's that it was told. See <see cref="Retention"/>.</summary>
internal sealed class InMemoryTime
{
    /// <summary>The time; 1970 as long as none was told, so that nothing is older than the retention.</summary>
    public Instant Now { get; private set; } = NodaConstants.UnixEpoch;

    /// <summary>The first time that was told, from which counts what was kept before; 1970 as long as none was.</summary>
    public Instant First { get; private set; } = NodaConstants.UnixEpoch;

    public bool IsKnown => Now > NodaConstants.UnixEpoch;

    /// <summary>The first day that is kept.</summary>
    public long FirstDay => Retention.FirstDay(Now);

    /// <summary>The day as of which something is kept.</summary>
    public long DayOf(Instant at) => Retention.DayOf(Instant.Max(at, Now));

    /// <summary>As of when something is kept: a host that is behind shall not be forgotten before its time.</summary>
    public Instant AsOf(Instant at) => Instant.Max(at, Now);

    /// <summary>Whether what was told at a moment still counts, by the earlier of a host's clock and the store's time.</summary>
    public bool Remembers(Instant toldAt, Instant now) => Retention.Remembers(Instant.Max(toldAt, First), Instant.Min(now, Now));

    public void Raise(Instant? metaTime)
    {
        Now = Instant.Max(Now, metaTime ?? Now);
        First = First > NodaConstants.UnixEpoch ? First : Now;
    }
}
