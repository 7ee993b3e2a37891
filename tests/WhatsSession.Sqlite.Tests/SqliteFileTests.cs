using System.Buffers;
using NodaTime;
using WhatsSession.Storage;
using WhatsSession.StoreConformance;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>What is particular to a file: restarts, several hosts, foreign and broken files, locks.</summary>
public sealed class SqliteFileTests : IAsyncDisposable
{
    private static readonly Duration Lease = Duration.FromMinutes(2);

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public void Durability_IsTheHost() => _files.Open(_files.NewPath()).Durability.Should().Be(StoreDurability.Host);

    [Fact]
    public async Task Reopened_Store_StillHasEverything()
    {
        var path = _files.NewPath();
        var due = Start + Duration.FromHours(23);
        var intent = Intent(ByUser, Start, "Hello");
        var fallback = new FallbackClaim(ByPhone, Start, "order_shipped");
        var first = _files.Open(path);
        await first.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start), Text("b", ByUser, Start - Duration.FromHours(1), OneCustomer)), Token);
        await first.JoinAsync(BySecondPhone, new ConversationState(lastInbound: null, Start), Start, Token);
        await first.SaveIntentAsync(intent, Token);
        (await ClaimAsync(first, fallback, Start)).Should().BeTrue();
        var claim = (await first.ClaimAsync(new ClaimRequest(Start, Lease, 1), Token)).Single();
        (await first.MarkHandledAsync(claim, "handler", Token)).Should().BeTrue();
        await first.DisposeAsync();

        var second = _files.Open(path);
        (await second.ReadAsync(ByUser, Token)).Should().Be(new ConversationSnapshot
        {
            Key = ByUser,
            State = new ConversationState(Start, denied: null),
            HistorySince = Start - Duration.FromHours(1) + Duration.FromMilliseconds(1500),
        });
        (await second.ReadAsync(BySecondPhone, Token)).State.Denied.Should().Be(Start);
        (await second.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().HaveCount(3);
        (await second.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Duplicates.Should().Be(1);
        (await ClaimAsync(second, fallback, Start)).Should().BeFalse();
        await second.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, MessageId.Parse("wamid.sent")), Token);
        (await second.ReadLogAsync(ByUser, before: null, 1, Token)).Single().State.Should().Be(IntentState.Accepted);
        (await second.ClaimAsync(new ClaimRequest(Start, Lease, 10), Token)).Should().ContainSingle("one event is still leased").Which.Event.Conversation.Should().Be(ByUser);
        (await second.ClaimAsync(new ClaimRequest(Start + Lease, Lease, 1), Token)).Single().CompletedHandlers.Should().Equal("handler");
        (await second.SweepAsync(new AlertSweep(due, new SamplePlanner(HourLead), 10), Token)).Should().Be(1);
        await second.DisposeAsync();

        var third = _files.Open(path);
        (await third.SweepAsync(new AlertSweep(due, new SamplePlanner(HourLead), 10), Token)).Should().Be(0);
        (await third.ClaimAsync(new ClaimRequest(due, Lease, 10), Token)).Select(static work => work.Event.Lane).Should().Equal(EventLane.Live, EventLane.Live, EventLane.Alert);
    }

    [Fact]
    public async Task ClaimAsync_NoRoomForWhatIsReady_WaitsForNoWriter()
    {
        var path = _files.NewPath();
        await using var store = new SqliteStore(new SqliteStoreOptions { Path = path, BusyTimeout = TimeSpan.FromMilliseconds(100) });
        await store.OpenAsync(Token);
        await store.IngestAsync(Batch(Status("a", DeliveryStatus.Read, ByPhone, Start)), Token);
        var request = new ClaimRequest(Start, Lease, 5) { StatusLimit = 0 };
        (await store.ClaimAsync(request, Token)).Should().BeEmpty();
        await using var writer = StoreFiles.Connect(path);
        await using var begin = writer.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync(Token);

        var claim = async () => await store.ClaimAsync(request, Token);

        await claim.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Reopened_Store_StillHasSendsHeldMessagesClaimsAndErasures()
    {
        var path = _files.NewPath();
        var (sent, held) = (Intent(ByUser, Start, "Hello"), new HeldMessage { Intent = Intent(ByUser, Start, "Later"), ExpiresAt = Start + Duration.FromDays(3) });
        var (key, claim) = (new IdempotencyKey(Number, "order-42"), new FallbackClaim(ByUser, Start, "order_shipped"));
        var refused = MessageId.Parse("wamid.sent");
        var restriction = new MessagingRestriction(Start, Applies: true, Start + Duration.FromDays(1));
        var first = _files.Open(path);
        await first.SaveIntentAsync(sent, Token);
        await first.IngestAsync(
            Batch(
                Status("sent", DeliveryStatus.Failed, ByUser, Start, new GraphError { Code = 131047 }, sent.Id, new ConversationState { Denied = Start }),
                Rotation(User, SecondUser, Start),
                Restriction(restriction),
                Text("erased", BySecondPhone, Start)),
            Token);
        await first.TakeRetryAsync(sent.Id, refused, 0, Token);
        await first.HoldAsync(held, seen: null, Token);
        await first.TakeKeyAsync(key, Keyed(ByUser, sent.Id), Start, Token);
        await first.RecordOutcomeAsync(key, sent.Id, "{}"u8.ToArray(), Token);
        await ClaimAsync(first, claim, Start, sent.Id);
        await first.EraseAsync(BySecondPhone, Start + Duration.FromHours(1), Token);
        await first.DisposeAsync();

        var second = _files.Open(path);
        (await second.ReadSendAsync(sent.Id, Token)).Should().BeEquivalentTo(new { State = IntentState.Pending, Message = (MessageId?)null, RetriedAfter = (MessageId?)refused });
        (await second.TakeRetryAsync(sent.Id, refused, 0, Token)).Should().BeFalse();
        (await second.ReadDeliveryAsync(Number, refused, Token)).Failure!.Error.Code.Should().Be(131047);
        var snapshot = await second.ReadAsync(BySecondUser, Token);
        snapshot.State.Denied.Should().Be(Start);
        snapshot.Restriction.Should().Be(restriction);
        (await second.TakeKeyAsync(key, Keyed(ByPhone), Start, Token)).Should().BeEquivalentTo(new { Intent = sent.Id });
        // As of the store's time, which other events had raised.
        var abandoned = (await second.ListAbandonedFallbacksAsync(Instant.MaxValue, after: null, 10, Token)).Should().ContainSingle().Which;
        abandoned.Should().Be(new ClaimedFallback(claim, sent.Id, "order_shipped", abandoned.ClaimedAt));
        (abandoned.ClaimedAt >= Start && abandoned.ClaimedAt < Start + Duration.FromSeconds(2)).Should().BeTrue();
        (await second.IngestAsync(Batch(Text("erased", BySecondPhone, Start), Text("a", ByUser, Start)), Token)).Should().Be(new IngestResult(Fresh: 1, Duplicates: 0, Erased: 1, Dispatched: 1));
        (await second.ClaimAsync(new ClaimRequest(Start, Lease, 10), Token)).Select(static work => work.Event.Key).Should().Contain(held.ToRelease(Start).Key);
        (await second.TakeHeldAsync(held.Id, Token)).Should().NotBeNull();
    }

    [Fact]
    public async Task EraseAsync_File_HoldsTheIdentifiersNoMore()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer), Status("sent", DeliveryStatus.Read, ByPhone, Start), Rotation(User, SecondUser, Start)), Token);
        await store.SaveIntentAsync(Intent(ByPhone, Start, "Hello"), Token);
        await store.HoldAsync(new HeldMessage { Intent = Intent(ByUser, Start, "Later"), ExpiresAt = Start }, seen: null, Token);
        await ClaimAsync(store, new FallbackClaim(ByPhone, Start, "k"), Start);
        await store.EraseAsync(ByUser, Start, Token);
        await store.DisposeAsync();
        string[] tables = ["conversation", "link", "rotated", "log", "log_content", "outbox", "outbox_event", "handled", "delivery", "failure", "held", "idempotency", "fallback", "quarantine"];
        foreach (var table in tables)
        {
            (await StoreFiles.QueryAsync(path, $"SELECT count(*) FROM {table}")).Should().Be(0L, $"{table} names customers");
        }

        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM tombstone WHERE length(hash) = 16")).Should().BeOfType<long>().Which.Should().BeGreaterThan(4);
    }

    [Fact]
    public async Task DisposeAsync_Store_LeavesOneFileAndEndsItsUse()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.ReadAsync(ByPhone, Token);
        await store.DisposeAsync();
        await store.DisposeAsync();
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
        await store.Invoking(async s => await s.ReadAsync(ByPhone, Token)).Should().ThrowAsync<ObjectDisposedException>();
        await store.Invoking(async s => await s.IngestAsync(Batch(), Token)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task IngestAsync_FailureInsideTheTransaction_KeepsNothingAndTheStoreGoesOn()
    {
        var store = _files.Open(_files.NewPath());
        var broken = new StoredEvent
        {
            Key = EventKey.Of(Number.Value, EventLane.Live, "broken"),
            Lane = EventLane.Live,
            Field = "messages",
            Number = Number,
            Conversation = ByUser,
            Timestamp = Start,
            ReceivedAt = Start,
            Raw = new BrokenMemory().Memory,
        };
        await store.Invoking(async s => await s.IngestAsync(Batch(Text("a", ByPhone, Start, OneCustomer), broken), Token)).Should().ThrowAsync<InvalidOperationException>();
        (await store.ReadAsync(ByUser, Token)).Should().Be(new ConversationSnapshot { Key = ByUser });
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().BeEmpty();
        (await store.ClaimAsync(new ClaimRequest(Start, Lease, 10), Token)).Should().BeEmpty();
        (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Fresh.Should().Be(1);
    }

    [Fact]
    public async Task IngestAsync_TwoHostsAtOnce_KeepEachEventOnce()
    {
        var path = _files.NewPath();
        var events = Enumerable.Range(0, 200).Select(static i => Text($"m{i}", ByPhone, Start + Duration.FromSeconds(i))).ToArray();
        SqliteStore[] hosts = [_files.Open(path), _files.Open(path)];
        var results = await Task.WhenAll(hosts.Select(host => Task.Run(
            async () =>
            {
                var fresh = 0;
                foreach (var part in events.Chunk(7))
                {
                    fresh += (await host.IngestAsync(Batch(part), Token)).Fresh;
                }

                return fresh;
            },
            Token)));
        results.Sum().Should().Be(200);
        (await hosts[0].ReadLogAsync(ByPhone, before: null, 1000, Token)).Should().HaveCount(200);
        (await hosts[1].ReadAsync(ByPhone, Token)).State.LastInbound.Should().Be(Start + Duration.FromSeconds(199));
    }

    [Fact]
    public async Task IngestAsync_ExpiredKeys_AreDeletedALittleAtATime()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await store.IngestAsync(Batch([.. Enumerable.Range(0, 150).Select(static i => Text($"m{i}", ByPhone, Start))]), Token);
        await store.IngestAsync(Batch(Text("n", ByPhone, Start + Duration.FromDays(10))), Token);
        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM seen")).Should().Be(51L);
        await store.IngestAsync(Batch(Text("o", ByPhone, Start + Duration.FromDays(10))), Token);
        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM seen")).Should().Be(2L);
    }

    [Fact]
    public async Task IngestAsync_AfterMuchWasRemoved_UsesTheSpaceAgain()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        var sizes = new List<object?>();
        for (var round = 0; round < 4; round++)
        {
            for (byte i = 0; i < 10; i++)
            {
                var payload = new byte[200_000];
                (payload[0], payload[1]) = ((byte)round, i);
                await store.IngestAsync(new IngestBatch { Events = [], Quarantined = payload, ReceivedAt = Start }, Token);
            }

            foreach (var payload in await store.ListQuarantinedAsync(after: null, 100, Token))
            {
                await store.RemoveQuarantinedAsync(payload.Key, Token);
            }

            sizes.Add(await StoreFiles.QueryAsync(path, "PRAGMA page_count"));
        }

        sizes.Distinct().Should().ContainSingle("what was removed makes room for what comes");
    }

    [Fact]
    public async Task OpenAsync_NewFile_IsInWalModeWithItsVersion()
    {
        var path = _files.NewPath();
        await _files.Open(path).OpenAsync(Token);
        (await StoreFiles.QueryAsync(path, "PRAGMA journal_mode")).Should().Be("wal");
        (await StoreFiles.QueryAsync(path, "PRAGMA user_version")).Should().Be(1L);
    }

    [Fact]
    public async Task OpenAsync_NewFile_IsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var path = _files.NewPath();
        await _files.Open(path).IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        string[] files = [path, path + "-wal", path + "-shm"];
        foreach (var file in files)
        {
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public async Task OpenAsync_FileWithRightsOfItsOwn_KeepsThem()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var path = _files.NewPath();
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        await File.WriteAllBytesAsync(path, [], Token);
        File.SetUnixFileMode(path, Shared);
        await _files.Open(path).OpenAsync(Token);
        File.GetUnixFileMode(path).Should().Be(Shared);
    }

    [Fact]
    public async Task OpenAsync_ManyHostsOnANewFile_AllOpen()
    {
        var path = _files.NewPath();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await _files.Open(path).OpenAsync(Token), Token)));
        (await _files.Open(path).IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Fresh.Should().Be(1);
    }

    [Fact]
    public async Task OpenAsync_NewerSchema_NamesBothVersions()
    {
        var path = _files.NewPath();
        await StoreFiles.QueryAsync(path, "PRAGMA user_version = 7");
        await Opening(path).Should().ThrowAsync<NotSupportedException>().WithMessage($"*{path}*schema version 7*reads up to 1*Upgrade*");
    }

    [Fact]
    public async Task OpenAsync_AnotherProgramsDatabase_IsRefusedAndLeftAsItIs()
    {
        var path = _files.NewPath();
        await StoreFiles.QueryAsync(path, "CREATE TABLE invoice (id INTEGER)");
        var before = await File.ReadAllBytesAsync(path, Token);
        await Opening(path).Should().ThrowAsync<NotSupportedException>().WithMessage($"*{path}*another program*");
        (await File.ReadAllBytesAsync(path, Token)).Should().Equal(before);
    }

    [Fact]
    public async Task OpenAsync_NotADatabase_SaysSo()
    {
        var path = _files.NewPath();
        await File.WriteAllTextAsync(path, new string('x', 5000), Token);
        await Opening(path).Should().ThrowAsync<StoreUnavailableException>().WithMessage($"*{path}*not an SQLite database*");
    }

    [Fact]
    public async Task OpenAsync_DirectoryMissing_SaysSoAndOpensOnceItIsThere()
    {
        var path = Path.Combine(_files.NewPath(), "store.db");
        var store = _files.Open(path);
        await store.Invoking(async s => await s.OpenAsync(Token)).Should().ThrowAsync<StoreUnavailableException>().WithMessage($"*{path}*no directory*create it*");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await store.OpenAsync(Token);
    }

    [Fact]
    public async Task OpenAsync_PathOfADirectory_SaysSo()
    {
        var path = _files.NewPath();
        Directory.CreateDirectory(path);
        await Opening(path).Should().ThrowAsync<StoreUnavailableException>().WithMessage($"*{path}*must name a file*");
    }

    [Fact]
    public async Task IngestAsync_FileLocked_IsUnavailableAfterTheBusyTimeoutAndRecovers()
    {
        var path = _files.NewPath();
        var store = _files.Open(path, TimeSpan.FromMilliseconds(20));
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await using (var other = StoreFiles.Connect(path))
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            await store.Invoking(async s => await s.IngestAsync(Batch(Text("b", ByPhone, Start)), Token))
                .Should().ThrowAsync<StoreUnavailableException>().WithMessage($"*{path}*locked*");
            (await store.ReadAsync(ByPhone, Token)).State.LastInbound.Should().Be(Start, "reading needs no lock");
            var queue = Enumerable.Range(0, 20).Select(i => store.Invoking(async s => await s.IngestAsync(Batch(Text($"q{i}", ByPhone, Start)), Token)).Should().ThrowAsync<StoreUnavailableException>());
            await Task.WhenAll(queue);
        }

        (await store.IngestAsync(Batch(Text("b", ByPhone, Start)), Token)).Fresh.Should().Be(1);
    }

    [Fact]
    public async Task IngestAsync_CallerStopsWaiting_KeepsTheWholeBatchOrNothing()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await store.OpenAsync(Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using (var other = StoreFiles.Connect(path))
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            var waiting = store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), stop.Token).AsTask();
            await stop.CancelAsync();
            await waiting.Invoking(static task => task).Should().ThrowAsync<OperationCanceledException>();
        }

        await store.DisposeAsync();
        (await _files.Open(path).ReadLogAsync(ByPhone, before: null, 10, Token)).Count.Should().BeOneOf(0, 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(":memory:")]
    public void Constructor_PathThatNamesNoFile_Throws(string path) =>
        FluentActions.Invoking(() => new SqliteStore(path)).Should().Throw<ArgumentException>()
            .WithMessage($"The path of the SQLite store is \"{path}\", which names no file; give a path such as \"whatssession.db\", or name no store to keep everything in memory. (Parameter 'options')");

    [Fact]
    public void Constructor_ConnectionString_ThrowsWithoutShowingIt() =>
        FluentActions.Invoking(() => new SqliteStore("Data Source=bot.db;Password=x")).Should().Throw<ArgumentException>()
            .WithMessage("The path of the SQLite store is a connection string of 29 characters; give the path of the file alone, such as \"whatssession.db\". (Parameter 'options')");

    /// <summary>What the start of a program says about a path that is no store file.</summary>
    [Fact]
    public async Task StartAsync_PathThatCannotBeAStore_SaysPathAndFix()
    {
        var (path, text) = (_files.NewPath(), _files.NewPath());
        var folder = Path.GetDirectoryName(path)!;
        await File.WriteAllTextAsync(text, new string('x', 4096), Token);
        var lost = Path.Combine(folder, "not", "bot.db");

        await ExpectAsync(lost, $"The store file '{lost}' cannot be made: there is no directory '{Path.GetDirectoryName(lost)}'; create it or give another path.");
        await ExpectAsync(folder, $"The store file '{folder}' cannot be opened: the path must name a file, and this process must be allowed to write to its directory.");
        await ExpectAsync(text, $"The store file '{text}' is not an SQLite database: give the path of another file, or move this one away.");

        static async Task ExpectAsync(string path, string expected) =>
            (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o => o.Numbers.Add("support", "314159265358979", "EAAtoken"), b => b.UseSqlite(path)))
                .Should().ThrowAsync<StoreUnavailableException>()).WithMessage(expected);
    }

    [Fact]
    public void Constructor_BusyTimeoutOutOfRange_Throws()
    {
        FluentActions.Invoking(() => new SqliteStore(new SqliteStoreOptions { Path = "a.db", BusyTimeout = TimeSpan.FromTicks(-1) })).Should().Throw<ArgumentException>();
        new SqliteStoreOptions().BusyTimeout.Should().Be(TimeSpan.FromSeconds(5));
    }

    private Func<Task> Opening(string path) => async () => await _files.Open(path).OpenAsync(Token);

    /// <summary>Memory that cannot be read.</summary>
    private sealed class BrokenMemory : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(1);

        public override Span<byte> GetSpan() => throw new InvalidOperationException("broken");

        public override MemoryHandle Pin(int elementIndex = 0) => throw new InvalidOperationException("broken");

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
