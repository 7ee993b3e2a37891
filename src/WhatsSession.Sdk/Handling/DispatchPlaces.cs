using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>
/// Who holds the places of the dispatcher, so that nobody's slow or many events keep the others waiting: some places are kept for the SDK itself,
/// no business number of several holds more than three quarters of any, and what runs long goes on elsewhere and frees its place.
/// </summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class DispatchPlaces(WhatsSessionSettings settings, TimeProvider clock)
{
    private const int WorkPlaces = 2;
    private const int AlertPlaces = 1;
    private const int NewcomerPlaces = 1;

    // So many numbers are kept apart by when they were last served; those before were all served long ago.
    private const int MostRemembered = 32;

    private static readonly TimeSpan LongRun = TimeSpan.FromMilliseconds(500);

    private readonly NumberShares _emptyWork = new(Math.Max(WorkPlaces * 3 / 4, 1), []);
    private readonly NumberShares _emptyAlerts = new(Math.Max(AlertPlaces * 3 / 4, 1), []);
    private readonly int[] _taken = new int[Enum.GetValues<DispatchPlace>().Length];

    // In the order in which they were last served.
    private readonly List<PlaceHolder> _holders = [];
    private int _statuses;

    /// <summary>What may be claimed now; null for nothing.</summary>
    public ClaimRequest? Ask(ClaimRequest request)
    {
        var (shared, work, alerts) = (Free(DispatchPlace.Shared), Free(DispatchPlace.Work), Free(DispatchPlace.Alert));
        var newcomers = shared == 0 ? NewcomerShares() : null;
        return shared + work + alerts == 0 && newcomers is null ? null : request with
        {
            Limit = newcomers is null ? shared : Free(DispatchPlace.Newcomer),
            Shares = newcomers ?? Shares(DispatchPlace.Shared),
            ForWork = new OwnPlaces(work, Shares(DispatchPlace.Work)),
            ForAlerts = new OwnPlaces(alerts, Shares(DispatchPlace.Alert)),
            StatusLimit = Math.Max(1, settings.MaxConcurrency / 2) - _statuses,
        };
    }

    /// <summary>Gives a place to what was claimed: the one it was claimed for.</summary>
    public void Take(DispatchInFlight dispatch)
    {
        var stored = dispatch.Claim.Event;
        var holder = Serve(stored.Conversation?.Number ?? stored.Number);
        dispatch.Holder = holder;
        dispatch.StartedAt = clock.GetTimestamp();
        dispatch.Place = stored.Lane switch
        {
            EventLane.Work when HasRoom(DispatchPlace.Work, holder) => DispatchPlace.Work,
            EventLane.Alert when HasRoom(DispatchPlace.Alert, holder) => DispatchPlace.Alert,
            _ => Free(DispatchPlace.Shared) > 0 ? DispatchPlace.Shared : DispatchPlace.Newcomer,
        };
        Count(dispatch, 1);
    }

    /// <summary>Takes the place back.</summary>
    public void Free(DispatchInFlight dispatch) => Count(dispatch, -1);

    /// <summary>Lets what has run for long go on elsewhere, as far as there is room.</summary>
    public void MoveLong(IEnumerable<DispatchInFlight> dispatches)
    {
        foreach (var dispatch in dispatches)
        {
            if (dispatch.Place != DispatchPlace.Long
                && clock.GetElapsedTime(dispatch.StartedAt) > LongRun
                && HasRoom(DispatchPlace.Long, dispatch.Holder!))
            {
                Count(dispatch, -1);
                dispatch.Place = DispatchPlace.Long;
                Count(dispatch, 1);
            }
        }
    }

    private int All(DispatchPlace place) => place switch
    {
        DispatchPlace.Work => WorkPlaces,
        DispatchPlace.Alert => AlertPlaces,
        DispatchPlace.Long => settings.MaxLongRunning,
        DispatchPlace.Newcomer => NewcomerPlaces,
        _ => settings.MaxConcurrency,
    };

    private int Free(DispatchPlace place) => Math.Max(All(place) - _taken[(int)place], 0);

    private bool HasRoom(DispatchPlace place, PlaceHolder holder) => Free(place) > 0 && holder.Held[(int)place] < Most(place);

    /// <summary>What one number may hold. Also while the others are silent: whoever writes next shall find a place.</summary>
    private int Most(DispatchPlace place) => AreSeveral() ? Share(place) : All(place);

    private int Share(DispatchPlace place) => Math.Max(All(place) * 3 / 4, 1);

    /// <summary>
    /// What numbers hold of the shared places while one of them holds more than its share: it took them before another was known, and no place can be taken
    /// back. Null when none does, or the place for that is taken.
    /// </summary>
    private NumberShares? NewcomerShares()
    {
        if (Free(DispatchPlace.Newcomer) == 0 || !_holders.Exists(holder => holder.Held[(int)DispatchPlace.Shared] > Share(DispatchPlace.Shared)))
        {
            return null;
        }

        return new NumberShares(1, _holders.ConvertAll(static holder => new NumberShare(holder.Number, holder.Held[(int)DispatchPlace.Shared])));
    }

    private bool AreSeveral() => settings.ById.Count > 1 || (_holders.Count > 1 && _holders.Count(static holder => holder.Number is not null) > 1);

    private NumberShares? Shares(DispatchPlace place)
    {
        if (!AreSeveral())
        {
            return null;
        }

        // Whose turn it is matters where all meet; elsewhere only what is held, mostly nothing.
        if (place != DispatchPlace.Shared && _taken[(int)place] == 0)
        {
            return place == DispatchPlace.Work ? _emptyWork : _emptyAlerts;
        }

        var numbers = new NumberShare[_holders.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = new NumberShare(_holders[i].Number, _holders[i].Held[(int)place]);
        }

        return new NumberShares(Most(place), numbers);
    }

    private void Count(DispatchInFlight dispatch, int by)
    {
        _taken[(int)dispatch.Place] += by;
        dispatch.Holder!.Held[(int)dispatch.Place] += by;
        if (dispatch is { Place: DispatchPlace.Shared, Claim.Event.Lane: EventLane.Status })
        {
            _statuses += by;
        }
    }

    private PlaceHolder Serve(PhoneNumberId? number)
    {
        var last = _holders.Count - 1;
        var place = last;
        while (place >= 0 && _holders[place].Number != number)
        {
            place--;
        }

        if (place == last && place >= 0)
        {
            return _holders[place];
        }

        var holder = place < 0 ? new PlaceHolder(number) : _holders[place];
        if (place >= 0)
        {
            _holders.RemoveAt(place);
        }

        _holders.Add(holder);
        if (_holders.Count > MostRemembered && _holders.FindIndex(0, MostRemembered, static one => one.HoldsNothing) is >= 0 and var oldest)
        {
            _holders.RemoveAt(oldest);
        }

        return holder;
    }
}
