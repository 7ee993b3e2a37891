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

    /// <summary>Gives a free place to what waits. What waited for longer than its lease is left to whoever claims it next.</summary>
    /// <returns>What may begin now; null when nothing may.</returns>
    public DispatchInFlight? TakeNext(Instant now)
    {
        lock (_byPosition)
        {
            while (places.TakeNext(now) is { } next)
            {
                if (next.HoldsPlace)
                {
                    return next;
                }

                Leave(next);
            }

            return null;
        }
    }

    /// <summary>Leaves what waited for longer than its lease to whoever claims it next.</summary>
    public void LeaveLate(Instant now)
    {
        lock (_byPosition)
        {
            foreach (var dispatch in places.TakeLate(now))
            {
                Leave(dispatch);
            }
        }
    }

    /// <summary>Notes that claims were renewed.</summary>
    /// <param name="renewed">What was renewed.</param>
    /// <param name="until">Until when it is held.</param>
    /// <param name="now">
    /// The moment after the renewal. What still waits and whose lease ended before that may have been another host's by then: it stays as it was.
    /// </param>
    public void Extend(IEnumerable<DispatchInFlight> renewed, Instant until, Instant now)
    {
        lock (_byPosition)
        {
            foreach (var dispatch in renewed)
            {
                if (dispatch.HoldsPlace || dispatch.LeasedUntil > now)
                {
                    dispatch.Extend(until);
                }
            }
        }
    }

    /// <summary>What waits and will not begin. It stays in flight until its claim is given back.</summary>
    public IReadOnlyList<DispatchInFlight> TakeBack()
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
            Leave(dispatch);
        }

        return true;
    }

    private void Leave(DispatchInFlight dispatch)
    {
        Interlocked.Increment(ref _ended);
        _byPosition.Remove(dispatch.Claim.Position);
        dispatch.End();
    }
}
