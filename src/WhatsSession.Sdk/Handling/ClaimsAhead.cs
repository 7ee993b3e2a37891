namespace WhatsSession.Handling;

/// <summary>
/// What was claimed before there was a place for it, so that handlers that end at once find the next event here and not at the store. How many that may be
/// follows from how handlers behave: one more for each that ends at once, half as many after one that does not, and none after a rest. So where handlers take
/// their time, nothing waits here that another host could take.
/// </summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class ClaimsAhead(TimeProvider clock)
{
    // As much as one write of a store takes in good time: others wait for it.
    private const int MostEver = 112;

    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly List<DispatchInFlight> _waiting = [];
    private int _most;
    private long _endedAt;

    /// <summary>How many may wait here now.</summary>
    public int Most => _most > 0 && clock.GetElapsedTime(_endedAt) > Rest ? _most = 0 : _most;

    public int Count => _waiting.Count;

    /// <summary>How many of them are statuses.</summary>
    public int Statuses { get; private set; }

    public void Add(DispatchInFlight dispatch)
    {
        _waiting.Add(dispatch);
        Note(dispatch, 1);
    }

    /// <summary>Takes out the first that may begin: statuses behind everything else, as they are claimed.</summary>
    /// <returns>Null when none may.</returns>
    public DispatchInFlight? Take(Func<DispatchInFlight, bool> mayBegin)
    {
        var first = _waiting.FindIndex(dispatch => !dispatch.IsStatus && mayBegin(dispatch));
        first = first >= 0 || Statuses == 0 ? first : _waiting.FindIndex(dispatch => dispatch.IsStatus && mayBegin(dispatch));
        if (first < 0)
        {
            return null;
        }

        var taken = _waiting[first];
        _waiting.RemoveAt(first);
        Note(taken, -1);
        return taken;
    }

    /// <summary>Takes out all, for they will not begin.</summary>
    public IReadOnlyList<DispatchInFlight> TakeAll(Predicate<DispatchInFlight> match)
    {
        var all = _waiting.FindAll(match);
        _waiting.RemoveAll(match);
        foreach (var dispatch in all)
        {
            Note(dispatch, -1);
        }

        return all;
    }

    /// <summary>Learns how long a handler took.</summary>
    public void Learn(TimeSpan elapsed)
    {
        _most = elapsed < AtOnce ? Math.Min(Most + 1, MostEver) : Most / 2;
        _endedAt = clock.GetTimestamp();
    }

    private void Note(DispatchInFlight dispatch, int by)
    {
        dispatch.Holder!.Waiting += by;
        Statuses += dispatch.IsStatus ? by : 0;
    }
}
