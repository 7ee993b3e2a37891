using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Benchmarks;

/// <summary>Row 8c: alerts of a thousand windows that are due at once, put into the outbox of a file.</summary>
internal sealed class ClaimsOfAlerts : BudgetRow
{
    private const int Count = 1_000;
    private const int Upserts = 100;

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 3, 12, 0);

    private readonly ScratchDirectory _directory = new();
    private readonly IAlertPlanner _planner = new OneAlert();
    private readonly ConversationKey[] _conversations = new ConversationKey[Count];
    private SqliteStore? _store;
    private SqliteConnection? _connection;
    private SqliteCommand? _upsert;
    private Instant _now = Start;
    private long _next;

    public override string Number => "8c";

    public override string Name => "claim of an alert on SQLite, 500 a transaction";

    public override string Floor => "an upsert of one row, a commit each, same durability";

    public override double TimeBudget => 0.5;

    public override int OperationsPerRound => Count;

    public override int Rounds => 25;

    public override TimeSpan Patience => TimeSpan.FromSeconds(5);

    public override async ValueTask<string?> PrepareAsync()
    {
        _store = new SqliteStore(_directory.PathOf("sdk.db"));
        var number = PhoneNumberId.Parse("314159265358979");
        for (var i = 0; i < Count; i++)
        {
            _conversations[i] = new ConversationKey(number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"1555{i:D7}")));
        }

        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _directory.PathOf("floor.db"), Pooling = false }.ToString());
        await _connection.OpenAsync();
        using (var script = _connection.CreateCommand())
        {
            script.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE alert (conversation TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;";
            await script.ExecuteNonQueryAsync();
        }

        _upsert = _connection.CreateCommand();
        _upsert.CommandText = "INSERT INTO alert VALUES ($1, $2) ON CONFLICT DO UPDATE SET at = excluded.at";
        _upsert.Parameters.Add(new SqliteParameter("$1", SqliteType.Text));
        _upsert.Parameters.Add(new SqliteParameter("$2", SqliteType.Integer));
        await _upsert.PrepareAsync();
        return null;
    }

    public override async Task<Measurement> MeasureAsync()
    {
        var started = Stopwatch.GetTimestamp();
        do
        {
            await TimeFloorAsync();
            await TimeAsync();
        }
        while (Stopwatch.GetElapsedTime(started) < WarmUp);

        var (time, floor) = await Measurement.TakeInTurnAsync(this, TimeAsync, TimeFloorAsync);
        return new Measurement(time / floor, time, floor, PeerNanoseconds: 0, Bytes: 0, FloorBytes: 0);
    }

    public override async ValueTask RunAsync(int operations)
    {
        var raised = 0;
        while (raised < operations)
        {
            var some = await _store!.SweepAsync(new AlertSweep(_now, _planner, Limit: 500));
            raised += some > 0 ? some : throw new InvalidOperationException("Alerts are missing.");
        }
    }

    public override ValueTask RunFloorAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _upsert!.Parameters[0].Value = _conversations[_next % Count].ToString() + (_next % Count);
            _upsert.Parameters[1].Value = _next++;
            _upsert.ExecuteNonQuery();
        }

        return default;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _upsert!.DisposeAsync();
            await _connection.DisposeAsync();
        }

        _directory.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>All windows are opened anew, and a moment before they close all alerts are due.</summary>
    private async Task<double> TimeAsync()
    {
        _now += CustomerServiceWindow.Length;
        await _store!.SweepAsync(new AlertSweep(_now, _planner, Limit: 0));
        await _store.JoinAsync([.. _conversations.Select(key => (key, new ConversationState(_now, denied: null)))], _now);
        _now += OneAlert.Delay;
        var started = Stopwatch.GetTimestamp();
        await RunAsync(Count);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Count;
    }

    private async Task<double> TimeFloorAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await RunFloorAsync(Upserts);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Upserts;
    }

    /// <summary>Plans one alert for each window.</summary>
    private sealed class OneAlert : IAlertPlanner
    {
        public static readonly Duration Delay = Duration.FromHours(23);

        private static readonly PlannedAlert Alert = new("benchmark", Delay);

        public IReadOnlyCollection<PlannedAlert> Alerts { get; } = [Alert];

        public AlertPlan Plan(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts) =>
            check.After.LastInbound is not { } anchor ? AlertPlan.Nothing : new AlertPlan([ToEvent(check.Conversation, anchor, check.Now)], nextCheck: null);

        private static StoredEvent ToEvent(ConversationKey conversation, Instant anchor, Instant now) => new()
        {
            Key = EventKey.Of(conversation.Number.Value, EventLane.Alert, FormattableString.Invariant($"{conversation.Party}|{anchor.ToUnixTimeSeconds()}")),
            Lane = EventLane.Alert,
            Field = Alert.Kind,
            Number = conversation.Number,
            Conversation = conversation,
            Timestamp = now,
            ReceivedAt = now,
            Facts = new EventFacts { Alert = Alert },
            Raw = "{}"u8.ToArray(),
        };
    }
}
