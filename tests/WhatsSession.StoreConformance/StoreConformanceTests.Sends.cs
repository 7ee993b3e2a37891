using System.Text;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    protected static readonly MessageId Sent = MessageId.Parse("wamid.sent");

    [Fact]
    public async Task ReadLogAsync_BothDirections_IsOneHistoryNewestFirst()
    {
        var store = await CreateAsync();
        var intent = Intent(ByUser, Start + Duration.FromSeconds(1), "Hello");
        await store.IngestAsync(Batch(Text("first", ByPhone, Start), Text("link", ByUser, Start + Duration.FromSeconds(2), OneCustomer)), Token);
        await store.SaveIntentAsync(intent, Token);
        var log = await store.ReadLogAsync(ByPhone, before: null, 10, Token);
        log.Select(static message => message.IsInbound).Should().Equal(true, false, true);
        log.Select(static message => message.At).Should().BeInDescendingOrder();
        log[0].Json.ToArray().Should().Equal(Text("link", ByUser, Start).Raw.ToArray());
        log[0].Should().BeEquivalentTo(new { MessageId = MessageId.Parse("wamid.link"), Intent = (IntentId?)null, State = (IntentState?)null });
        log[1].Should().BeEquivalentTo(new { MessageId = (MessageId?)null, Intent = intent.Id, State = IntentState.Pending });
        Encoding.UTF8.GetString(log[1].Json.Span).Should().Be("""{"type":"text","text":{"body":"Hello"}}""");
    }

    [Fact]
    public async Task ReadLogAsync_EqualSeconds_KeepsTheOrderOfArrival()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("link", ByUser, Start, OneCustomer), Text("b", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Text("old", ByPhone, Start - Duration.FromSeconds(1)), Text("c", ByUser, Start)), Token);
        (await ReadLogIdsAsync(store, ByUser)).Select(static id => id!.Value.Value).Should().Equal("wamid.c", "wamid.b", "wamid.link", "wamid.a", "wamid.old");
    }

    [Fact]
    public async Task ReadLogAsync_BeforeAndLimit_PageThroughTheHistory()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch([.. Enumerable.Range(0, 10).Select(static i => Text($"m{(i * 7) % 10}", ByPhone, Start + Duration.FromSeconds((i * 7) % 10)))]), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 3, Token)).Select(static message => message.MessageId!.Value.Value).Should().Equal("wamid.m9", "wamid.m8", "wamid.m7");
        (await store.ReadLogAsync(ByPhone, Start + Duration.FromSeconds(7), 2, Token)).Select(static message => message.MessageId!.Value.Value).Should().Equal("wamid.m6", "wamid.m5");
        (await store.ReadLogAsync(ByPhone, Start + Duration.FromTicks(1), 2, Token)).Should().ContainSingle();
        (await store.ReadLogAsync(ByPhone, Start, 2, Token)).Should().BeEmpty();
        (await store.ReadLogAsync(ByPhone, before: null, 0, Token)).Should().BeEmpty();
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
        var line = (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle().Subject;
        line.State.Should().Be(expected);
        line.MessageId.Should().Be(expected == IntentState.Accepted ? Sent : null);
    }

    [Fact]
    public async Task SettleIntentAsync_UnknownIntent_IsIgnored()
    {
        var store = await CreateAsync();
        await store.SettleIntentAsync(new SendSettlement(IntentId.New(), IntentState.Accepted, Sent), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task SaveIntentAsync_BusinessMessage_OpensNoWindow()
    {
        var store = await CreateAsync();
        await store.SaveIntentAsync(Intent(ByPhone, Start, "Hello"), Token);
        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(default(ConversationState));
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
        (await store.ClaimFallbackAsync(claim, Start, Token)).Should().BeTrue();
        (await store.ClaimFallbackAsync(claim with { }, Start, Token)).Should().BeFalse();
        foreach (var other in others)
        {
            (await store.ClaimFallbackAsync(other, Start, Token)).Should().BeTrue();
        }

        await store.ReleaseFallbackAsync(claim, Token);
        (await store.ClaimFallbackAsync(claim, Start, Token)).Should().BeTrue("it was given back");
        (await store.ClaimFallbackAsync(others[0], Start, Token)).Should().BeFalse("only one claim was given back");
        await store.ReleaseFallbackAsync(new FallbackClaim(ByPhone, Start, "never claimed"), Token);
    }

    [Fact]
    public async Task ClaimFallbackAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var wins = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            async () => await (i % 2 == 0 ? store : other).ClaimFallbackAsync(new FallbackClaim(ByPhone, Start, "order_shipped"), Start, Token),
            Token)));
        wins.Count(static won => won).Should().Be(1);
    }

    [Fact]
    public async Task ClaimFallbackAsync_ByAnotherIdentifierOfTheCustomer_IsRefused()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("link", ByUser, Start, OneCustomer)), Token);

        (await store.ClaimFallbackAsync(new FallbackClaim(ByPhone, Start, "k"), Start, Token)).Should().BeTrue();
        (await store.ClaimFallbackAsync(new FallbackClaim(ByUser, Start, "k"), Start, Token)).Should().BeFalse();
        (await store.ClaimFallbackAsync(new FallbackClaim(ByUser, Start, "other"), Start, Token)).Should().BeTrue();
        (await store.ClaimFallbackAsync(new FallbackClaim(BySecondUser, Start, "k"), Start, Token)).Should().BeTrue();

        await store.ReleaseFallbackAsync(new FallbackClaim(ByPhone, Start, "k"), Token);
        (await store.ClaimFallbackAsync(new FallbackClaim(ByUser, Start, "k"), Start, Token)).Should().BeTrue();
    }
}
