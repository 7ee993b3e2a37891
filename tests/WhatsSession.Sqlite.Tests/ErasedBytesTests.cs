using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using SQLitePCL;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>What an erasure leaves in the bytes of the files: nothing that anybody could read with <c>strings</c>.</summary>
public sealed class ErasedBytesTests : IAsyncDisposable
{
    // One for each place in which something of a customer is kept, and the identifiers, which are in most of them.
    private const string HistoryText = "needle-history";
    private const string ContactName = "needle-contact";
    private const string SentText = "needle-sent";
    private const string HeldText = "needle-held";
    private const string SequenceText = "needle-sequence";
    private const string ParkedText = "needle-parked";
    private const string QuarantinedText = "needle-quarantined";
    private const string ExpiredText = "needle-expired";
    private const string KeyText = "needle-key";
    private const string OutcomeText = "needle-outcome";
    private const string FallbackKey = "needle-fallback";
    private const string TurnText = "needle-turn";

    private static readonly string[] Needles =
    [
        HistoryText, ContactName, SentText, HeldText, SequenceText, ParkedText, QuarantinedText, ExpiredText, KeyText, OutcomeText, FallbackKey, TurnText, "needle-failure",
        Phone.Value, User.Value,
        "wamid.needle",
    ];

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    /// <param name="length">Of each text beside its needle: rows that share a page, and rows that need several pages of their own.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(900)]
    [InlineData(9000)]
    public async Task EraseAsync_CustomerAmongOthers_FilesHoldNothingOfIt(int length)
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await FillAsync(store, length);
        await store.DisposeAsync();
        Find(path).Should().BeEquivalentTo(Needles.Except([ExpiredText]), "all of it was there");

        store = _files.Open(path);
        await store.EraseAsync(ByUser, Start + Duration.FromDays(1), Token);

        Find(path).Should().BeEmpty();
        for (var i = 0; i < 60; i++)
        {
            await store.IngestAsync(Batch(Text($"after{i}", BySecondPhone, Start + Duration.FromDays(2))), Token);
        }

