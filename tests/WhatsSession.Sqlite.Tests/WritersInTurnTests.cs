using System.Diagnostics;
using System.Globalization;
using System.Reflection;

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
            var waited = new List<long>();
            await Task.Factory.StartNew(
                () =>
                {
                    using var reader = new SqliteSession(path, TimeSpan.FromSeconds(30));
                    using var writer = new SqliteSession(path, TimeSpan.FromSeconds(30));
                    writer.ExecuteScript("CREATE TABLE note (text TEXT)");
                    var first = CountKept(reader);
                    var since = Stopwatch.GetTimestamp();
                    while ((waited.Count < Turns || CountKept(reader) - first < Turns / 10) && Stopwatch.GetElapsedTime(since) < Patience)
                    {
                        var before = CountKept(reader);
                        writer.BeginImmediate();
                        waited.Add(CountKept(writer) - before);
                        writer.Execute("INSERT INTO note (text) VALUES ('')");
                        writer.Commit();
                    }
                },
                Token,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).WaitAsync(Patience * 2, Token);

            other.HasExited.Should().BeFalse();
            waited.Sum().Should().BePositive("the other writes all the time");
            waited.Order().ElementAt(waited.Count * 9 / 10).Should().BeLessThanOrEqualTo(10);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"At most {waited.Max()} commits."));
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
        var first = NewWriter(path);
        using var second = NewWriter(path);
        new SqliteTurn(first.Handle).TryAsk().Should().BeTrue();
        new SqliteTurn(second.Handle).TryAsk().Should().BeFalse();

        first.Dispose();

        var turn = new SqliteTurn(second.Handle);
        turn.TryAsk().Should().BeTrue("whoever closes the file asks no more");
        turn.EndAsking();
        await notes.AddAsync(1);
        (await StoreFiles.QueryAsync(path, "PRAGMA integrity_check")).Should().Be("ok");
    }

    private static SqliteSession NewWriter(string path)
    {
        var session = new SqliteSession(path, TimeSpan.FromSeconds(30));
        NoteDatabase.Count(session);
        return session;
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
