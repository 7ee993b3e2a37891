using System.Text;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    private protected static readonly MessageId Sent = MessageId.Parse("wamid.sent");

    [Fact]
    public async Task ReadLogAsync_BothDirections_IsOneHistoryNewestFirst()
    {
        var store = await CreateAsync();
        var intent = Intent(ByUser, Start + Duration.FromSeconds(1), "Hello");
        await store.IngestAsync(Batch(Text("first", ByPhone, Start), Text("link", ByUser, Start + Duration.FromSeconds(2), OneCustomer)), Token);
        await store.SaveIntentAsync(intent, Token);
        var log = await store.ReadLogAsync(ByPhone, before: null, 10, Token);
        Assert.Equal([true, false, true], log.Select(static message => message.IsInbound));
        Assert.Equal(log.Select(static message => message.At).OrderDescending(), log.Select(static message => message.At));
        Assert.Equal(Text("link", ByUser, Start).Raw.ToArray(), log[0].Json.ToArray());
        Assert.Equal((MessageId.Parse("wamid.link"), null, null), (log[0].MessageId, log[0].Intent, log[0].State));
        Assert.Equal((null, intent.Id, IntentState.Pending), (log[1].MessageId, log[1].Intent, log[1].State));
        Assert.Equal("""{"type":"text","text":{"body":"Hello"}}""", Encoding.UTF8.GetString(log[1].Json.Span));
    }

    [Fact]
    public async Task ReadLogAsync_EqualSeconds_KeepsTheOrderOfArrival()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("link", ByUser, Start, OneCustomer), Text("b", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Text("old", ByPhone, Start - Duration.FromSeconds(1)), Text("c", ByUser, Start)), Token);
        Assert.Equal(["wamid.c", "wamid.b", "wamid.link", "wamid.a", "wamid.old"], (await ReadLogIdsAsync(store, ByUser)).Select(static id => id!.Value.Value));
    }

    [Fact]
    public async Task ReadLogAsync_BeforeAndLimit_PageThroughTheHistory()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch([.. Enumerable.Range(0, 10).Select(static i => Text($"m{(i * 7) % 10}", ByPhone, Start + Duration.FromSeconds((i * 7) % 10)))]), Token);
        Assert.Equal(["wamid.m9", "wamid.m8", "wamid.m7"], (await store.ReadLogAsync(ByPhone, before: null, 3, Token)).Select(static message => message.MessageId!.Value.Value));
        Assert.Equal(["wamid.m6", "wamid.m5"], (await store.ReadLogAsync(ByPhone, Start + Duration.FromSeconds(7), 2, Token)).Select(static message => message.MessageId!.Value.Value));
        Assert.Single(await store.ReadLogAsync(ByPhone, Start + Duration.FromTicks(1), 2, Token));
        Assert.Empty(await store.ReadLogAsync(ByPhone, Start, 2, Token));
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 0, Token));
    }

    [Theory]
    [InlineData(IntentState.Pending, IntentState.Accepted, IntentState.Accepted)]
    [InlineData(IntentState.Pending, IntentState.Failed, IntentState.Failed)]
    [InlineData(IntentState.Pending, IntentState.Ambiguous, IntentState.Ambiguous)]
    [InlineData(IntentState.Ambiguous, IntentState.Accepted, IntentState.Accepted)]
    [InlineData(IntentState.Failed, IntentState.Accepted, IntentState.Accepted)]
    [InlineData(IntentState.Ambiguous, IntentState.Failed, IntentState.Ambiguous)]
    [InlineData(IntentState.Failed, IntentState.Ambiguous, IntentState.Failed)]
    [InlineData(IntentState.Accepted, IntentState.Failed, IntentState.Accepted)]
    [InlineData(IntentState.Accepted, IntentState.Ambiguous, IntentState.Accepted)]
    [InlineData(IntentState.Ambiguous, IntentState.Pending, IntentState.Ambiguous)]
    public async Task SettleIntentAsync_TwoOutcomes_OnlyAcceptedReplacesAnother(IntentState first, IntentState second, IntentState expected)
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, first, first == IntentState.Accepted ? Sent : null), Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, second, second == IntentState.Accepted ? Sent : null), Token);
        var line = Assert.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        Assert.Equal(expected, line.State);
        Assert.Equal(expected == IntentState.Accepted ? Sent : null, line.MessageId);
    }

    [Fact]
    public async Task SettleIntentAsync_UnknownIntent_IsIgnored()
    {
        var store = await CreateAsync();
        await store.SettleIntentAsync(new SendSettlement(IntentId.New(), IntentState.Accepted, Sent), Token);
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
    }

    [Fact]
    public async Task SaveIntentAsync_BusinessMessage_OpensNoWindow()
    {
        var store = await CreateAsync();
        await store.SaveIntentAsync(Intent(ByPhone, Start, "Hello"), Token);
        Assert.Equal(default(ConversationState), (await store.ReadAsync(ByPhone, Token)).State);
    }

    [Fact]
    public async Task ClaimFallbackAsync_Conversation_Anchor_AndKey_AreTheIdentity()
    {
        var store = await CreateAsync();
        var claim = new FallbackClaim(ByPhone, Start, "order_shipped|42");
        FallbackClaim[] others =
        [
            claim with { Key = "order_shipped|43" },
            claim with { Anchor = NodaConstants.UnixEpoch },
            claim with { Conversation = ByUser },
            claim with { Conversation = new ConversationKey(OtherNumber, Phone) },
        ];
        var intent = IntentId.New();
        Assert.True(await ClaimAsync(store, claim, Start, intent));
        Assert.False(await ClaimAsync(store, claim with { }, Start));
        foreach (var other in others)
        {
            Assert.True(await ClaimAsync(store, other, Start));
        }

        await store.ReleaseFallbackAsync(claim, intent, Token);
        Because.True(await ClaimAsync(store, claim, Start), "it was given back");
        Because.False(await ClaimAsync(store, others[0], Start), "only one claim was given back");
        await store.ReleaseFallbackAsync(new FallbackClaim(ByPhone, Start, "never claimed"), intent, Token);
    }

    [Fact]
    public async Task ClaimFallbackAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var wins = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            async () => await ClaimAsync(i % 2 == 0 ? store : other, new FallbackClaim(ByPhone, Start, "order_shipped"), Start),
            Token)));
        Assert.Equal(1, wins.Count(static won => won));
    }

    [Fact]
    public async Task ClaimFallbackAsync_ByAnotherIdentifierOfTheCustomer_IsRefused()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("link", ByUser, Start, OneCustomer)), Token);

        var intent = IntentId.New();
        Assert.True(await ClaimAsync(store, new FallbackClaim(ByPhone, Start, "k"), Start, intent));
        Assert.False(await ClaimAsync(store, new FallbackClaim(ByUser, Start, "k"), Start));
        Assert.True(await ClaimAsync(store, new FallbackClaim(ByUser, Start, "other"), Start));
        Assert.True(await ClaimAsync(store, new FallbackClaim(BySecondUser, Start, "k"), Start));

        await store.ReleaseFallbackAsync(new FallbackClaim(ByPhone, Start, "k"), intent, Token);
        Assert.True(await ClaimAsync(store, new FallbackClaim(ByUser, Start, "k"), Start));
    }
}
