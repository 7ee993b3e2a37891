using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>An event that is being handled in this process.</summary>
internal sealed class DispatchInFlight(ClaimedEvent claim, Instant leasedUntil)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ClaimedEvent _claim = claim;

    /// <summary>The claim that is held: the last one.</summary>
    public ClaimedEvent Claim => _claim;

    /// <summary>Whether it holds a place: not before its handlers begin nor after they end. Only <see cref="DispatchPlaces"/> changes it.</summary>
    public bool HoldsPlace { get; set; }

    /// <summary>The place it holds; only <see cref="DispatchPlaces"/> changes it.</summary>
    public DispatchPlace Place { get; set; }

    public bool IsStatus => _claim.Event.Lane == EventLane.Status;

    /// <summary>In whose name it waits or holds the place; null before.</summary>
    public PlaceHolder? Holder { get; set; }

    /// <summary>When it was given its place, as the clock's timestamp.</summary>
    public long StartedAt { get; set; }

    /// <summary>When the claim ends unless it is renewed. Only <see cref="DispatchesInFlight"/> changes it.</summary>
    public Instant LeasedUntil { get; private set; } = leasedUntil;

    public Task Whole => _end.Task;

    public void Adopt(ClaimedEvent claim, Instant leasedUntil)
    {
        _claim = claim;
        Extend(leasedUntil);
    }

    public void Extend(Instant leasedUntil) => LeasedUntil = leasedUntil;

    public void End() => _end.SetResult();
}
