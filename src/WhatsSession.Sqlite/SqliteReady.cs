using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The events of the outbox that can be claimed at once: <c>head</c> is 1 for a first try, 3 for what comes again.</summary>
internal static class SqliteReady
{
    private const int Again = 3;

    /// <summary>Whether a claim would be given anything.</summary>
    public static bool Any(SqliteSession session, ClaimRequest request)
    {
        var choice = new ClaimChoice(request);
        return ReadSides(session, request).Exists(side => choice.HasRoom(side.Lane) switch
        {
            { } forAll when side.ReadyBy is null || !forAll => forAll,
            { } => ReadCandidates(session, side, most: 1).Count > 0,
            null => ReadCandidates(session, side, most: 1).Exists(candidate => choice.HasRoom(candidate)),
        });
    }

    /// <summary>What a claim is given.</summary>
    public static IReadOnlyList<ClaimCandidate> Choose(SqliteSession session, ClaimRequest request)
    {
        var sides = ReadSides(session, request);
        if (sides.Exists(static side => side.Head == Again) && Promote(session, request.Now))
        {
            sides = ReadSides(session, request);
        }

        var most = ClaimChoice.MostOf(request);
        return ClaimChoice.Choose(request, sides.SelectMany(side => ReadCandidates(session, side, most)));
    }

    /// <summary>Puts what came again and has waited long enough among the first tries.</summary>
    private static bool Promote(SqliteSession session, Instant now) => session.Execute(
        "UPDATE outbox INDEXED BY outbox_retries SET head = 1 WHERE head = 3 AND ready_at <= ?1",
        (now - Instant.MinValue < ClaimChoice.LongestWait ? Instant.MinValue : now - ClaimChoice.LongestWait).ToUnixTimeTicks()) > 0;

    /// <summary>Of one side the lowest positions of each number, which costs one look into the index for a number, however much waits.</summary>
    private static List<ClaimCandidate> ReadCandidates(SqliteSession session, ReadySide side, int most)
    {
        var candidates = new List<ClaimCandidate>();
        foreach (var name in ReadNumbers(session, side))
        {
            PhoneNumberId? number = name.Length > 0 ? PhoneNumberId.Parse(name) : null;
            using var rows = side.ReadyBy is { } readyBy
                ? session.Read(
                    """
                    SELECT position FROM outbox INDEXED BY outbox_ready
                    WHERE head & 1 AND head = ?1 AND lane = ?2 AND alert = ?3 AND coalesce(number, '') = ?4 AND ready_at <= ?6 ORDER BY position LIMIT ?5 + 0
                    """,
                    side.Head,
                    (int)side.Lane,
                    side.Alert,
                    name,
                    most,
                    readyBy.ToUnixTimeTicks())
                : session.Read(
                    """
                    SELECT position FROM outbox INDEXED BY outbox_ready
                    WHERE head & 1 AND head = ?1 AND lane = ?2 AND alert = ?3 AND coalesce(number, '') = ?4 ORDER BY position LIMIT ?5 + 0
                    """,
                    side.Head,
                    (int)side.Lane,
                    side.Alert,
                    name,
                    most);
            while (rows.Read())
            {
                candidates.Add(new ClaimCandidate(rows.GetInt64(0), number, side.Lane, side.Head == Again));
            }
        }

        return candidates;
    }

    /// <summary>The numbers that one side has; empty text for what has none.</summary>
    private static List<string> ReadNumbers(SqliteSession session, ReadySide side)
    {
        var numbers = new List<string>();
        using var rows = session.Read(
            """
            WITH RECURSIVE ready (number) AS (
                SELECT min(coalesce(number, '')) FROM outbox INDEXED BY outbox_ready WHERE head & 1 AND head = ?1 AND lane = ?2 AND alert = ?3
                UNION ALL
                SELECT (
                    SELECT min(coalesce(number, '')) FROM outbox INDEXED BY outbox_ready
                    WHERE head & 1 AND head = ?1 AND lane = ?2 AND alert = ?3 AND coalesce(number, '') > ready.number)
                FROM ready WHERE number IS NOT NULL
            )
            SELECT number FROM ready WHERE number IS NOT NULL
            """,
            side.Head,
            (int)side.Lane,
            side.Alert);
        while (rows.Read())
        {
            numbers.Add(rows.GetString(0));
        }

        return numbers;
    }

