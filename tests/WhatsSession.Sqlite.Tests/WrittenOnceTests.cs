using System.Text;
using NodaTime;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>What is long is written to the file once, and what changes is short.</summary>
public sealed class WrittenOnceTests : IAsyncDisposable
{
    private static readonly Duration Lease = Duration.FromMinutes(1);

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task IngestAsync_MessageForHandlers_StandsOnceInTheFile()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await store.IngestAsync(Batch(Text("once", ByUser, Start), Echo("twice", ByUser, Start), Status("s", DeliveryStatus.Read, ByUser, Start)), Token);

        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM outbox_event WHERE raw IS NULL AND party IS NULL AND message IS NULL")).Should().Be(1L);
        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM outbox_event WHERE raw IS NOT NULL AND arrival IS NULL")).Should().Be(2L);
        var text = (await store.ClaimAsync(new ClaimRequest(Start, Lease, 10), Token)).Single(static claim => claim.Event.Lane == EventLane.Live).Event;
        Encoding.UTF8.GetString(text.Raw.Span).Should().Be("""{"id":"once"}""");
        (text.Conversation, text.Message).Should().Be((ByUser, MessageId.Parse("wamid.once")));
    }

    [Fact]
    public async Task ClaimAsync_CopyThatTurnedOutToBeOfASend_StillHasItsJson()
    {
        var store = _files.Open(_files.NewPath());
        var sent = Intent(ByUser, Start, "Hello");
        await store.SaveIntentAsync(sent, Token);
        await store.IngestAsync(Batch(Echo("copy", ByUser, Start)), Token);
        await store.SettleIntentAsync(
            new SendSettlement(sent.Id, IntentState.Accepted, MessageId.Parse("wamid.copy")) { Conversation = ByUser, At = Start }, Token);

        (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Should().ContainSingle("the copy is taken back");
        var copy = (await store.ClaimAsync(new ClaimRequest(Start, Lease, 10), Token)).Should().ContainSingle().Which.Event;
        Encoding.UTF8.GetString(copy.Raw.Span).Should().Be("""{"id":"copy"}""");
        copy.Conversation.Should().Be(ByUser);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(600)]
    [InlineData(4000)]
    public async Task ReadSendAsync_TextOfAnyLength_IsAsItWasSaved(int length)
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        var sent = Intent(ByUser, Start, new string('x', length));
        await store.SaveIntentAsync(sent, Token);
        await store.SettleIntentAsync(Settled(sent.Id, IntentState.Failed), Token);
        await ExpectAsync(store, sent);

        // Tried anew, with a text of another length.
        var anew = new SendIntent { Id = sent.Id, Conversation = ByUser, Message = new TextMessage(new string('y', 4010 - length)), CreatedAt = Start };
        (await store.SaveIntentAsync(anew, Token)).Should().BeTrue();
        await store.SettleIntentAsync(Settled(sent.Id, IntentState.Accepted), Token);
        await ExpectAsync(store, anew);
        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM log_content WHERE instr(json, 'xxx')")).Should().Be(0L, "what was replaced is gone");
    }

    [Fact]
    public async Task SettleIntentAsync_LongMessage_WritesNoMoreThanForAShortOne()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);

        var shortOne = await CountSettlementAsync(store, path, length: 10);
        var longOne = await CountSettlementAsync(store, path, length: 4000);

        longOne.Should().BeLessThanOrEqualTo(shortOne + 1024, "it may stand beside the end of a page");
    }

    [Fact]
    public async Task CompleteAsync_EventOfAClaim_LeavesNothingOfItInTheOutbox()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await store.IngestAsync(Batch(Text("a", ByUser, Start), Text("b", ByUser, Start), Notice("n", Number, Start)), Token);
        while (await store.ClaimAsync(new ClaimRequest(Start, Lease, 10), Token) is { Count: > 0 } claims)
        {
            await store.CompleteAsync(claims, Token);
        }

        (await StoreFiles.QueryAsync(path, "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM outbox_event)")).Should().Be(0L);
    }

    [Fact]
    public async Task EraseAsync_QueueThatSharesItsHash_KeepsTheOther()
    {
        var path = _files.NewPath();
        var store = _files.Open(path);
        await store.IngestAsync(Batch(Text("a", ByUser, Start), Text("b", BySecondUser, Start)), Token);
        await StoreFiles.QueryAsync(path, "UPDATE outbox SET queue = (SELECT min(queue) FROM outbox WHERE position = 1), head = (position = 1)");

        await store.EraseAsync(ByUser, Start + Duration.FromDays(1), Token);

        (await store.ClaimAsync(new ClaimRequest(Start, Lease, 10), Token)).Should().ContainSingle().Which.Event.Conversation.Should().Be(BySecondUser);
    }

    [Fact]
    public async Task ClaimAsync_AfterAClaimThatGotAll_FindsWhatComesNext()
    {
        var store = _files.Open(_files.NewPath());
        await store.IngestAsync(Batch(Text("a", ByUser, Start), Text("b", BySecondUser, Start)), Token);

        (await store.ClaimAsync(new ClaimRequest(Start, Lease, 2), Token)).Should().HaveCount(2);
        (await store.ClaimAsync(new ClaimRequest(Start, Lease, 2), Token)).Should().BeEmpty();
        await store.IngestAsync(Batch(Text("c", InGroup, Start)), Token);
        (await store.ClaimAsync(new ClaimRequest(Start, Lease, 2), Token)).Should().ContainSingle();
    }

    private static SendSettlement Settled(IntentId id, IntentState state) =>
        new(id, state, state == IntentState.Accepted ? MessageId.Parse("wamid." + id) : null) { Conversation = ByUser, At = Start };

    private static async Task ExpectAsync(SqliteStore store, SendIntent sent)
    {
        var known = (await store.ReadSendAsync(sent.Id, Token))!.Intent;
        known.WriteContent().Should().Equal(sent.WriteContent());
        known.WriteDetails().Should().Equal(sent.WriteDetails());
        var logged = (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Should().ContainSingle().Which;
        logged.Json.ToArray().Should().Equal(sent.WriteContent());
    }

    /// <summary>How many bytes the log grows by when a send is settled.</summary>
    private static async Task<long> CountSettlementAsync(SqliteStore store, string path, int length)
    {
        var sent = Intent(ByUser, Start, new string('x', length));
        await store.SaveIntentAsync(sent, Token);
        var before = new FileInfo(path + "-wal").Length;
        await store.SettleIntentAsync(Settled(sent.Id, IntentState.Accepted), Token);
        return new FileInfo(path + "-wal").Length - before;
    }
}
