using System.Diagnostics;
using System.Reflection;
using SQLitePCL;

namespace WhatsSession.Sqlite.Tests;

/// <summary>Two that write to one file as fast as they can: neither waits for long.</summary>
public sealed class WritersInTurnTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Host =
        typeof(WritersInTurnTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "KilledHost").Value!;

    private readonly StoreFiles _files = new();
    private readonly int[] _commits = new int[2];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task BeginImmediate_AnotherWritesWithoutAPause_WaitsForAtMostTenOfItsCommits()
    {
        const int Turns = 150;
        var path = _files.NewPath();
        await using var notes = await NoteDatabase.OpenAsync(path);
        using var end = new CancellationTokenSource();
        var busy = RunAsync(path, 0, () => !end.IsCancellationRequested);
        var waited = new List<int>();
        await RunAsync(path, 1, () => waited.Count < Turns, waited.Add).WaitAsync(Patience, Token);
        await end.CancelAsync();
        await busy.WaitAsync(Patience, Token);

        // A machine that is busy with other things may stop a thread just before it says that it waits.
        waited.Order().ElementAt(Turns * 9 / 10).Should().BeLessThanOrEqualTo(10);
    }

    [Fact]
    public async Task BeginImmediate_AnotherProcessWritesWithoutAPause_WaitsForAtMostTenOfItsCommits()
    {
        const int Turns = 150;
        var path = _files.NewPath();
        string[] command = [.. Host.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", Host] : new[] { Host }, "writing", path];
        using var other = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            (await other.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token)).Should().Be("writing");
            var waited = new List<(long Commits, TimeSpan Time)>();
            await Task.Factory.StartNew(() => TakeTurns(path, Turns, waited), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Patience * 2, Token);

            other.HasExited.Should().BeFalse();
            waited.Should().HaveCountGreaterThanOrEqualTo(Turns);
            waited.Sum(turn => turn.Commits).Should().BePositive("the other writes all the time");

            // Who asks and then stands still for 50 ms, as on a busy machine, is passed over for ten commits more.
            waited.Should().OnlyContain(turn => turn.Commits <= 10 * (1 + (long)(turn.Time / TimeSpan.FromMilliseconds(50))));
        }
        finally
        {
            other.StandardInput.Close();
            await other.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        }
    }

    [Fact]
    public async Task BeginImmediate_WhoWaitsStandsStill_GoesOn()
    {
        var path = _files.NewPath();
        await using var notes = await NoteDatabase.OpenAsync(path);
        using var asker = NewWriter(path);
        new SqliteTurn(asker.Handle).TryAsk().Should().BeTrue();

        for (var i = 0; i < 30; i++)
        {
            await notes.AddAsync(i);
        }

        new SqliteTurn(asker.Handle).EndAsking();
        (await notes.ReadAsync()).Should().HaveCount(30);
    }

    [Fact]
    public async Task TryAsk_AnotherAsks_IsFalseUntilItEnds()
    {
        var path = _files.NewPath();
        await using var notes = await NoteDatabase.OpenAsync(path);
        using var first = NewWriter(path);
        using var second = NewWriter(path);
        var (turn, other) = (new SqliteTurn(first.Handle), new SqliteTurn(second.Handle));
        turn.TryAsk().Should().BeTrue();
        other.TryAsk().Should().BeFalse();

        turn.EndAsking();

        other.TryAsk().Should().BeTrue();
        other.EndAsking();
        await notes.AddAsync(1);
        (await StoreFiles.QueryAsync(path, "PRAGMA integrity_check")).Should().Be("ok");
    }

    [Fact]
    public async Task EraseAsync_AnotherSaysThatItWaits_EmptiesTheLogAfterIt()
    {
        var path = _files.NewPath();
        await using var notes = await NoteDatabase.OpenAsync(path);
        await notes.AddAsync(1);
        using var asker = NewWriter(path);
        var turn = new SqliteTurn(asker.Handle);
        turn.TryAsk().Should().BeTrue();

        var erasure = notes.Database.EraseAsync(static session => session.Execute("DELETE FROM note"), Token).AsTask();
        var since = Stopwatch.GetTimestamp();
        while ((await notes.ReadAsync()).Length > 0 && Stopwatch.GetElapsedTime(since) < Patience)
        {
            await Task.Yield();
        }

        turn.EndAsking();
        await erasure.WaitAsync(Patience, Token);
        new FileInfo(path + "-wal").Length.Should().Be(0);
    }

    private static SqliteSession NewWriter(string path)
    {
        var session = new SqliteSession(path, TimeSpan.FromSeconds(30));
        NoteDatabase.Count(session);
        return session;
    }

    /// <summary>Writes in turn with another process, until each has had its turns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="turns">How many turns.</param>
    /// <param name="waited">For how many commits of the other each waited after it had said that it waits, and for how long.</param>
    private static void TakeTurns(string path, int turns, List<(long Commits, TimeSpan Time)> waited)
    {
        using var reader = new SqliteSession(path, TimeSpan.FromSeconds(30));
        using var writer = new SqliteSession(path, TimeSpan.FromSeconds(30));
        writer.ExecuteScript("CREATE TABLE note (text TEXT)");
        raw.sqlite3_busy_timeout(writer.Handle, 0);
        var first = CountKept(reader);
        var turn = new SqliteTurn(reader.Handle);
        var since = Stopwatch.GetTimestamp();
        while ((waited.Count < turns || CountKept(reader) - first < turns / 10) && Stopwatch.GetElapsedTime(since) < Patience)
        {
            SpinWait.SpinUntil(turn.TryAsk, Patience).Should().BeTrue();
            var asked = Stopwatch.GetTimestamp();
            var before = CountKept(reader);
            SpinWait.SpinUntil(() => raw.sqlite3_exec(writer.Handle, "BEGIN IMMEDIATE") == raw.SQLITE_OK, Patience).Should().BeTrue();
            waited.Add((CountKept(writer) - before, Stopwatch.GetElapsedTime(asked)));
            turn.EndAsking();
            writer.Execute("INSERT INTO note (text) VALUES ('')");
            writer.Commit();
        }
    }

    private static long CountKept(SqliteSession session)
    {
        using var reader = session.Read("SELECT coalesce(max(arrival), 0) FROM log");
        reader.Read();
        return reader.GetInt64(0);
    }

    private Task RunAsync(string path, int own, Func<bool> goesOn, Action<int>? waited = null) => Task.Factory.StartNew(
        () =>
        {
            using var session = NewWriter(path);
            while (goesOn())
            {
                var before = Volatile.Read(ref _commits[1 - own]);
                session.BeginImmediate();
                waited?.Invoke(Volatile.Read(ref _commits[1 - own]) - before);
                session.Execute("INSERT INTO note (text) VALUES ('')");
                _commits[own]++;
                session.Commit();
            }
        },
        Token,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
