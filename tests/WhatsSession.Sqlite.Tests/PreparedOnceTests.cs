using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using NodaTime;
using SQLitePCL;
using WhatsSession.Storage;
using WhatsSession.StoreConformance;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>
/// A statement is prepared once. SQLite prepares it anew, at ten times the cost of many a query, when its plan depends on a value that is bound anew:
/// of a bare <c>LIMIT ?1</c> it does since 3.53.
/// </summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Generated marshalling needs unsafe code.")]
[SuppressMessage("Security", "CA5393", Justification = "The library lies beside the tests.")]
public sealed class PreparedOnceTests : IAsyncDisposable
{
    private const int Days = 12;
    private const int TimesPrepared = 5; // SQLITE_STMTSTATUS_REPREPARE: after the first time.

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Statements_OfBusyDays_AreNeverPreparedAnew()
    {
        var path = _files.NewPath();
        await _files.Open(path).OpenAsync(Token); // Makes the tables, which every statement before them would notice.
        var database = new SqliteDatabase(path, TimeSpan.FromSeconds(30));
        await using var store = new SqliteStore(database);
        for (var day = 0; day < Days; day++)
        {
            await LiveThroughAsync(store, day);
        }

        var written = await database.WriteAsync(static session => Reprepared(session), Token);
        var read = await database.ReadAsync(static session => Reprepared(session), Token);

        written.Statements.Should().BeGreaterThan(60, "the days are to be busy");
        read.Statements.Should().BeGreaterThan(10, "the days are to be busy");
        written.Again.Concat(read.Again).Should().BeEmpty();
    }

    private static async Task LiveThroughAsync(SqliteStore store, int day)
    {
        var at = Start + Duration.FromDays(day);
        for (var i = 0; i < 3; i++)
        {
            var now = at + Duration.FromMinutes(i);
            await ReceiveAsync(store, $"{day}-{i}", now);
            await SendAsync(store, $"{day}-{i}", now);
            await DispatchAsync(store, now);
            await ListAsync(store, now);
        }

        await store.SweepAsync(new AlertSweep(at + Duration.FromHours(23), new SamplePlanner(HourLead), 10 + day), Token);
        await DispatchAsync(store, at + Duration.FromHours(23));
        await store.EraseAsync(day % 2 == 0 ? BySecondPhone : ByUser, at + Duration.FromHours(23), Token);
    }

    private static async Task ReceiveAsync(SqliteStore store, string id, Instant at)
    {
        await store.IngestAsync(
            Batch(
                HourLead,
                Text("t" + id, ByPhone, at, OneCustomer),
                Text("u" + id, BySecondPhone, at),
                Text("g" + id, InGroup, at),
                Copy("h" + id, ByUser, at - Duration.FromDays(60), EventLane.History),
                Echo("e" + id, ByPhone, at),
                Notice("n" + id, Number, at),
                Restriction(new MessagingRestriction(at, Applies: false, Until: null)),
                Rotation(SecondUser, ThirdUser, at),
                Status("s" + id, DeliveryStatus.Delivered, ByPhone, at),
                Status("f" + id, DeliveryStatus.Failed, ByUser, at, new GraphError { Code = 131026, Message = id })),
            Token);
        await store.IngestAsync(Batch(Text("t" + id, ByPhone, at)), Token);
        await store.IngestAsync(
            new IngestBatch { Events = [], Quarantined = System.Text.Encoding.UTF8.GetBytes($"{{\"{id}\":15550005678"), ReceivedAt = at, MetaTime = at }, Token);
    }

