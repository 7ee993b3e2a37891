using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NodaTime;
using SQLitePCL;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>A file in which nothing can be kept, or that is not the one any more: nothing is acknowledged, and the health check says so.</summary>
public sealed class UnusableFileTests : IAsyncDisposable
{
    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task AcceptAsync_DiskFull_Is503AndUnhealthyUntilThereIsRoom()
    {
        await using var store = new SqliteStore(new SqliteStoreOptions { Path = _files.NewPath() }, maximumPages: 360);
        await using var runtime = await StartAsync(store);
        var statuses = new List<int>();
        for (var i = 0; i < 200 && !statuses.Contains(503); i++)
        {
            statuses.Add(await AcceptAsync(runtime, i, new string('x', 3000)));
        }

        statuses.Should().StartWith(200).And.EndWith(503);
        await ExpectUnhealthyAsync(runtime);
        await store.EraseAsync(ByPhone, Start + Duration.FromDays(1000), Token);
        (await runtime.CheckHealthAsync(Token)).IsWorking.Should().BeTrue("an erasure made room");
        (await AcceptAsync(runtime, 1000, "", from: SecondPhone)).Should().Be(200);
    }

    [Fact]
    public async Task AcceptAsync_AnotherProcessHoldsTheLock_Is503AndUnhealthyUntilItLetsGo()
    {
        var path = _files.NewPath();
        await using var store = _files.Open(path, TimeSpan.FromMilliseconds(100));
        await using var runtime = await StartAsync(store);
        await using (var other = StoreFiles.Connect(path))
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            (await AcceptAsync(runtime, 1)).Should().Be(503);
            await ExpectUnhealthyAsync(runtime);
        }

