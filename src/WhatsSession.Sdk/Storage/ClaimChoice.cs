using System.Runtime.InteropServices;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>
/// Chooses which events a claim takes. The choice is the same in every store. First the SDK's own work and alerts fill their own places. Then come all events
/// except statuses, and statuses come last. Within these groups, first attempts come before retries. Then comes the number that has the fewest places, and of
/// numbers with the same count the one that was not served for the longest time. Then the lowest position. If numbers are not distinguished, only the position
/// decides after the attempts.
/// </summary>
/// <remarks>For one claim, and one thread.</remarks>
public sealed class ClaimChoice
{
    /// <summary>How long a retry waits for first attempts. After that it counts as a first attempt.</summary>
    public static readonly Duration LongestWait = Duration.FromMinutes(1);

    private readonly Places _work;
    private readonly Places _alerts;
    private readonly Places _shared;
    private readonly bool _isAnyAhead;
    private Step _step;
    private int _statuses;
    private int _atOnce;

    /// <summary>Begins a choice.</summary>
    public ClaimChoice(ClaimRequest request)
    {
        _work = new Places(request.ForWork.Free, request.ForWork.Shares);
        _alerts = new Places(request.ForAlerts.Free, request.ForAlerts.Shares);
        _shared = new Places(request.Limit, request.Shares);
        _statuses = request.StatusLimit;
        _isAnyAhead = request.Ahead > 0;
        _atOnce = request.Limit - request.Ahead;
        _step = _work.Free > 0 ? Step.Work : _alerts.Free > 0 ? Step.Alerts : Step.Others;
    }

    private enum Step
    {
        Work,
        Alerts,
        Others,
        Statuses,
        End,
    }

    /// <summary>
    /// Whether the event that was chosen last is ahead of its place, so that the claim does not count its attempt. This is every event after the first places
    /// of <see cref="ClaimRequest.Limit"/>, and every status of such a claim, because it may have to wait for other statuses too.
    /// </summary>
    public bool IsAhead { get; private set; }

    /// <summary>The maximum number of events of one number and lane that may be chosen.</summary>
    public static int MostOf(ClaimRequest request) => Math.Max(request.Limit, 0) + Math.Max(request.ForWork.Free, 0) + Math.Max(request.ForAlerts.Free, 0);

    /// <summary>Chooses from what was read ahead.</summary>
    /// <param name="request">The wish.</param>
    /// <param name="ready">
    /// For each lane, number and kind of attempt the lowest positions, as many as <see cref="MostOf"/> says or all that exist, in any order.
    /// </param>
    /// <returns>What is to be claimed, in this order.</returns>
    public static IReadOnlyList<ClaimCandidate> Choose(ClaimRequest request, IEnumerable<ClaimCandidate> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        var sources = ready.GroupBy(static candidate => (candidate.Lane, candidate.Number, candidate.IsRetry))
            .Select(static source => new Queue<ClaimCandidate>(source.OrderBy(static candidate => candidate.Position)))
            .ToList();
        var firsts = sources.ConvertAll(static source => source.Peek());
        var choice = new ClaimChoice(request);
        var chosen = new List<ClaimCandidate>();
        int next;
        while ((next = choice.Next(CollectionsMarshal.AsSpan(firsts))) >= 0)
        {
            chosen.Add(sources[next].Dequeue() with { IsAhead = choice.IsAhead });
            if (sources[next].TryPeek(out var following))
            {
                firsts[next] = following;
            }
            else
            {
                sources.RemoveAt(next);
                firsts.RemoveAt(next);
            }
        }

        return chosen;
    }

    /// <summary>Whether an event could be chosen now.</summary>
    public bool HasRoom(ClaimCandidate candidate) =>
        IsTaken(candidate.Lane, out var own) && (own.HasRoom(candidate.Number) || _shared.HasRoom(candidate.Number));

    /// <summary>Whether an event of a lane could be chosen now.</summary>
    /// <returns>True for one of any number, false for none; null when it depends on the number.</returns>
    public bool? HasRoom(EventLane lane) =>
        !IsTaken(lane, out var own) || (own.Free <= 0 && _shared.Free <= 0) ? false
        : own.HasRoomForAll || _shared.HasRoomForAll ? true
        : null;

