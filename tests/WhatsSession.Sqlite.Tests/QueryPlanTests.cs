using SQLitePCL;

namespace WhatsSession.Sqlite.Tests;

/// <summary>No statement looks through a table that grows, or sorts what an index has in order.</summary>
public sealed class QueryPlanTests : IAsyncDisposable
{
    // Tables that stay small whatever comes, what a statement makes for itself, and SQLite's own.
    private static readonly string[] Small =
    [
        "store_time", "seen_part", "handled_lane", "planned_alert", "planned_turn", "secret", "sqlite_master", "pragma_user_version",
        "CONSTANT", "2-ROW",
        "asked", "business", "e", "erased", "everyone", "hidden", "member", "newest", "owner", "q", "quarters", "ready",
    ];

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Statements_OfBusyDays_FindWhatTheyNeedByIndex()
    {
        var database = new SqliteDatabase(_files.NewPath(), TimeSpan.FromSeconds(30));
        await using var store = new SqliteStore(database);
        await BusyDays.LiveThroughAsync(store, days: 3);

        var written = await database.WriteAsync(static session => Flaws(session), Token);
        var read = await database.ReadAsync(static session => Flaws(session), Token);

        written.Statements.Should().BeGreaterThan(60, "the days are to be busy");
        read.Statements.Should().BeGreaterThan(10, "the days are to be busy");
        written.Flaws.Concat(read.Flaws).Should().BeEmpty();
    }

    [Theory]
    [InlineData("SELECT position FROM outbox WHERE attempt = 3")]
    [InlineData("SELECT arrival FROM log WHERE number = 'a' ORDER BY arrival")]
    public async Task Statements_WithoutAnIndex_AreFound(string text)
    {
        var database = new SqliteDatabase(_files.NewPath(), TimeSpan.FromSeconds(30));
        await using var store = new SqliteStore(database);

        var written = await database.WriteAsync(
            session =>
            {
                session.Exists(text);
                return Flaws(session);
            },
            Token);

        written.Flaws.Should().ContainSingle().Which.Should().EndWith(text);
    }

    private static (int Statements, List<string> Flaws) Flaws(SqliteSession session)
    {
        var (statements, flaws) = (0, new List<string>());
        foreach (var text in PreparedOnceTests.Texts(session))
        {
            // Transactions have no plan.
            if (raw.sqlite3_prepare_v2(session.Handle, "EXPLAIN QUERY PLAN " + text, out var plan) != raw.SQLITE_OK)
            {
                continue;
            }

            using (plan)
            {
                statements++;
                while (raw.sqlite3_step(plan) == raw.SQLITE_ROW)
                {
                    if (raw.sqlite3_column_text(plan, 3).utf8_to_string() is var step && !IsSound(step, text))
                    {
                        flaws.Add($"{step}: {text}");
                    }
                }
            }
        }

        return (statements, flaws);
    }

    private static bool IsSound(string step, string text)
    {
        if (step == "USE TEMP B-TREE FOR ORDER BY")
        {
            // What a customer's few identifiers have is put together, as far as it is asked for; and an erasure reads a whole conversation.
            return text.Contains("everyone", StringComparison.Ordinal) || text.Contains("UNION", StringComparison.Ordinal);
        }

        return step.Split(' ') is not ["SCAN", var table, ..] || Small.Contains(table) || TakesOne(table, text) || IsForAll(table, text);
    }

    /// <summary>Whether a statement asks whether there is any.</summary>
    private static bool TakesOne(string table, string text) =>
        text.Contains($"EXISTS (SELECT 1 FROM {table}", StringComparison.Ordinal)
        || (text.StartsWith($"SELECT 1 FROM {table} ", StringComparison.Ordinal) && text.EndsWith(" LIMIT 1", StringComparison.Ordinal));

    /// <summary>A host that plans a new alert looks once at every open window.</summary>
    private static bool IsForAll(string table, string text) =>
        table == "conversation" && text.StartsWith("UPDATE conversation SET check_at = last_inbound", StringComparison.Ordinal);
}