    private static async Task SendAsync(SqliteStore store, string id, Instant at)
    {
        var (sent, held) = (Intent(ByPhone, at, id), new HeldMessage { Intent = Intent(BySecondPhone, at, id), ExpiresAt = at + Duration.FromHours(1) });
        var (key, claim) = (new IdempotencyKey(Number, id), new FallbackClaim(ByPhone, at, id));
        await store.SaveIntentAsync(sent, Token);
        await store.SettleIntentAsync(
            new SendSettlement(sent.Id, IntentState.Accepted, MessageId.Parse("wamid.x" + id))
            {
                Conversation = ByPhone,
                At = at,
                Facts = new ConversationState { Denied = at },
                Alias = new IdentityAlias(CustomerId.Parse("15550009999"), Phone),
            },
            Token);
        await store.IngestAsync(Batch(Status("x" + id, DeliveryStatus.Failed, ByPhone, at, new GraphError { Code = 131047 }, sent.Id)), Token);
        await store.TakeRetryAsync(sent.Id, MessageId.Parse("wamid.x" + id), saveToken: 0, Token);
        await store.HoldAsync(held, seen: null, Token);
        await store.ReleaseHeldAsync(held.Intent, Token);
        await store.TakeHeldAsync(held.Id, Token);
        await store.TakeKeyAsync(key, Keyed(ByPhone, sent.Id), at, Token);
        await store.RecordOutcomeAsync(key, sent.Id, Content, Token);
        await ClaimAsync(store, claim, at, sent.Id);
        await ClaimAsync(store, claim, at, sent.Id);
        await store.CompleteFallbackAsync(claim, sent.Id, message: null, Token);
        await store.JoinAsync([(ByUser, new ConversationState(at, denied: null))], at, Token);
    }

    private static async Task DispatchAsync(SqliteStore store, Instant now)
    {
        for (var limit = 1; await store.ClaimAsync(new ClaimRequest(now, Duration.FromMinutes(2), limit), Token) is { Count: > 0 } claims; limit++)
        {
            await store.RenewAsync(claims, now + Duration.FromMinutes(3), Token);
            foreach (var claim in claims)
            {
                await store.MarkHandledAsync(claim, "handler", Token);
                DispatchResult result = (claim.Position % 7) switch
                {
                    0 => new DispatchResult.Parked("E"),
                    1 when claim.Attempt == 1 => new DispatchResult.Retry(now, "E"),
                    _ => DispatchResult.Completed.Instance,
                };
                await store.FinishAsync(claim, result, Token);
            }
        }
    }

    private static async Task ListAsync(SqliteStore store, Instant now)
    {
        foreach (var conversation in (ConversationKey[])[ByPhone, ByUser, BySecondPhone, InGroup])
        {
            await store.ReadAsync(conversation, Token);
            await store.ReadLogAsync(conversation, now, 10, Token);
            await store.ReadLogAsync(conversation, before: null, 7, Token);
            await store.ListHeldAsync(conversation, after: null, 10, Token);
        }

        await store.ListAbandonedFallbacksAsync(now, after: null, 10, Token);
        await store.ReadDeliveryAsync(Number, MessageId.Parse("wamid.sent"), Token);
        await store.ListQuarantinedAsync(after: null, 10, Token);
        var parked = await store.ListParkedAsync(after: null, 10, Token);
        await store.ReplayAsync([.. parked.Take(1)], Token);
        await store.DiscardAsync([.. parked.Skip(1).Take(1)], Token);
    }

    /// <summary>How many statements a session has prepared, and the text of each that SQLite prepared anew.</summary>
    private static (int Statements, List<string> Again) Reprepared(SqliteSession session)
    {
        var (statements, again) = (0, new List<string>());
        for (var statement = NextStatement(session.Handle, 0); statement != 0; statement = NextStatement(session.Handle, statement))
        {
            statements++;
            if (StatusOf(statement, TimesPrepared, reset: 0) is > 0 and var times)
            {
                again.Add(FormattableString.Invariant($"{times} times: {Marshal.PtrToStringUTF8(TextOf(statement))}"));
            }
        }

        return (statements, again);
    }

    // SQLitePCLRaw knows statements only when it is told so before the first.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_next_stmt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint NextStatement(sqlite3 connection, nint statement);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_stmt_status")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOf(nint statement, int figure, int reset);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_sql")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint TextOf(nint statement);
}
