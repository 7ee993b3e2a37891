using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Benchmarks;

/// <summary>Row 8b: a look for alerts in a file of 100,000 open windows, when none is due.</summary>
internal sealed class PollOfAlerts : BudgetRow
{
    private const int Count = 100_000;

    private static readonly Instant Now = Instant.FromUtc(2026, 11, 3, 12, 0);

    private readonly ScratchDirectory _directory = new();
    private readonly AlertSweep _sweep = new(Now, new NothingPlanned(), Limit: 500);
    private SqliteStore? _store;
    private SqliteConnection? _connection;
    private SqliteCommand? _earliest;

    public override string Number => "8b";

    public override string Name => "look for alerts on SQLite, none due";

    public override string Floor => "a bare look at the earliest row, prepared, same file";

    public override double TimeBudget => 3;

    public override long ByteBudget => 0;

    public override int OperationsPerRound => 100;

    public override TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    public override TimeSpan Patience => TimeSpan.FromSeconds(3);

    public override async ValueTask<string?> PrepareAsync()
    {
        var path = _directory.PathOf("sdk.db");
        _store = new SqliteStore(path);
        await _store.SweepAsync(_sweep);
        var number = PhoneNumberId.Parse("314159265358979");
        await _store.JoinAsync(
            [.. Enumerable.Range(0, Count).Select(i => (
                new ConversationKey(number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"1555{i:D7}"))),
                new ConversationState(Now - Duration.FromSeconds(i / 2), denied: null)))],
            Now);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await _connection.OpenAsync();
        _earliest = _connection.CreateCommand();
        _earliest.CommandText = "SELECT check_at FROM conversation WHERE check_at IS NOT NULL ORDER BY check_at LIMIT 1";
        await _earliest.PrepareAsync();
        return null;
    }

    public override async ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            if (await _store!.SweepAsync(_sweep) != 0)
            {
                throw new InvalidOperationException("Nothing is due.");
            }
        }
    }

    public override ValueTask RunFloorAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            if (_earliest!.ExecuteScalar() is not long)
            {
                throw new InvalidOperationException("No window is open.");
            }
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
            await _earliest!.DisposeAsync();
            await _connection.DisposeAsync();
        }

        _directory.Dispose();
        await base.DisposeAsync();
    }
}