    /// <summary>The lanes, and of alerts the planned ones, with ready events that a host may claim.</summary>
    private static List<ReadySide> ReadSides(SqliteSession session, ClaimRequest request)
    {
        var sides = new List<ReadySide>();
        foreach (var (head, lane) in ReadLanes(session, request))
        {
            if (lane == EventLane.Turn)
            {
                sides.AddRange(ReadTurns(session, request, head));
                continue;
            }

            if (lane != EventLane.Alert)
            {
                sides.Add(new ReadySide(head, lane, ""));
                continue;
            }

            var alerts = ReadAlerts(session, head, lane);
            if (!alerts.TrueForAll(alert => alert.Length == 0 || request.Takes(PlannedAlert.Parse(alert))))
            {
                var planned = SqliteAlerts.Read(session, request.Now);
                alerts = alerts.FindAll(alert => alert.Length == 0 || PlannedAlert.Parse(alert) is var of && (request.Takes(of) || !planned.Contains(of)));
            }

            sides.AddRange(alerts.Select(alert => new ReadySide(head, lane, alert)));
        }

        return sides;
    }

    /// <summary>The turns of the host's own handlers, and those of others that nobody has any more, or that wait too long for their host.</summary>
    private static IEnumerable<ReadySide> ReadTurns(SqliteSession session, ClaimRequest request, int head)
    {
        List<PlannedTurn>? planned = null;
        foreach (var handler in ReadAlerts(session, head, EventLane.Turn))
        {
            var isFree = request.TakesTurn(handler)
                || !(planned ??= SqliteTurnPlans.Read(session, request.Now)).Exists(plan => string.Equals(plan.Handler, handler, StringComparison.Ordinal));
            yield return new ReadySide(head, EventLane.Turn, handler) { ReadyBy = isFree ? null : TurnTimes.Overdue(request.Now) };
        }
    }

    /// <summary>
    /// The planned alerts, or handlers of turns, with ready events; empty text for what is told unplanned. Each costs one look into the index, however much
    /// waits.
    /// </summary>
    private static List<string> ReadAlerts(SqliteSession session, int head, EventLane lane)
    {
        var alerts = new List<string>();
        using var reader = session.Read(
            """
            WITH RECURSIVE ready (alert) AS (
                SELECT min(alert) FROM outbox INDEXED BY outbox_ready WHERE head & 1 AND head = ?1 AND lane = ?2
                UNION ALL
                SELECT (SELECT min(alert) FROM outbox INDEXED BY outbox_ready WHERE head & 1 AND head = ?1 AND lane = ?2 AND alert > ready.alert)
                    FROM ready WHERE ready.alert IS NOT NULL
            )
            SELECT alert FROM ready WHERE alert IS NOT NULL
            """,
            head,
            (int)lane);
        while (reader.Read())
        {
            alerts.Add(reader.GetString(0));
        }

        return alerts;
    }

    /// <summary>The lanes with ready events that a host may claim: each lane costs one look into the index, however much waits in it.</summary>
    private static List<(int Head, EventLane Lane)> ReadLanes(SqliteSession session, ClaimRequest request)
    {
        var ready = new List<(int Head, EventLane Lane)>();
        using (var reader = session.Read(
            """
            WITH RECURSIVE ready (head, lane) AS (
                SELECT 1, (SELECT min(lane) FROM outbox INDEXED BY outbox_ready WHERE head & 1 AND head = 1)
                UNION ALL
                SELECT 3, (SELECT min(lane) FROM outbox INDEXED BY outbox_ready WHERE head & 1 AND head = 3)
                UNION ALL
                SELECT head, (SELECT min(lane) FROM outbox INDEXED BY outbox_ready WHERE head & 1 AND head = ready.head AND lane > ready.lane)
                    FROM ready WHERE ready.lane IS NOT NULL
            )
            SELECT head, lane FROM ready WHERE lane IS NOT NULL
            """))
        {
            while (reader.Read())
            {
                ready.Add((reader.GetInt32(0), (EventLane)reader.GetInt32(1)));
            }
        }

        if (ready.TrueForAll(side => request.Lanes.Contains(side.Lane)))
        {
            return ready;
        }

        var taken = SqliteLanes.Read(session, request.Now);
        return ready.FindAll(side => request.Lanes.Contains(side.Lane) || !taken.Contains(side.Lane));
    }

    private readonly record struct ReadySide(int Head, EventLane Lane, string Alert)
    {
        /// <summary>Only what could be claimed at this moment or before; null for all.</summary>
        public Instant? ReadyBy { get; init; }
    }
}
