using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>Whether a customer has written since a point.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly InboundPoint First = PointOf("first", Start);

    [Fact]
    public async Task HasNewerInboundAsync_NothingOrTheMessageAlone_IsFalse()
    {
        var store = await CreateAsync();
        Assert.False(await store.HasNewerInboundAsync(ByPhone, First, Token));
        await store.IngestAsync(Batch(Text("first", ByPhone, Start), Text("other", BySecondPhone, Start + Duration.FromSeconds(1))), Token);
        Because.False(await store.HasNewerInboundAsync(ByPhone, First, Token), "another customer's message is none of this one's");
    }

    [Fact]
    public async Task HasNewerInboundAsync_LaterMessageOrReaction_IsTrue()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("first", ByPhone, Start), Text("earlier", ByPhone, Start - Duration.FromSeconds(1))), Token);
        Because.False(await store.HasNewerInboundAsync(ByPhone, First, Token), "a late message is not newer");
        await store.IngestAsync(Batch(Copy("reaction", ByPhone, Start + Duration.FromSeconds(1), EventLane.Live)), Token);
        Because.True(await store.HasNewerInboundAsync(ByPhone, First, Token), "a reaction opens no window and is newer all the same");
        Assert.False(await store.HasNewerInboundAsync(ByPhone, PointOf("reaction", Start + Duration.FromSeconds(1)), Token));
    }

    [Fact]
    public async Task HasNewerInboundAsync_SameSecond_GoesByTheOrderOfArrival()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("before", ByPhone, Start), Text("first", ByPhone, Start)), Token);
        Because.False(await store.HasNewerInboundAsync(ByPhone, First, Token), "what came before was known");
        Assert.True(await store.HasNewerInboundAsync(ByPhone, PointOf("before", Start), Token));
        await store.IngestAsync(Batch(Text("after", ByPhone, Start)), Token);
        Assert.True(await store.HasNewerInboundAsync(ByPhone, First, Token));
        Because.True(await store.HasNewerInboundAsync(ByPhone, PointOf("unknown", Start), Token), "of what the history does not have, the order is not known");
        Because.False(await store.HasNewerInboundAsync(ByPhone, new InboundPoint(Start, Message: null), Token), "without a message only what is later counts");
    }

    [Fact]
    public async Task HasNewerInboundAsync_EventThatOpensTheWindowAndIsNoMessage_IsTrue()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("first", ByPhone, Start)), Token);
        await store.IngestAsync(
            Batch(Saying("call", ByPhone, Start + Duration.FromSeconds(9), new ConversationState(Start + Duration.FromSeconds(9), denied: null))), Token);
        Assert.True(await store.HasNewerInboundAsync(ByPhone, First, Token));
    }

    [Fact]
    public async Task HasNewerInboundAsync_WhatTheBusinessSent_IsFalse()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("first", ByPhone, Start)), Token);
        await store.SaveIntentAsync(Intent(ByPhone, Start + Duration.FromSeconds(5), "On it!"), Token);
        await store.IngestAsync(
            Batch(
                Echo("echo", ByPhone, Start + Duration.FromSeconds(6)),
                Status("sent", DeliveryStatus.Read, ByPhone, Start + Duration.FromSeconds(7))),
            Token);
        Assert.False(await store.HasNewerInboundAsync(ByPhone, First, Token));
    }

    [Fact]
    public async Task HasNewerInboundAsync_CustomerOfPhoneAndUserId_CountsUnderBoth()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("first", ByPhone, Start), Text("second", ByUser, Start, OneCustomer)), Token);
        Assert.True(await store.HasNewerInboundAsync(ByPhone, First, Token));
        Assert.True(await store.HasNewerInboundAsync(ByUser, First, Token));
        Assert.False(await store.HasNewerInboundAsync(ByPhone, PointOf("second", Start), Token));
        await store.IngestAsync(Batch(Text("third", ByPhone, Start + Duration.FromSeconds(1))), Token);
        Assert.True(await store.HasNewerInboundAsync(ByUser, PointOf("second", Start), Token));
    }

    [Fact]
    public async Task HasNewerInboundAsync_RecycledPhone_KnowsWhatIsLaterThanItsLinks()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("first", ByUser, Start, OneCustomer),
                Text("before", ByPhone, Start + Duration.FromHours(1)),
                Text("second", BySecondUser, Start + Duration.FromHours(1), OtherCustomer)),
            Token);
        Because.False(await store.HasNewerInboundAsync(ByPhone, First, Token), "it may be what another wrote");
        await store.IngestAsync(Batch(Text("alone", ByPhone, Start + Duration.FromHours(2))), Token);
        Assert.True(await store.HasNewerInboundAsync(ByPhone, First, Token));
        Because.False(await store.HasNewerInboundAsync(ByUser, First, Token), "it is of somebody else");
    }

    [Fact]
    public async Task HasNewerInboundAsync_ErasedConversation_IsFalse()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("first", ByPhone, Start), Text("second", ByPhone, Start + Duration.FromSeconds(1))), Token);
        await store.EraseAsync(ByPhone, Start + Duration.FromMinutes(1), Token);
        Assert.False(await store.HasNewerInboundAsync(ByPhone, First, Token));
    }

    private static InboundPoint PointOf(string id, Instant at) => new(at, MessageId.Parse("wamid." + id));
}