        Find(path).Should().BeEmpty();
        await store.DisposeAsync();
        Find(path).Should().BeEmpty();
    }

    [Fact]
    public async Task EraseAsync_WhileAnotherReads_SaysSoAndEmptiesTheLogWithTheNextWriteAfterIt()
    {
        var path = _files.NewPath();
        var store = _files.Open(path, TimeSpan.FromMilliseconds(20));
        await store.IngestAsync(Batch(Of("needle", ByUser, Start, HistoryText)), Token);
        await using (var other = StoreFiles.Connect(path))
        await using (var reading = other.BeginTransaction(deferred: true))
        await using (var command = other.CreateCommand())
        {
            command.CommandText = "SELECT count(*) FROM log";
            (await command.ExecuteScalarAsync(Token)).Should().Be(1L);
            await ExpectUnreadableLaterAsync(store, "another process reads");
            (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Should().BeEmpty("the reader holds up the log and not the erasure");
            Find(path).Should().Contain(HistoryText, "the reader still needs it");
            await store.IngestAsync(Batch(Text("meanwhile", BySecondPhone, Start + Duration.FromDays(2))), Token);
            await ExpectUnreadableLaterAsync(store, "another process reads");
        }

        await store.IngestAsync(Batch(Text("after", BySecondPhone, Start + Duration.FromDays(2))), Token);
        Find(path).Should().BeEmpty();
    }

    [Fact]
    public async Task OpenAsync_LogThatAnErasureLeft_IsEmptied()
    {
        var path = _files.NewPath();
        var first = _files.Open(path, TimeSpan.FromMilliseconds(20));
        await first.IngestAsync(Batch(Of("needle", ByUser, Start, HistoryText)), Token);
        await using (var other = StoreFiles.Connect(path))
        await using (var reading = other.BeginTransaction(deferred: true))
        await using (var command = other.CreateCommand())
        {
            command.CommandText = "SELECT count(*) FROM log";
            await command.ExecuteScalarAsync(Token);
            await ExpectUnreadableLaterAsync(first, "another process reads");
        }

        // The first store ends as a process that is killed: it does nothing more.
        var second = _files.Open(path);
        await second.OpenAsync(Token);

        Find(path).Should().BeEmpty();
    }

    [Fact]
    public async Task EraseAsync_AgainAfterTheReader_ReturnsWhenNothingCanBeReadAnyMore()
    {
        var path = _files.NewPath();
        var store = _files.Open(path, TimeSpan.FromMilliseconds(20));
        await store.IngestAsync(Batch(Of("needle", ByUser, Start, HistoryText)), Token);
        await using (var other = StoreFiles.Connect(path))
        await using (var reading = other.BeginTransaction(deferred: true))
        await using (var command = other.CreateCommand())
        {
            command.CommandText = "SELECT count(*) FROM log";
            await command.ExecuteScalarAsync(Token);
            await ExpectUnreadableLaterAsync(store, "another process reads");
        }

        await store.EraseAsync(ByUser, Start + Duration.FromDays(1), Token);

        Find(path).Should().BeEmpty();
    }

    [Fact]
    public async Task EraseAsync_NoRoomToEmptyTheLog_SaysSoAndTriesAgainWithTheNextWrite()
    {
        await using var disk = SmallDisk.Mount();
        var path = Path.Combine(disk.Directory, "small.db");
        await using (var store = new SqliteStore(path))
        {
            await store.IngestAsync(Batch(Text("other", BySecondPhone, Start)), Token);
            await store.IngestAsync(Batch(Of("needle", ByUser, Start, HistoryText + new string('x', 300_000))), Token);
            var log = new FileInfo(path + "-wal").Length;
            disk.FillUpTo(left: log + (log / 4));

            await ExpectUnreadableLaterAsync(store, "the disk is full");

            (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Should().BeEmpty("the erasure is kept");
            (await store.ReadLogAsync(BySecondPhone, before: null, 10, Token)).Should().ContainSingle();
            Find(path).Should().Contain(HistoryText);
            disk.MakeRoom();
            await store.IngestAsync(Batch(Text("after", BySecondPhone, Start + Duration.FromDays(2))), Token);
            Find(path).Should().BeEmpty();
        }

        Find(path).Should().BeEmpty();
    }

    [Fact]
    public async Task EraseAsync_ErrorOfAMessageWhoseStatusesAreForgotten_GoesToo()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        var error = new GraphError { Code = 131026, Message = "needle-failure" };
        await store.IngestAsync(Batch(Status("needle", DeliveryStatus.Failed, ByUser, Start)), Token);

        // The platform repeats a status, and now says why: then the error is a day younger.
        var later = Start + Duration.FromDays(1);
        await store.IngestAsync(Batch(Status("needle", DeliveryStatus.Failed, ByUser, later, error)), Token);
        foreach (var claim in await store.ClaimAsync(new ClaimRequest(later, Duration.FromMinutes(2), 10), Token))
        {
            await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token);
        }

        foreach (var claim in await store.ClaimAsync(new ClaimRequest(later, Duration.FromMinutes(2), 10), Token))
        {
            await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token);
        }

        await store.IngestAsync(Batch(Text("other", BySecondPhone, Start + Duration.FromDays(9))), Token);
        Find(path).Should().Contain("needle-failure");

        await store.EraseAsync(ByUser, Start + Duration.FromDays(9), Token);

        Find(path).Should().BeEmpty();
    }

    [Fact]
    public async Task EraseAsync_ManyOthers_ReadsNoMoreThanAmongFew() =>
        (await CountScannedAsync(others: 200)).Should().Be(await CountScannedAsync(others: 4));

    /// <summary>Erases what is then gone for every reader, while the files still hold it.</summary>
    private static async Task ExpectUnreadableLaterAsync(SqliteStore store, string reason)
    {
        var erasing = async () => await store.EraseAsync(ByUser, Start + Duration.FromDays(1), Token);
        (await erasing.Should().ThrowAsync<StoreUnavailableException>())
            .WithMessage($"*is erased*can still be read in the file's log*{reason}*tried again with every write*");
    }

    /// <summary>The rows that an erasure walks without an index.</summary>
    private async Task<int> CountScannedAsync(int others)
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await FillAsync(store, length: 0, others);
        await store.DisposeAsync();
        using var session = new SqliteSession(path, TimeSpan.FromSeconds(30));
        session.Handle.enable_sqlite3_next_stmt(enabled: true);
        session.BeginImmediate();
        SqliteErasure.Erase(session, ByUser, Start + Duration.FromDays(1));
        session.Commit();
        session.Exists("SELECT 1 FROM log WHERE party = ?1", User.Value).Should().BeFalse();
        var scanned = 0;
        for (var statement = raw.sqlite3_next_stmt(session.Handle, null); statement is not null; statement = raw.sqlite3_next_stmt(session.Handle, statement))
        {
            // Of the check above it is known.
            scanned += raw.sqlite3_sql(statement).utf8_to_string().StartsWith("SELECT 1 FROM log", StringComparison.Ordinal)
                ? 0
                : raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
        }

        return scanned;
    }

    private static async Task FillAsync(SqliteStore store, int length, int others = 21)
    {
        // Twice, for one may stand across two pages.
        string Long(string needle) => needle + new string('x', length) + needle;
        var sent = Intent(ByUser, Start, Long(SentText));

        // Gone by its time before the customer is erased.
        var before = Start - Duration.FromDays(20);
        await store.HoldAsync(new HeldMessage { Intent = Intent(ByUser, before, Long(ExpiredText)), ExpiresAt = before + Duration.FromDays(1) }, seen: null, Token);
        await store.IngestAsync(Batch(Status("needle-old", DeliveryStatus.Read, ByPhone, before), Text("needle-x", ByUser, before)), Token);
        foreach (var claim in await store.ClaimAsync(new ClaimRequest(Start, Duration.FromMinutes(2), 10), Token))
        {
            if (claim.Event.Lane == EventLane.Work)
            {
                await store.TakeHeldAsync(IntentId.Parse(JsonDocument.Parse(claim.Event.Raw).RootElement.GetProperty("intent").GetString()!), Token);
            }

            await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token);
        }

        for (var i = 0; i < others; i++)
        {
            var other = new ConversationKey(Number, CustomerId.Parse(FormattableString.Invariant($"1556000{i:0000}")));
            await store.IngestAsync(Batch(Text($"other{i}", other, Start), Status($"other-sent{i}", DeliveryStatus.Read, other, Start)), Token);
            await store.SaveIntentAsync(Intent(other, Start, "to another"), Token);
            await store.IngestAsync(new IngestBatch { Events = [], Quarantined = Encoding.UTF8.GetBytes($"\"{other.Party}\""), ReceivedAt = Start }, Token);
            if (i % 10 == 0)
            {
                await FillAsync(store, i, length, sent, Long);
            }
        }
    }

    /// <summary>Something of the customer in every place.</summary>
    private static async Task FillAsync(SqliteStore store, int i, int length, SendIntent sent, Func<string, string> lengthen)
    {
        await store.IngestAsync(Batch(HourLead, Of($"needle-p{i}", ByPhone, Start + Duration.FromHours(i), lengthen(ParkedText))), Token);
        foreach (var claim in await store.ClaimAsync(new ClaimRequest(Start + Duration.FromHours(i), Duration.FromMinutes(2), 1000), Token))
        {
            DispatchResult result = claim.Event.Conversation == ByPhone ? new DispatchResult.Parked("Exception") : DispatchResult.Completed.Instance;
            await store.MarkHandledAsync(claim, "handler", Token);
            await store.FinishAsync(claim, result, Token);
        }

        await store.IngestAsync(
            Batch(
                HourLead,
                Of($"needle-{i}", ByUser, Start + Duration.FromHours(i), lengthen(HistoryText)),
                Status($"needle-s{i}", DeliveryStatus.Failed, ByPhone, Start, new GraphError { Code = 131026, Message = lengthen("needle-failure") }),
                Rotation(User, SecondUser, Start)),
            Token);
        await store.SaveIntentAsync(sent, Token);
        await store.SettleIntentAsync(new SendSettlement(sent.Id, IntentState.Accepted, MessageId.Parse("wamid.needle-sent")) { Conversation = ByUser }, Token);
        await store.IngestAsync(Batch(Status("needle-sent", DeliveryStatus.Delivered, ByUser, Start + Duration.FromHours(i), intent: sent.Id)), Token);
        await store.TakeKeyAsync(new IdempotencyKey(Number, $"order-{i}"), Keyed(ByUser, sent.Id), Start, Token);
        await store.RecordOutcomeAsync(new IdempotencyKey(Number, $"order-{i}"), sent.Id, Encoding.UTF8.GetBytes("wamid.needle" + new string('x', length)), Token);

        // Of a send that was held: the message has an id of its own.
        var keyed = IntentId.New();
        await store.TakeKeyAsync(new IdempotencyKey(Number, $"{KeyText}-{i}"), Keyed(ByUser, keyed), Start, Token);
        await store.RecordOutcomeAsync(new IdempotencyKey(Number, $"{KeyText}-{i}"), keyed, Encoding.UTF8.GetBytes(lengthen(OutcomeText)), Token);
        await store.HoldAsync(new HeldMessage { Intent = Intent(ByUser, Start, lengthen(HeldText)), ExpiresAt = Start + Duration.FromDays(30) }, seen: null, Token);
        var run = new SequenceRun
        {
            Id = IntentId.New(),
            Conversation = ByUser,
            Sequence = "cart",
            StartedAt = Start,
            AnchorMessage = MessageId.Parse("wamid.needle"),
            DueAt = Start + Duration.FromDays(1),
            Steps = [new SequenceStep { Message = new TextMessage(lengthen(SequenceText)) }],
        };
        await store.StartSequenceAsync(run, Start, Token);
        await store.SaveSequenceAsync(run with { Revision = 2, Steps = [run.Steps[0] with { Message = new TextMessage("other") }] }, Token);
        await store.SaveSequenceAsync(run with { Revision = 3 }, Token);
        await ClaimAsync(store, new FallbackClaim(ByUser, Start, FallbackKey + i.ToString(CultureInfo.InvariantCulture)), Start);
        await store.IngestAsync(
            new IngestBatch
            {
                Events = [],
                Quarantined = Encoding.UTF8.GetBytes($$"""{"n":{{i}},"from":"{{User.Value}}","text":"{{lengthen(QuarantinedText)}}"""),
                QuarantineReason = "cut off",
                ReceivedAt = Start,
            },
            Token);
        await store.IngestAsync(
            new IngestBatch
            {
                Events = [Of($"needle-t{i}", ByPhone, Start + Duration.FromHours(i), "{}", lengthen(TurnText))],
                ReceivedAt = Start,
                Turns = [new PlannedTurn("bot", Duration.FromSeconds(2), Duration.FromSeconds(10))],
            },
            Token);
    }

    private static StoredEvent Of(string id, ConversationKey conversation, Instant at, string text, string? inTurn = null) => new()
    {
        Key = EventKey.Of(Number.Value, EventLane.Live, id),
        Lane = EventLane.Live,
        Field = "messages",
        Number = Number,
        Conversation = conversation,
        Link = OneCustomer,
        Timestamp = at,
        ReceivedAt = at,
        OpensWindow = true,
        Message = MessageId.Parse("wamid." + id),
        Raw = Encoding.UTF8.GetBytes(text),
        Turn = inTurn is null ? TurnPart.None : TurnPart.Line,
        Contact = Encoding.UTF8.GetBytes(inTurn ?? ContactName),
    };

    /// <summary>The needles that any of the files holds.</summary>
    private static string[] Find(string path)
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*").Where(IsText).Select(Read).ToArray();
        return [.. Needles.Where(needle => files.Any(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0))];
    }

    // The index of the log (-shm) holds page numbers alone, and to close it would drop the locks of this process.
    private static bool IsText(string file) => !file.EndsWith("-shm", StringComparison.Ordinal);

    internal static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
