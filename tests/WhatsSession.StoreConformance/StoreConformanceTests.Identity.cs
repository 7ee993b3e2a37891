using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ReadAsync_UnseenConversation_KnowsNothing()
    {
        var store = await CreateAsync();
        Assert.Equal(new ConversationSnapshot { Key = ByPhone }, await store.ReadAsync(ByPhone, Token));
        Assert.Empty(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
    }

    [Fact]
    public async Task ReadAsync_PhoneAndUserLinked_JoinsBothFromEitherSide()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("phone", ByPhone, Start)), Token);
        await store.JoinAsync(ByUser, new ConversationState(lastInbound: null, Start - Duration.FromDays(1)), Start, Token);
        Because.Null(await ReadLastInboundAsync(store, ByUser), "nothing links them yet");

        await store.IngestAsync(Batch(Text("user", ByUser, Start - Duration.FromHours(1), OneCustomer)), Token);
        var joined = new ConversationState(Start, Start - Duration.FromDays(1));
        Assert.Equal(joined, (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Equal(joined, (await store.ReadAsync(ByUser, Token)).State);
        Assert.Equal(ByUser, (await store.ReadAsync(ByUser, Token)).Key);
        Assert.Equal([MessageId.Parse("wamid.phone"), MessageId.Parse("wamid.user")], await ReadLogIdsAsync(store, ByPhone));
        Assert.Equal([MessageId.Parse("wamid.phone"), MessageId.Parse("wamid.user")], await ReadLogIdsAsync(store, ByUser));
    }

    [Fact]
    public async Task ReadAsync_TwoPhonesOfOneUser_JoinsAllThreeFromEachSide()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("first", ByPhone, Start),
                Text("second", BySecondPhone, Start + Duration.FromHours(1)),
                Text("user", ByUser, Start - Duration.FromHours(1), OneCustomer),
                Text("again", ByUser, Start - Duration.FromHours(2), new IdentityLink(SecondPhone, User))),
            Token);
        foreach (var side in (ConversationKey[])[ByPhone, BySecondPhone, ByUser])
        {
            Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, side));
            Assert.Equal(4, (await ReadLogIdsAsync(store, side)).Count());
        }
    }

    [Fact]
    public async Task ReadAsync_RecycledPhone_BelongsToNeitherCustomer()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("owner", ByUser, Start, OneCustomer),
                Text("phone", ByPhone, Start + Duration.FromHours(1)),
                Text("other", BySecondUser, Start + Duration.FromHours(2), new IdentityLink(Phone, SecondUser))),
            Token);
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByUser));
        Because.Null(await ReadLastInboundAsync(store, ByPhone), "whoever has the phone now must not see what the first owner wrote");
        Assert.Equal(Start + Duration.FromHours(2), await ReadLastInboundAsync(store, BySecondUser));
        Assert.Equal([MessageId.Parse("wamid.owner")], await ReadLogIdsAsync(store, ByUser));
        Assert.Empty(await ReadLogIdsAsync(store, ByPhone));
        Assert.Equal([MessageId.Parse("wamid.other")], await ReadLogIdsAsync(store, BySecondUser));
    }

    [Fact]
    public async Task ReadAsync_RecycledPhoneBesideAnOwnOne_LosesOnlyTheRecycledOne()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("owner", ByUser, Start, OneCustomer),
                Text("own", BySecondPhone, Start + Duration.FromHours(1)),
                Text("link", ByUser, Start, new IdentityLink(SecondPhone, User)),
                Text("recycled", ByPhone, Start + Duration.FromHours(2)),
                Text("other", BySecondUser, Start - Duration.FromHours(1), new IdentityLink(Phone, SecondUser))),
            Token);
        Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, ByUser));
        Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, BySecondPhone));
        Assert.Equal(Start - Duration.FromHours(1), await ReadLastInboundAsync(store, BySecondUser));
    }

    [Fact]
    public async Task ReadAsync_LinkAtOneNumber_JoinsNothingAtAnother()
    {
        var store = await CreateAsync();
        var elsewhere = new ConversationKey(OtherNumber, Phone);
        await store.IngestAsync(Batch(Text("link", ByUser, Start, OneCustomer), Text("other", elsewhere, Start)), Token);
        Assert.Equal(Start, await ReadLastInboundAsync(store, elsewhere));
        Assert.Null(await ReadLastInboundAsync(store, new ConversationKey(OtherNumber, User)));
    }

    [Fact]
    public async Task ReadAsync_Group_HasAWindowOfItsOwn()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("group", InGroup, Start, OneCustomer)), Token);
        Assert.Equal(Start, await ReadLastInboundAsync(store, InGroup));
        Assert.Null(await ReadLastInboundAsync(store, ByPhone));
        Assert.Null(await ReadLastInboundAsync(store, ByUser));
    }
}