        (await runtime.CheckHealthAsync(Token)).IsWorking.Should().BeTrue();
        (await AcceptAsync(runtime, 1)).Should().Be(200);
    }

    [Fact]
    public async Task AcceptAsync_FileDeleted_Is503AndUnhealthyAndMakesNoNewFile()
    {
        var path = _files.NewPath();
        await using var store = _files.Open(path);
        await using var runtime = await StartAsync(store);
        (await AcceptAsync(runtime, 0)).Should().Be(200);
        File.Delete(path);

        for (var i = 1; i <= 5; i++)
        {
            (await AcceptAsync(runtime, i)).Should().Be(503);
        }

        await ExpectUnhealthyAsync(runtime);
        await ExpectUnavailableAsync(store);
        File.Exists(path).Should().BeFalse();
    }

    [Fact]
    public async Task AcceptAsync_FileMovedAway_Is503UntilItIsBackAndLosesNothing()
    {
        var path = _files.NewPath();
        await using var store = _files.Open(path);
        await using var runtime = await StartAsync(store);
        (await AcceptAsync(runtime, 0)).Should().Be(200);
        File.Move(path, path + ".away");
        (await AcceptAsync(runtime, 1)).Should().Be(503);
        await ExpectUnhealthyAsync(runtime);
        await ExpectUnavailableAsync(store);

        File.Move(path + ".away", path);

        (await runtime.CheckHealthAsync(Token)).IsWorking.Should().BeTrue();
        (await AcceptAsync(runtime, 2)).Should().Be(200);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Count.Should().BeInRange(2, 3, "what was answered with 200 is there");
    }

    [Fact]
    public async Task AcceptAsync_FileReplacedByABackup_Is503AndTheBackupIsWholeAfterARestart()
    {
        var (path, backup) = (_files.NewPath(), _files.NewPath());
        await using (var store = _files.Open(path))
        await using (var runtime = await StartAsync(store))
        {
            (await AcceptAsync(runtime, 0)).Should().Be(200);
            await StoreFiles.QueryAsync(path, $"VACUUM INTO '{backup}'");
            (await AcceptAsync(runtime, 1)).Should().Be(200);
            File.Move(backup, path, overwrite: true);

            (await AcceptAsync(runtime, 2)).Should().Be(503);
            await ExpectUnhealthyAsync(runtime);
            await ExpectUnavailableAsync(store);
        }

        (await StoreFiles.QueryAsync(path, "PRAGMA integrity_check")).Should().Be("ok");
        await using var restarted = _files.Open(path);
        (await restarted.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle("the backup is of then");
        (await restarted.IngestAsync(Batch(Text("again", ByPhone, Start)), Token)).Fresh.Should().Be(1);
    }

    [Fact]
    public async Task AcceptAsync_SecondHostBeganANewFile_TheFirstAcknowledgesNothing()
    {
        var path = _files.NewPath();
        await using var first = _files.Open(path);
        await first.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        File.Delete(path);
        await using var second = _files.Open(path);
        await second.IngestAsync(Batch(Text("b", ByPhone, Start)), Token);

        await ExpectUnavailableAsync(first);
        (await second.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task Write_EveryWriter_WaitsForTheDisk()
    {
        var path = _files.NewPath();
        await using var database = new SqliteDatabase(path, TimeSpan.FromSeconds(30));
        const int Full = 2;
        (await ReadSynchronousAsync(database)).Should().Be(Full);

        var failing = async () => await database.WriteAsync(static _ => throw new SqliteException("closes the session", raw.SQLITE_IOERR), Token);
        await failing.Should().ThrowAsync<StoreUnavailableException>();

        (await ReadSynchronousAsync(database)).Should().Be(Full, "a session that was opened anew is no less careful");
    }

    [Fact]
    public async Task Write_SynchronousNormal_WaitsForTheDiskOnlyWhenTheLogIsWrittenBack()
    {
        const int Normal = 1;
        await using var database = new SqliteDatabase(_files.NewPath(), TimeSpan.FromSeconds(30), SqliteSynchronous.Normal);
        (await ReadSynchronousAsync(database)).Should().Be(Normal);
    }

    [Fact]
    public void New_SynchronousThatThereIsNot_IsTold()
    {
        var made = () => new SqliteStore(new SqliteStoreOptions { Path = _files.NewPath(), Synchronous = (SqliteSynchronous)7 });
        made.Should().Throw<ArgumentException>().WithMessage("Synchronous is 7*Full or Normal*");
    }

    [Fact]
    public async Task UseSqlite_ByAnAction_TakesItsOptions()
    {
        var path = _files.NewPath();
        await using (var runtime = await WhatsSessionRuntime.StartAsync(
            static o =>
            {
                o.Numbers.Add("support", Number.Value, "token");
                o.AppSecret = "secret";
            },
            builder => builder.UseSqlite(o =>
            {
                o.Path = path;
                o.Synchronous = SqliteSynchronous.Normal;
            }),
            Token))
        {
            (await AcceptAsync(runtime, 1)).Should().Be(200);
        }

        File.Exists(path).Should().BeTrue();
    }

    /// <summary>A disk that hangs in a commit: Meta is told within two seconds, and whatever becomes of the commit, everything is kept once.</summary>
    [Fact]
    public async Task AcceptAsync_DiskHangsInACommit_Is503InTimeAndEverythingIsKeptOnce()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        var store = new SqliteStore(notes.Database);
        await using var runtime = await StartAsync(store);
        (await AcceptAsync(runtime, 0)).Should().Be(200);
        using var disk = new ManualResetEventSlim(initialState: true);
        await notes.AtCommitAsync(() => disk.Wait(TimeSpan.FromSeconds(60), CancellationToken.None) ? 0 : 1);
        disk.Reset();

        var bodies = Enumerable.Range(1, 6).Select(static i => SignedText(i, "Hi", Phone)).ToArray();
        var since = Stopwatch.GetTimestamp();
        var statuses = await Task.WhenAll(bodies.Select(body => AcceptAsync(runtime, body)));
        var took = Stopwatch.GetElapsedTime(since);
        disk.Set();

        statuses.Should().OnlyContain(static status => status == 503);
        took.Should().BeLessThan(TimeSpan.FromSeconds(10), "two seconds, on a machine that is busy with other things");
        foreach (var body in bodies)
        {
            (await AcceptAsync(runtime, body)).Should().Be(200);
        }

        (await store.ReadLogAsync(ByPhone, before: null, 100, Token)).Should().HaveCount(7);
    }

    [Fact]
    public async Task AnyCall_FileOfAnotherShape_IsUnavailableAndNoErrorOfSqlite()
    {
        var path = _files.NewPath();
        await using var store = _files.Open(path);
        await store.OpenAsync(Token);
        await StoreFiles.QueryAsync(path, "DROP TABLE log");

        await ExpectUnavailableAsync(store);
    }

    private static ValueTask<long> ReadSynchronousAsync(SqliteDatabase database) => database.WriteAsync(
        static session =>
        {
            using var reader = session.Read("PRAGMA synchronous");
            reader.Read();
            return reader.GetInt64(0);
        },
        Token);

    private static async Task ExpectUnavailableAsync(SqliteStore store)
    {
        await store.Invoking(async s => await s.IngestAsync(Batch(Text("unavailable", ByPhone, Start)), Token)).Should().ThrowAsync<StoreUnavailableException>();
        await store.Invoking(async s => await s.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ThrowAsync<StoreUnavailableException>();
    }

    private static async Task ExpectUnhealthyAsync(WhatsSessionRuntime runtime)
    {
        var health = await runtime.CheckHealthAsync(Token);
        health.IsWorking.Should().BeFalse();
        health.Problems.Should().Contain(static problem => problem.Kind == HealthProblemKind.StoreUnavailable);
    }

    private static Task<WhatsSessionRuntime> StartAsync(IWhatsSessionStore store) => WhatsSessionRuntime.StartAsync(
        static o =>
        {
            o.Numbers.Add("support", Number.Value, "token");
            o.AppSecret = "secret";
        },
        builder => builder.UseStore(_ => store),
        Token);

    private static Task<int> AcceptAsync(WhatsSessionRuntime runtime, int i, string text = "Hi", CustomerId? from = null) =>
        AcceptAsync(runtime, SignedText(i, text, from ?? Phone));

    private static async Task<int> AcceptAsync(WhatsSessionRuntime runtime, byte[] body) =>
        (await runtime.AcceptAsync(body, WebhookSignature.Compute(body, "secret"), Token)).StatusCode;

    private static byte[] SignedText(int i, string text, CustomerId from) => System.Text.Encoding.UTF8.GetBytes(
        $$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{Account.Value}}}","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
        "metadata":{"display_phone_number":"15550009999","phone_number_id":"{{{Number.Value}}}"},
        "messages":[{"from":"{{{from.Value}}}","id":"wamid.{{{i}}}","timestamp":"{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}}","type":"text","text":{"body":"{{{text}}}"}}]}}]}]}
        """);
}
