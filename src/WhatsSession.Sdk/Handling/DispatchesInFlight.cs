using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>The events that this process has claimed, from the claim to its end, and the places they hold or wait for.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class DispatchesInFlight(DispatchPlaces places)
{
    // By position in the outbox: an event is handled once at a time in this process, whatever becomes of its lease. It guards the places too.
    private readonly Dictionary<long, DispatchInFlight> _byPosition = [];
    private long _ended;

    /// <summary>How many came to their end.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    public DispatchInFlight[] All()
    {
        lock (_byPosition)
        {
            return [.. _byPosition.Values];
        }
    }

    /// <summary>Lets what has run for long go on elsewhere.</summary>
    public void MoveLong()
    {
        lock (_byPosition)
        {
            places.MoveLong(_byPosition.Values);
        }
    }

    /// <summary>What may be claimed; null for nothing.</summary>
    public ClaimRequest? Ask(ClaimRequest request)
    {
        lock (_byPosition)
        {
            return places.Ask(request);
        }
    }

    /// <summary>Whether there is room for more than waits here.</summary>
    public bool RunsLow()
    {
        lock (_byPosition)
        {
            return places.RunsLow;
        }
    }

    /// <summary>An event that is being handled while another host took it and gave it back, or its lease ran out, goes on under the new claim.</summary>
    public void WaitOrAdopt(ClaimedEvent claim, Instant leasedUntil)
    {
        lock (_byPosition)
        {
            if (_byPosition.TryGetValue(claim.Position, out var dispatch))
            {
                dispatch.Adopt(claim, leasedUntil);
                return;
            }

            dispatch = new DispatchInFlight(claim, leasedUntil);
            _byPosition.Add(claim.Position, dispatch);
            places.Wait(dispatch);
        }
    }

    /// <summary>Gives a free place to what waits.</summary>
    /// <returns>What may begin now; null when nothing may.</returns>
    public DispatchInFlight? TakeNext()
    {
        lock (_byPosition)
        {
            return places.TakeNext();
        }
    }

    /// <summary>What waits and will not begin. It stays in flight until its claim is given back.</summary>
    public DispatchInFlight[] TakeBack()
    {
        lock (_byPosition)
        {
            return places.TakeBack();
        }
    }

    /// <summary>Gives the place to another, while the end is being written.</summary>
    public void Free(DispatchInFlight dispatch)
    {
        lock (_byPosition)
        {
            places.Free(dispatch);
        }
    }

    /// <returns>False when the event was claimed anew since its claim was finished, as for a retry that was due at once: then it is dispatched again.</returns>
    public bool TryEnd(DispatchInFlight dispatch, ClaimedEvent? finished)
    {
        lock (_byPosition)
        {
            if (finished is not null && finished != dispatch.Claim)
            {
                return false;
            }

            places.Free(dispatch);
            Interlocked.Increment(ref _ended);
            _byPosition.Remove(dispatch.Claim.Position);
        }

        dispatch.End();
        return true;
    }
}
