using NodaTime;
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
    private readonly ClaimsAhead _ahead = new(clock);
    private readonly int[] _taken = new int[Enum.GetValues<DispatchPlace>().Length];

    // In the order in which they were last served.
    private readonly List<PlaceHolder> _holders = [];
    private int _statuses;

    /// <summary>What may be claimed now; null for nothing.</summary>
    public ClaimRequest? Ask(ClaimRequest request)
    {
        var claimed = _taken[(int)DispatchPlace.Shared] + _ahead.Count;
        var (shared, work, alerts) = (Math.Max(MostClaimed - claimed, 0), Free(DispatchPlace.Work), Free(DispatchPlace.Alert));
        var newcomers = shared == 0 ? NewcomerShares() : null;
        return shared + work + alerts == 0 && newcomers is null ? null : request with
        {
            Limit = newcomers is null ? shared : Free(DispatchPlace.Newcomer),
            Ahead = newcomers is null ? Math.Max(shared - AtOnce(), 0) : 0,
            Shares = newcomers ?? Shares(DispatchPlace.Shared),
            ForWork = new OwnPlaces(work, Shares(DispatchPlace.Work)),
            ForAlerts = new OwnPlaces(alerts, Shares(DispatchPlace.Alert)),
            StatusLimit = Math.Max(1, MostClaimed / 2) - _statuses - _ahead.Statuses,
        };
    }

    /// <summary>Lets what was claimed wait until <see cref="TakeNext"/> gives it a place.</summary>
    public void Wait(DispatchInFlight dispatch)
    {
        dispatch.Holder = ServeFor(dispatch);
        _ahead.Add(dispatch);
    }

    /// <summary>Gives a free place to what waits; none to what another host may hold by now, because its lease is over.</summary>
    /// <returns>What may begin now, or holds no place and waits no more; null when nothing may.</returns>
    public DispatchInFlight? TakeNext(Instant now)
    {
        var next = _ahead.Count == 0 ? null : _ahead.Take(MayBegin);
        if (next is not null && next.LeasedUntil > now)
        {
            Take(next);
        }

        return next;
    }

    /// <summary>What waits and will be given no place.</summary>
    public IReadOnlyList<DispatchInFlight> TakeBack() => _ahead.TakeAll(static _ => true);

    /// <summary>What waits and will be given no place, because its lease is over.</summary>
    public IReadOnlyList<DispatchInFlight> TakeLate(Instant now) => _ahead.Count == 0 ? [] : _ahead.TakeAll(dispatch => dispatch.LeasedUntil <= now);

    /// <summary>Gives a place to what was claimed: the one it was claimed for.</summary>
    public void Take(DispatchInFlight dispatch)
    {
        dispatch.Holder ??= ServeFor(dispatch);
        dispatch.StartedAt = clock.GetTimestamp();
        dispatch.Place = PlaceFor(dispatch);
        dispatch.HoldsPlace = true;
        Count(dispatch, 1);
    }

    /// <summary>Takes the place back, where one is held.</summary>
    public void Free(DispatchInFlight dispatch)
    {
        if (dispatch.HoldsPlace)
        {
            dispatch.HoldsPlace = false;
            Count(dispatch, -1);
            if (dispatch.Place is DispatchPlace.Shared or DispatchPlace.Long)
            {
                _ahead.Learn(clock.GetElapsedTime(dispatch.StartedAt));
            }
        }
    }

    /// <summary>Lets what has run for long go on elsewhere, as far as there is room.</summary>
    public void MoveLong(IEnumerable<DispatchInFlight> dispatches)
    {
        foreach (var dispatch in dispatches)
        {
            if (dispatch is { HoldsPlace: true, Place: not DispatchPlace.Long }
                && clock.GetElapsedTime(dispatch.StartedAt) > LongRun
                && HasRoom(DispatchPlace.Long, dispatch.Holder!))
            {
                Count(dispatch, -1);
                dispatch.Place = DispatchPlace.Long;
                Count(dispatch, 1);
            }
        }
    }

    /// <summary>Whether so little waits, or can begin, that the next claim is to be made.</summary>
    public bool RunsLow => _ahead.Count <= _ahead.Most / 2 || Free(DispatchPlace.Shared) > 0;

    /// <summary>How many may be claimed for the places that all share.</summary>
    private int MostClaimed => settings.MaxConcurrency + _ahead.Most;

    /// <summary>
    /// How many of the shared places whoever comes finds free. Rather too few: an event that dies with its process uncounted is counted from its next claim on,
    /// but one that is counted and did not begin loses a try.
    /// </summary>
    private int AtOnce()
    {
        if (_ahead.Most + _ahead.Count == 0)
        {
            return int.MaxValue;
        }

        var free = Free(DispatchPlace.Shared) - _ahead.Count;
        return Math.Max(
            AreSeveral() && _holders.Count > 0
                ? Math.Min(free, ShareOf(settings.MaxConcurrency) - _holders.Max(static holder => holder.Held[(int)DispatchPlace.Shared] + holder.Waiting))
                : free,
            0);
    }

    private DispatchPlace PlaceFor(DispatchInFlight dispatch) => dispatch.Claim.Event.Lane switch
    {
        EventLane.Work when HasRoom(DispatchPlace.Work, dispatch.Holder!) => DispatchPlace.Work,
        EventLane.Alert when HasRoom(DispatchPlace.Alert, dispatch.Holder!) => DispatchPlace.Alert,
        _ => IsNewcomer(dispatch.Holder!) ? DispatchPlace.Newcomer : DispatchPlace.Shared,
    };

    private bool MayBegin(DispatchInFlight dispatch) =>
        PlaceFor(dispatch) != DispatchPlace.Shared
        || (HasRoom(DispatchPlace.Shared, dispatch.Holder!) && (!dispatch.IsStatus || _statuses < Math.Max(1, settings.MaxConcurrency / 2)));

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
    private int Most(DispatchPlace place) => MostOf(All(place));

    private int MostOf(int all) => AreSeveral() ? ShareOf(all) : all;

    private static int ShareOf(int all) => Math.Max(all * 3 / 4, 1);

    /// <summary>
    /// What numbers hold of the shared places, or wait for, while one of them holds more than its share: it took them before another was known, and no place
    /// can be taken back. Null when none does, or the place for that is taken.
    /// </summary>
    private NumberShares? NewcomerShares() => Free(DispatchPlace.Newcomer) > 0 && AnyHoldsTooMuch()
        ? new NumberShares(1, _holders.ConvertAll(static holder => new NumberShare(holder.Number, holder.Held[(int)DispatchPlace.Shared] + holder.Waiting)))
        : null;

    private bool AnyHoldsTooMuch() => _holders.Exists(holder => holder.Held[(int)DispatchPlace.Shared] > ShareOf(settings.MaxConcurrency));

    /// <summary>Whether a number finds all shared places taken by one that held them before it was known.</summary>
    private bool IsNewcomer(PlaceHolder holder) =>
        holder.Held[(int)DispatchPlace.Shared] == 0 && Free(DispatchPlace.Shared) == 0 && Free(DispatchPlace.Newcomer) > 0 && AnyHoldsTooMuch();

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

        var isShared = place == DispatchPlace.Shared;
        var numbers = new NumberShare[_holders.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = new NumberShare(_holders[i].Number, _holders[i].Held[(int)place] + (isShared ? _holders[i].Waiting : 0));
        }

        return new NumberShares(isShared ? MostOf(MostClaimed) : Most(place), numbers);
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

    private PlaceHolder ServeFor(DispatchInFlight dispatch) => Serve(dispatch.Claim.Event.Conversation?.Number ?? dispatch.Claim.Event.Number);

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
