using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>Phones that were given to somebody else.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly IdentityLink OtherCustomer = new(Phone, SecondUser);

    [Fact]
    public async Task ReadAsync_RecycledPhoneThatWritesByPhoneAlone_KnowsWhatIsLaterThanItsLinks()
    {
        var store = await CreateAsync();
        var (second, last) = (Start + Duration.FromHours(1), Start + Duration.FromHours(31));
        await store.IngestAsync(
            Batch(
                Text("first", ByUser, Start, OneCustomer),
                Text("before", ByPhone, second),
                Text("second", BySecondUser, second, OtherCustomer),
                Text("alone", ByPhone, last)),
            Token);
        Assert.Equal(new ConversationState(last, denied: null), (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Equal([MessageId.Parse("wamid.alone")], await ReadLogIdsAsync(store, ByPhone));
        Assert.Equal(Start, await ReadLastInboundAsync(store, ByUser));
        Assert.Equal(second, await ReadLastInboundAsync(store, BySecondUser));
        Assert.Single(await ReadLogIdsAsync(store, ByUser));
        Assert.Single(await ReadLogIdsAsync(store, BySecondUser));
    }

    [Fact]
    public async Task ReadAsync_LaterLinkOfARecycledPhone_HidesAgain()
    {
        var store = await CreateAsync();
        var last = Start + Duration.FromHours(31);
        await store.IngestAsync(
            Batch(Text("first", ByUser, Start, OneCustomer), Text("second", BySecondUser, Start, OtherCustomer), Text("alone", ByPhone, last)), Token);
        Assert.Equal(last, await ReadLastInboundAsync(store, ByPhone));
        await store.IngestAsync(Batch(Linking("third", ByThirdUser, last, new IdentityLink(Phone, ThirdUser))), Token);
        Because.Null(await ReadLastInboundAsync(store, ByPhone), "what is not later than the latest link may be another's");
        Assert.Empty(await ReadLogIdsAsync(store, ByPhone));
    }

    [Fact]
    public async Task ReadAsync_LinkKnownFromAnEarlierTimeOn_ShowsMore()
    {
        var store = await CreateAsync();
        var (late, early) = (Start + Duration.FromHours(3), Start + Duration.FromHours(1));
        await store.IngestAsync(
            Batch(
                Text("first", ByUser, Start, OneCustomer),
                Linking("late", BySecondUser, late, OtherCustomer),
                Text("alone", ByPhone, Start + Duration.FromHours(2))),
            Token);
        Assert.Null(await ReadLastInboundAsync(store, ByPhone));
        await store.IngestAsync(Batch(Linking("early", BySecondUser, early, OtherCustomer)), Token);
        Assert.Equal(Start + Duration.FromHours(2), await ReadLastInboundAsync(store, ByPhone));
    }

    [Fact]
    public async Task ReadAsync_FactsOfARecycledPhone_AreHiddenOneByOne()
    {
        var store = await CreateAsync();
        var (hidden, shown) = (Start + Duration.FromHours(1), Start + Duration.FromHours(2));
        await store.JoinAsync(
            ByPhone,
            new ConversationState(shown, hidden)
            {
                Answers = AnswerTimes.Join(AnswerTimes.By(AuthorKind.Bot, hidden), AnswerTimes.By(AuthorKind.Person, shown)),
                Echoed = hidden,
                Doubted = hidden,
                FreeEntry = new FreeEntryPoint(hidden, firstReply: hidden, statedEnd: null),
            },
            Start,
            Token);
        await store.IngestAsync(Batch(Text("first", ByUser, Start, OneCustomer), Linking("second", BySecondUser, hidden, OtherCustomer)), Token);
        Assert.Equal(
            new ConversationState(shown, denied: null) { Answers = AnswerTimes.By(AuthorKind.Person, shown) }, (await store.ReadAsync(ByPhone, Token)).State);
    }

    [Fact]
    public async Task IngestAsync_MessageHeldForTheFormerOwner_IsNotReleasedToTheNextOne()
    {
        var store = await CreateAsync();
        var (before, after) = (Held(ByPhone, Start, "for the first"), Held(ByPhone, Start + Duration.FromHours(2), "for whoever has it"));
        await store.IngestAsync(Batch(Text("first", ByUser, Start - Duration.FromDays(2), OneCustomer)), Token);
        await store.HoldAsync(before, seen: null, Token);
        await store.IngestAsync(Batch(Linking("second", BySecondUser, Start + Duration.FromHours(1), OtherCustomer)), Token);
        await store.HoldAsync(after, seen: null, Token);
        var alone = Start + Duration.FromHours(30);
        await store.IngestAsync(Batch(Text("alone", ByPhone, alone)), Token);

        var keys = await DrainAsync(store, alone);
        Assert.Contains(after.ToRelease(alone).Key, keys);
        Assert.DoesNotContain(before.ToRelease(alone).Key, keys);
        Assert.Equal([after.Id], await ListHeldIdsAsync(store, ByPhone));
        Assert.False(await store.CancelHeldAsync(ByPhone, before.Id, Token));
    }

    [Fact]
    public async Task ClaimFallbackAsync_ClaimedForTheFormerOwner_IsFreeForTheNextOne()
    {
        var store = await CreateAsync();
        var (linked, never) = (Start + Duration.FromHours(1), Claim with { Anchor = NodaConstants.UnixEpoch });
        await store.IngestAsync(Batch(Linking("first", ByUser, Start - Duration.FromDays(1), OneCustomer)), Token);
        var first = IntentId.New();
        await ClaimAsync(store, never, linked, first);
        await store.CompleteFallbackAsync(never, first, Sent, Token);
        Assert.False(await ClaimAsync(store, never, linked));
        await store.IngestAsync(Batch(Linking("second", BySecondUser, linked, OtherCustomer)), Token);

        var second = IntentId.New();
        Because.True(await ClaimAsync(store, never, linked + Duration.FromSeconds(1), second), "that was the first owner's");
        Because.False(await store.CompleteFallbackAsync(never, first, Sent, Token), "another send holds the claim");
        Assert.False(await ClaimAsync(store, never, linked + Duration.FromSeconds(2)));
        Assert.True(await store.CompleteFallbackAsync(never, second, message: null, Token));
    }

    [Fact]
    public async Task TakeKeyAsync_TakenForTheFormerOwner_IsOfAnotherCustomer()
    {
        var store = await CreateAsync();
        var (linked, late) = (Start + Duration.FromHours(1), Key with { Key = "late" });
        await store.IngestAsync(Batch(Linking("first", ByUser, Start - Duration.FromDays(1), OneCustomer)), Token);
        await store.TakeKeyAsync(Key, Keyed(ByPhone), linked, Token);
        Assert.True((await store.TakeKeyAsync(Key, Keyed(ByUser), linked, Token))!.Value.IsSameCustomer);
        await store.IngestAsync(Batch(Linking("second", BySecondUser, linked, OtherCustomer)), Token);
        foreach (var anybody in (ConversationKey[])[ByPhone, ByUser, BySecondUser])
        {
            Because.False((await store.TakeKeyAsync(Key, Keyed(anybody), linked, Token))!.Value.IsSameCustomer, "nobody knows whose it is");
        }

        await store.TakeKeyAsync(late, Keyed(ByPhone), linked + Duration.FromSeconds(1), Token);
        Assert.True((await store.TakeKeyAsync(late, Keyed(ByPhone), linked, Token))!.Value.IsSameCustomer);
    }

    [Fact]
    public async Task SweepAsync_RecycledPhoneThatWritesByPhoneAlone_AlertsUnderThePhone()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                HourLead,
                Linking("first", ByUser, Start - Duration.FromDays(2), OneCustomer),
                Linking("second", BySecondUser, Start - Duration.FromDays(2), OtherCustomer),
                Text("alone", ByPhone, Start)),
            Token);
        await DrainAsync(store, Start);
        await store.SweepAsync(SweepAt(AlertDue), Token);
        var alerts = (await store.ClaimAsync(At(AlertDue), Token)).Where(static claim => claim.Event.Field == SamplePlanner.Kind);
        Assert.Equal(ByPhone, Assert.Single(alerts).Event.Conversation);
    }

    [Fact]
    public async Task EraseAsync_CustomerWhoseFormerPhoneIsSharedNow_ErasesWhatThePhoneHasSeenAndNotTheOtherCustomer()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("first", ByUser, Start, OneCustomer),
                Text("second", BySecondUser, Start, OtherCustomer),
                Text("alone", ByPhone, Start + Duration.FromHours(1))),
            Token);
        await store.EraseAsync(ByUser, ErasedAt, Token);
        Assert.Empty(await ReadLogIdsAsync(store, ByPhone));
        Assert.Empty(await ReadLogIdsAsync(store, ByUser));
        Assert.Single(await ReadLogIdsAsync(store, BySecondUser));
        Assert.Equal(ErasedAt, (await store.ReadAsync(ByPhone, Token)).State.Erased);
        Assert.Null((await store.ReadAsync(BySecondUser, Token)).State.Erased);
    }
}