    /// <summary>Chooses the next event.</summary>
    /// <param name="firsts">
    /// For each lane, number and kind of attempt the lowest position. For the next call, replace the chosen one with the next of its kind, or remove it.
    /// </param>
    /// <returns>Its place in <paramref name="firsts"/>; -1 when no more is to be claimed.</returns>
    public int Next(ReadOnlySpan<ClaimCandidate> firsts)
    {
        // What a step has no room for, it has none for later: nothing is given back in a claim.
        for (; _step < Step.End; _step++)
        {
            var best = Best(firsts);
            if (best >= 0)
            {
                PlacesOf(_step).Take(firsts[best].Number);
                _statuses -= _step == Step.Statuses ? 1 : 0;
                IsAhead = _isAnyAhead && (_step == Step.Statuses || (_step == Step.Others && _atOnce-- <= 0));
                return best;
            }
        }

        return -1;
    }

    private bool IsTaken(EventLane lane, out Places own)
    {
        own = lane switch { EventLane.Work => _work, EventLane.Alert => _alerts, _ => _shared };
        return lane != EventLane.Status || _statuses > 0;
    }

    private int Best(ReadOnlySpan<ClaimCandidate> firsts)
    {
        var places = PlacesOf(_step);
        var best = -1;
        if (places.Free <= 0 || (_step == Step.Statuses && _statuses <= 0))
        {
            return best;
        }

        for (var i = 0; i < firsts.Length; i++)
        {
            if (IsOf(firsts[i].Lane, _step) && places.HasRoom(firsts[i].Number) && (best < 0 || IsBefore(firsts[i], firsts[best], places)))
            {
                best = i;
            }
        }

        return best;
    }

    private Places PlacesOf(Step step) => step switch { Step.Work => _work, Step.Alerts => _alerts, _ => _shared };

    private static bool IsOf(EventLane lane, Step step) => step switch
    {
        Step.Work => lane == EventLane.Work,
        Step.Alerts => lane == EventLane.Alert,
        Step.Statuses => lane == EventLane.Status,
        _ => lane != EventLane.Status,
    };

    private static bool IsBefore(ClaimCandidate one, ClaimCandidate other, Places places)
    {
        if (one.IsRetry != other.IsRetry)
        {
            return other.IsRetry;
        }

        var turn = places.Compare(one.Number, other.Number);
        return turn < 0 || (turn == 0 && one.Position < other.Position);
    }

    /// <summary>Some places and their holders. There are only a few numbers, so a search through all of them is fast.</summary>
    private sealed class Places(int free, NumberShares? shares)
    {
        // What numbers hold that were given something in this claim.
        private List<NumberShare>? _given;

        public int Free { get; private set; } = free;

        public bool HasRoomForAll => Free > 0 && (shares is null || (shares.Numbers.All(IsBelowMost) && (_given is null || _given.TrueForAll(IsBelowMost))));

        public bool HasRoom(PhoneNumberId? number) => Free > 0 && (shares is null || Of(number).Held < shares.Most);

        public void Take(PhoneNumberId? number)
        {
            Free--;
            if (shares is not null)
            {
                var held = Of(number).Held;
                _given ??= [];
                _given.RemoveAll(share => share.Number == number);
                _given.Add(new NumberShare(number, held + 1));
            }
        }

        /// <summary>Compares whose turn comes first: negative for the first one, zero when both are the same.</summary>
        public int Compare(PhoneNumberId? one, PhoneNumberId? other) => shares is null || one == other ? 0 : Of(one).CompareTo(Of(other));

        private bool IsBelowMost(NumberShare share) => share.Held < shares!.Most;

        private (int Held, int Served) Of(PhoneNumberId? number)
        {
            for (var i = (_given?.Count ?? 0) - 1; i >= 0; i--)
            {
                if (_given![i].Number == number)
                {
                    return (_given[i].Held, shares!.Numbers.Count + i + 1);
                }
            }

            for (var i = shares!.Numbers.Count - 1; i >= 0; i--)
            {
                if (shares.Numbers[i].Number == number)
                {
                    return (shares.Numbers[i].Held, i + 1);
                }
            }

            return default;
        }
    }
}
