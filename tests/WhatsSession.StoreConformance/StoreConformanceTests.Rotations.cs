using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ReadAsync_UserIdReplaced_GivesWhatTheFormerOneKnewApart()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("old", ByUser, Start), Text("new", BySecondUser, Start + Duration.FromHours(1))), Token);
        Assert.Null((await store.ReadAsync(BySecondUser, Token)).Former);
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);

        var current = await store.ReadAsync(BySecondUser, Token);
        Assert.Equal(Start + Duration.FromHours(1), current.State.LastInbound);
        Assert.Equal(new ConversationSnapshot { Key = BySecondUser, State = new ConversationState(Start, denied: null) }, current.Former);
        var former = await store.ReadAsync(ByUser, Token);
        Assert.Equal(Start, former.State.LastInbound);
        Assert.Equal(Start + Duration.FromHours(1), former.Former!.State.LastInbound);
    }

    [Fact]
    public async Task ReadAsync_UserIdReplacedWithoutEvents_HasAnEmptyFormer()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);
        Assert.Equal(new ConversationSnapshot { Key = BySecondUser }, (await store.ReadAsync(BySecondUser, Token)).Former);
        Assert.Null((await store.ReadAsync(ByThirdUser, Token)).Former);
    }

    [Fact]
    public async Task ReadLogAsync_UserIdReplaced_IsOneHistoryFromEachSide()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("phone", ByPhone, Start),
                Text("old", ByUser, Start + Duration.FromSeconds(1), OneCustomer),
                Text("new", BySecondUser, Start + Duration.FromSeconds(2)),
                Text("newest", ByThirdUser, Start + Duration.FromSeconds(3)),
                Rotation(SecondUser, ThirdUser, Start),
                Rotation(User, SecondUser, Start)),
            Token);
        foreach (var side in (ConversationKey[])[ByPhone, ByUser, BySecondUser, ByThirdUser])
        {
            Assert.Equal(["wamid.newest", "wamid.new", "wamid.old", "wamid.phone"], (await ReadLogIdsAsync(store, side)).Select(static id => id!.Value.Value));
        }
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public async Task ReadAsync_PhoneOfAUserWhoseIdWasReplaced_IsOneCustomersInAnyOrder(int first, int second, int third)
    {
        var store = await CreateAsync();
        StoredEvent[] events =
        [
            Text("old", ByUser, Start, OneCustomer),
            Text("new", BySecondUser, Start + Duration.FromHours(1), new IdentityLink(Phone, SecondUser)),
            Rotation(User, SecondUser, Start),
        ];
        foreach (var i in (int[])[first, second, third])
        {
            await store.IngestAsync(Batch(events[i]), Token);
        }

        Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, ByPhone));
        Assert.Equal(2, (await ReadLogIdsAsync(store, ByPhone)).Count());
        Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, BySecondUser));
        Assert.Equal(Start, (await store.ReadAsync(BySecondUser, Token)).Former!.State.LastInbound);
    }

    [Fact]
    public async Task ReadAsync_CycleOfReplacements_EndsAndJoinsEachOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("a", ByUser, Start),
                Text("b", BySecondUser, Start + Duration.FromSeconds(1)),
                Text("c", ByThirdUser, Start + Duration.FromSeconds(2)),
                Rotation(User, SecondUser, Start),
                Rotation(SecondUser, ThirdUser, Start),
                Rotation(ThirdUser, User, Start),
                Rotation(SecondUser, User, Start),
                Rotation(User, User, Start)),
            Token);
        foreach (var side in (ConversationKey[])[ByUser, BySecondUser, ByThirdUser])
        {
            Assert.Equal(3, (await ReadLogIdsAsync(store, side)).Count());
            Assert.NotNull((await store.ReadAsync(side, Token)).Former);
        }

        Assert.Equal(Start, await ReadLastInboundAsync(store, ByUser));
    }

    [Fact]
    public async Task ReadAsync_IdReplacedByItself_HasNoFormer()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start), Rotation(User, User, Start)), Token);
        Assert.Null((await store.ReadAsync(ByUser, Token)).Former);
    }

    [Fact]
    public async Task ReadAsync_RecycledPhoneAmongReplacedIds_ShowsNobodyAStrangersMessages()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Rotation(User, SecondUser, Start),
                Text("phone", ByPhone, Start + Duration.FromHours(3)),
                Text("owner", ByUser, Start, OneCustomer),
                Text("moved", BySecondUser, Start + Duration.FromHours(1), new IdentityLink(SecondPhone, SecondUser)),
                Text("stranger", ByThirdUser, Start + Duration.FromHours(2), new IdentityLink(Phone, ThirdUser))),
            Token);
        Assert.Equal([MessageId.Parse("wamid.stranger")], await ReadLogIdsAsync(store, ByThirdUser));
        Assert.Empty(await ReadLogIdsAsync(store, ByPhone));
        Assert.Equal(["wamid.moved", "wamid.owner"], (await ReadLogIdsAsync(store, ByUser)).Select(static id => id!.Value.Value));
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByUser));
        Assert.Equal(Start + Duration.FromHours(1), (await store.ReadAsync(ByUser, Token)).Former!.State.LastInbound);
        Assert.Null((await store.ReadAsync(ByThirdUser, Token)).Former);
    }

    [Fact]
    public async Task ReadAsync_ReplacementAtOneNumber_JoinsNothingAtAnother()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start), Text("a", new ConversationKey(OtherNumber, User), Start)), Token);
        Assert.Empty(await ReadLogIdsAsync(store, new ConversationKey(OtherNumber, SecondUser)));
        Assert.Null((await store.ReadAsync(new ConversationKey(OtherNumber, SecondUser), Token)).Former);
    }

    [Fact]
    public async Task IngestAsync_PhoneOfTwoCustomers_RaisesOneConflict()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer), Text("b", ByUser, Start, OneCustomer)), Token);
        await DrainAsync(store, Start);
        var second = Text("c", BySecondUser, Start, new IdentityLink(Phone, SecondUser));
        Because.Equal(1, (await store.IngestAsync(Batch(second), Token)).Dispatched, "the count is of the batch's own events");
        await store.IngestAsync(Batch(Text("d", BySecondUser, Start, new IdentityLink(Phone, SecondUser)), Text("e", ByThirdUser, Start, new IdentityLink(Phone, ThirdUser))), Token);

        var claims = await store.ClaimAsync(At(Start + Duration.FromDays(1)), Token);
        var conflict = Assert.Single(claims, static claim => claim.Event.Lane == EventLane.Alert).Event;
        Assert.Equal(Describe(IdentityConflict.ToEvent(Number, Phone, User, SecondUser, second.ReceivedAt)), Describe(conflict));
    }

    [Fact]
    public async Task IngestAsync_ConflictLongAgo_IsNotRaisedAgain()
    {
        var store = await CreateAsync();
        var later = Start + Duration.FromDays(20);
        var other = new IdentityLink(Phone, SecondUser);
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer), Text("b", BySecondUser, Start, other)), Token);
        await DrainAsync(store, Start);
        await store.IngestAsync(Batch(Text("c", ByUser, later, OneCustomer), Text("d", BySecondUser, later, other), Text("e", ByThirdUser, later, new IdentityLink(Phone, ThirdUser))), Token);
        Assert.Equal([EventLane.Live, EventLane.Live, EventLane.Live], (await store.ClaimAsync(At(later), Token)).Select(static claim => claim.Event.Lane));
    }

    [Fact]
    public async Task IngestAsync_PhoneOfOneCustomerUnderTwoIds_RaisesNoConflict()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start), Text("a", ByUser, Start, OneCustomer), Text("b", BySecondUser, Start, new IdentityLink(Phone, SecondUser))), Token);
        Assert.DoesNotContain(await store.ClaimAsync(At(Start), Token), static claim => claim.Event.Lane == EventLane.Alert);
    }
}
