using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ReadAsync_UserIdReplaced_IsOneCustomerFromEachSide()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("old", ByUser, Start)), Token);
        await store.JoinAsync(BySecondUser, new ConversationState(lastInbound: null, Start - Duration.FromDays(1)), Start, Token);
        Assert.Null(await ReadLastInboundAsync(store, BySecondUser));
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);

        var joined = new ConversationState(Start, Start - Duration.FromDays(1));
        Because.Equal(joined, (await store.ReadAsync(BySecondUser, Token)).State, "the window goes along; one refusal teaches otherwise");
        Assert.Equal(joined, (await store.ReadAsync(ByUser, Token)).State);
        Assert.Equal(BySecondUser, (await store.ReadAsync(BySecondUser, Token)).Key);
    }

    [Fact]
    public async Task ReadAsync_UserIdReplacedWithoutEvents_KnowsNothing()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);
        Assert.Equal(default, (await store.ReadAsync(BySecondUser, Token)).State);
    }

    [Fact]
    public async Task ClaimFallbackAsync_UserIdReplaced_IsClaimedOnceForBoth()
    {
        var store = await CreateAsync();
        Assert.True(await ClaimAsync(store, Claim with { Conversation = ByUser }, Start));
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);
        Assert.False(await ClaimAsync(store, Claim with { Conversation = BySecondUser }, Start));
    }

    [Fact]
    public async Task IngestAsync_UserIdReplacedAfterTheCustomerWrote_ReleasesWhatIsHeldForTheFormerOne()
    {
        var store = await CreateAsync();
        var held = Held(ByUser, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        await store.IngestAsync(Batch(Text("new", BySecondUser, Start + Duration.FromHours(1))), Token);
        await DrainAsync(store, Start + Duration.FromHours(1));

        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);

        Assert.Contains(held.ToRelease(Start + Duration.FromHours(1)).Key, await DrainAsync(store, Start + Duration.FromHours(1)));
        Assert.Equal(held.Id, Assert.Single(await store.ListHeldAsync(BySecondUser, after: null, 10, Token)).Id);
        Assert.True(await store.CancelHeldAsync(BySecondUser, held.Id, Token));
    }

    /// <summary>What was hidden as a stranger's comes back when the two customers turn out to be one.</summary>
    [Fact]
    public async Task IngestAsync_RotationAfterTheConflict_MakesTwoCustomersOne()
    {
        var store = await CreateAsync();
        var last = Start + Duration.FromHours(1);
        await store.IngestAsync(
            Batch(
                HourLead,
                Text("old", ByUser, Start, OneCustomer),
                Text("phone", ByPhone, last),
                Text("new", BySecondUser, Start, new IdentityLink(Phone, SecondUser))),
            Token);
        Because.Equal(last, await ReadLastInboundAsync(store, ByPhone), "it is later than both links, so it is the phone's own");
        Assert.Equal(Start, await ReadLastInboundAsync(store, BySecondUser));

        await store.IngestAsync(Batch(HourLead, Rotation(User, SecondUser, Start + Duration.FromHours(2))), Token);

        foreach (var side in (ConversationKey[])[ByPhone, ByUser, BySecondUser])
        {
            Assert.Equal(last, await ReadLastInboundAsync(store, side));
            Assert.Equal(3, (await ReadLogIdsAsync(store, side)).Count());
        }
    }

    [Fact]
    public async Task IngestAsync_RotationThatShowsAHiddenEvent_BringsItsAlert()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                HourLead,
                Text("phone", ByPhone, Start),
                Linking("one", ByUser, Start - Duration.FromHours(1), OneCustomer),
                Linking("other", BySecondUser, Start + Duration.FromHours(1), new IdentityLink(Phone, SecondUser))),
            Token);
        Because.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token), "the phone is shared, and what it has seen is hidden");

        var later = AlertDue + Duration.FromMinutes(30);
        await store.IngestAsync(Batch(HourLead, Rotation(User, SecondUser, later)), Token);

        Assert.Equal(1, await store.SweepAsync(SweepAt(later), Token));
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(1)), Token));
    }

    [Fact]
    public async Task IngestAsync_LinkThatPartsAPhoneFromItsCustomer_BringsTheAlertOfWhatRemains()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(HourLead, Text("user", ByUser, Start, OneCustomer), Text("phone", ByPhone, Start + Duration.FromHours(2))), Token);
        Because.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token), "the customer wrote later, by phone");

        var later = AlertDue + Duration.FromMinutes(30);
        await store.IngestAsync(Batch(HourLead, Linking("other", BySecondUser, later, new IdentityLink(Phone, SecondUser))), Token);

        Assert.Equal(1, await store.SweepAsync(SweepAt(later), Token));
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

        foreach (var side in (ConversationKey[])[ByPhone, ByUser, BySecondUser])
        {
            Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, side));
            Assert.Equal(2, (await ReadLogIdsAsync(store, side)).Count());
        }
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
            Assert.Equal(Start + Duration.FromSeconds(2), await ReadLastInboundAsync(store, side));
        }
    }

    [Fact]
    public async Task ReadAsync_IdReplacedByItself_ChangesNothing()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByUser, Start), Rotation(User, User, Start)), Token);
        Assert.Equal(new ConversationState(Start, denied: null), (await store.ReadAsync(ByUser, Token)).State);
        Assert.Single(await ReadLogIdsAsync(store, ByUser));
    }

    [Fact]
    public async Task ReadAsync_300Replacements_AreOneCustomer()
    {
        var store = await CreateAsync();
        CustomerId[] users = [.. Enumerable.Range(0, 301).Select(static i => CustomerId.Parse($"US.{i:00000000000000}"))];
        var rotations = Enumerable.Range(0, 300).Select(i => Rotation(users[i], users[i + 1], Start)).ToArray();
        Random.Shared.Shuffle(rotations);
        await store.IngestAsync(Batch([Text("first", new(Number, users[0]), Start), .. rotations]), Token);
        Assert.Equal(Start, await ReadLastInboundAsync(store, new(Number, users[300])));
        Assert.Single(await ReadLogIdsAsync(store, new(Number, users[150])));
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
        Because.Equal([MessageId.Parse("wamid.phone")], await ReadLogIdsAsync(store, ByPhone), "it is later than all links of the phone");
        Assert.Equal(["wamid.moved", "wamid.owner"], (await ReadLogIdsAsync(store, ByUser)).Select(static id => id!.Value.Value));
        Assert.Equal(Start + Duration.FromHours(1), await ReadLastInboundAsync(store, ByUser));
        Assert.Equal(Start + Duration.FromHours(2), await ReadLastInboundAsync(store, ByThirdUser));
    }

    [Fact]
    public async Task ReadAsync_ReplacementAtOneNumber_JoinsNothingAtAnother()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start), Text("a", new ConversationKey(OtherNumber, User), Start)), Token);
        Assert.Empty(await ReadLogIdsAsync(store, new ConversationKey(OtherNumber, SecondUser)));
        Assert.Null(await ReadLastInboundAsync(store, new ConversationKey(OtherNumber, SecondUser)));
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
