using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ReadAsync_UnseenConversation_KnowsNothing()
    {
        var store = await CreateAsync();
        (await store.ReadAsync(ByPhone, Token)).Should().Be(new ConversationSnapshot { Key = ByPhone });
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task ReadAsync_PhoneAndUserLinked_JoinsBothFromEitherSide()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("phone", ByPhone, Start)), Token);
        await store.JoinAsync(ByUser, new ConversationState(lastInbound: null, Start - Duration.FromDays(1)), Token);
        (await ReadLastInboundAsync(store, ByUser)).Should().BeNull("nothing links them yet");

        await store.IngestAsync(Batch(Text("user", ByUser, Start - Duration.FromHours(1), OneCustomer)), Token);
        var joined = new ConversationState(Start, Start - Duration.FromDays(1));
        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(joined);
        (await store.ReadAsync(ByUser, Token)).State.Should().Be(joined);
        (await store.ReadAsync(ByUser, Token)).Key.Should().Be(ByUser);
        (await ReadLogIdsAsync(store, ByPhone)).Should().Equal(MessageId.Parse("wamid.phone"), MessageId.Parse("wamid.user"));
        (await ReadLogIdsAsync(store, ByUser)).Should().Equal(MessageId.Parse("wamid.phone"), MessageId.Parse("wamid.user"));
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
            (await ReadLastInboundAsync(store, side)).Should().Be(Start + Duration.FromHours(1));
            (await ReadLogIdsAsync(store, side)).Should().HaveCount(4);
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
        (await ReadLastInboundAsync(store, ByUser)).Should().Be(Start);
        (await ReadLastInboundAsync(store, ByPhone)).Should().BeNull("whoever has the phone now must not see what the first owner wrote");
        (await ReadLastInboundAsync(store, BySecondUser)).Should().Be(Start + Duration.FromHours(2));
        (await ReadLogIdsAsync(store, ByUser)).Should().Equal(MessageId.Parse("wamid.owner"));
        (await ReadLogIdsAsync(store, ByPhone)).Should().BeEmpty();
        (await ReadLogIdsAsync(store, BySecondUser)).Should().Equal(MessageId.Parse("wamid.other"));
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
        (await ReadLastInboundAsync(store, ByUser)).Should().Be(Start + Duration.FromHours(1));
        (await ReadLastInboundAsync(store, BySecondPhone)).Should().Be(Start + Duration.FromHours(1));
        (await ReadLastInboundAsync(store, BySecondUser)).Should().Be(Start - Duration.FromHours(1));
    }

    [Fact]
    public async Task ReadAsync_LinkAtOneNumber_JoinsNothingAtAnother()
    {
        var store = await CreateAsync();
        var elsewhere = new ConversationKey(OtherNumber, Phone);
        await store.IngestAsync(Batch(Text("link", ByUser, Start, OneCustomer), Text("other", elsewhere, Start)), Token);
        (await ReadLastInboundAsync(store, elsewhere)).Should().Be(Start);
        (await ReadLastInboundAsync(store, new ConversationKey(OtherNumber, User))).Should().BeNull();
    }

    [Fact]
    public async Task ReadAsync_Group_HasAWindowOfItsOwn()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("group", InGroup, Start, OneCustomer)), Token);
        (await ReadLastInboundAsync(store, InGroup)).Should().Be(Start);
        (await ReadLastInboundAsync(store, ByPhone)).Should().BeNull();
        (await ReadLastInboundAsync(store, ByUser)).Should().BeNull();
    }
}
