using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task HoldAsync_Message_IsListedOldestFirstUnderEveryIdentifier()
    {
        var store = await CreateAsync();
        var second = Held(ByUser, Start + Duration.FromTicks(1), "two");
        var first = Held(ByPhone, Start, "one");
        await store.HoldAsync(second, seen: null, Token);
        await store.HoldAsync(first, seen: null, Token);
        Assert.Equal([first.Id], await ListHeldIdsAsync(store, ByPhone));
        await LinkAsync(store);
        Assert.Equal([first.Id, second.Id], await ListHeldIdsAsync(store, ByPhone));
        Assert.Equal([first.Id, second.Id], await ListHeldIdsAsync(store, ByUser));
        Assert.Equal(first.Id, Assert.Single(await store.ListHeldAsync(ByUser, after: null, 1, Token)).Id);
        Assert.Empty(await ListHeldIdsAsync(store, BySecondUser));
    }

    // A host whose clock is ahead stamps what it keeps with it, and an erasure with Meta's time.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task HoldAsync_RefusedBeforeAnErasureThatIsStampedEarlier_KeepsNothing(int ticks, bool keeps)
    {
        var store = await CreateAsync();
        await store.EraseAsync(ByPhone, Start, Token);
        var ahead = Start + Duration.FromDays(9);
        var held = new HeldMessage
        {
            Intent = Intent(ByPhone, ahead, "Hello"),
            RefusedAt = Start + Duration.FromTicks(ticks),
            ExpiresAt = ahead + Duration.FromDays(3),
        };
        Assert.Equal(keeps, await store.HoldAsync(held, seen: null, Token));
        Assert.Equal(keeps ? [held.Id] : [], await ListHeldIdsAsync(store, ByPhone));
    }

    [Fact]
    public async Task ListHeldAsync_PageByPage_GivesEachMessageOnceUnderEveryIdentifier()
    {
        const int Count = 23;
        var store = await CreateAsync();
        await LinkAsync(store);
        ConversationKey[] sides = [ByPhone, ByUser];
        var held = Enumerable.Range(0, Count).Select(i => Held(sides[i % 2], Start + Duration.FromSeconds(i / 5), $"{i}")).ToArray(); // Five of one moment.
        foreach (var message in held.AsEnumerable().Reverse().Append(Held(BySecondPhone, Start, "another's")))
        {
            await store.HoldAsync(message, seen: null, Token);
        }

        foreach (var take in (bool[])[false, true])
        {
            var seen = new List<HeldMessage>();
            HeldMessage? last = null;
            while (await store.ListHeldAsync(ByUser, last, 4, Token) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, 4);
                seen.AddRange(page);
                last = page[^1];
                if (take)
                {
                    await store.TakeHeldAsync(last.Id, Token);
                }
            }

            Assert.Equal(Count, seen.Select(static message => message.Id).Distinct().Count());
            Assert.Equal(seen.Select(static message => message.Intent.CreatedAt).Order(), seen.Select(static message => message.Intent.CreatedAt));
            Assert.Equal(Count, seen.Count);
        }

        Assert.Empty(await store.ListHeldAsync(ByUser, after: null, 0, Token));
        Assert.Empty(await store.ListHeldAsync(ByUser, after: null, -1, Token));
        Because.Empty(await store.ListHeldAsync(ByPhone, Held(ByPhone, Start + Duration.FromDays(1), "never held"), 10, Token), "nothing is later");
    }

    [Fact]
    public async Task IngestAsync_MessagesHeldInOneMoment_AreReleasedInTheOrderInWhichTheyWereHeld()
    {
        var store = await CreateAsync();
        var held = Enumerable.Range(0, 12).Select(static i => Held(ByPhone, Start, $"{i}")).ToArray();
        foreach (var message in held)
        {
            await store.HoldAsync(message, seen: null, Token);
        }

        var at = Start + Duration.FromHours(1);
        await store.IngestAsync(Batch(Text("a", ByPhone, at)), Token);

        var released = held.Select(message => message.ToRelease(at).Key).ToArray();
        Assert.Equal(released, (await DrainAsync(store, at)).Where(released.Contains));
    }

    [Fact]
    public async Task HoldAsync_KeptAlready_IsReplaced()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        var moved = new SendIntent { Id = held.Id, Conversation = ByUser, Message = new TextMessage("two"), CreatedAt = Start };
        await store.HoldAsync(new HeldMessage { Intent = moved, ExpiresAt = Start + Duration.FromDays(5) }, seen: null, Token);
        Assert.Empty(await store.ListHeldAsync(ByPhone, after: null, 10, Token));
        var only = Assert.Single(await store.ListHeldAsync(ByUser, after: null, 10, Token));
        Assert.Equal(Start + Duration.FromDays(5), only.ExpiresAt);
        Assert.Equal(moved.WriteContent(), only.Intent.WriteContent());
    }

    [Fact]
    public async Task TakeHeldAsync_HeldMessage_GivesAllOfIt()
    {
        var store = await CreateAsync();
        var held = new HeldMessage { Intent = FullIntent(ByPhone, Start + Duration.FromTicks(3)), ExpiresAt = Start + Duration.FromTicks(7) };
        await store.HoldAsync(held, seen: null, Token);
        var taken = (await store.TakeHeldAsync(held.Id, Token))!;
        Assert.Equal(held.ExpiresAt, taken.ExpiresAt);
        Assert.Equal(Describe(held.Intent), Describe(taken.Intent));
        Assert.Null(await store.TakeHeldAsync(held.Id, Token));
        Assert.Empty(await store.ListHeldAsync(ByPhone, after: null, 10, Token));
    }

    [Fact]
    public async Task FindHeldAsync_HeldMessage_LeavesItWhereItIs()
    {
        var store = await CreateAsync();
        var held = new HeldMessage { Intent = FullIntent(ByPhone, Start), ExpiresAt = Start + Duration.FromDays(1) };
        Assert.Null(await store.FindHeldAsync(held.Id, Token));
        await store.HoldAsync(held, seen: null, Token);

        var found = (await store.FindHeldAsync(held.Id, Token))!;
        Assert.Equal((Describe(held.Intent), held.ExpiresAt), (Describe(found.Intent), found.ExpiresAt));
        Assert.NotNull(await store.TakeHeldAsync(held.Id, Token));
        Assert.Null(await store.FindHeldAsync(held.Id, Token));
    }

    [Fact]
    public async Task TakeHeldAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        Assert.Single(await RaceAsync(store, async s => await s.TakeHeldAsync(held.Id, Token)), static won => won != null);
    }

    [Fact]
    public async Task IngestAsync_CustomerOpensTheWindow_ReleasesWhatIsHeldOncePerEvent()
    {
        var store = await CreateAsync();
        var one = Held(ByPhone, Start, "one");
        var two = Held(ByPhone, Start + Duration.FromTicks(1), "two");
        await store.HoldAsync(one, seen: null, Token);
        await store.HoldAsync(two, seen: null, Token);
        await store.HoldAsync(Held(BySecondPhone, Start, "another customer's"), seen: null, Token);
        var text = Text("a", ByPhone, Start + Duration.FromHours(1));
        var result = await store.IngestAsync(Batch(text, text), Token);
        Assert.Equal(1, result.Dispatched);
        await store.IngestAsync(Batch(text), Token);

        var first = Because.Single(await store.ClaimAsync(At(text.ReceivedAt), Token), static claim => claim.Event.Lane == EventLane.Work, "they go out one after the other");
        Assert.Equal(Describe(one.ToRelease(text.Timestamp)), Describe(first.Event));
        await store.FinishAsync(first, DispatchResult.Completed.Instance, Token);
        var released = await DrainAsync(store, text.ReceivedAt);
        Assert.Contains(two.ToRelease(text.Timestamp).Key, released);
        Assert.DoesNotContain(one.ToRelease(text.Timestamp).Key, released);
        Because.Equal(2, (await store.ListHeldAsync(ByPhone, after: null, 10, Token)).Count, "they stay until they are taken");

        var next = Text("b", ByPhone, Start + Duration.FromHours(2));
        await store.IngestAsync(Batch(next), Token);
        EventKey[] again = [one.ToRelease(next.Timestamp).Key, two.ToRelease(next.Timestamp).Key];
        Assert.Equal(again, (await DrainAsync(store, Start + Duration.FromDays(1))).Where(again.Contains));
    }

    [Fact]
    public async Task IngestAsync_CustomerWritesUnderAnotherIdentifier_ReleasesWhatIsHeld()
    {
        var store = await CreateAsync();
        var byPhone = Held(ByPhone, Start, "one");
        var byFormerId = Held(BySecondUser, Start + Duration.FromTicks(1), "two");
        await store.HoldAsync(byPhone, seen: null, Token);
        await store.HoldAsync(byFormerId, seen: null, Token);
        await store.IngestAsync(Batch(Rotation(SecondUser, User, Start)), Token);
        await DrainAsync(store, Start);
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer)), Token);
        var done = await DrainAsync(store, Start + Lease);
        Assert.Contains(byPhone.ToRelease(Start).Key, done);
        Assert.Contains(byFormerId.ToRelease(Start).Key, done);
    }

    [Fact]
    public async Task ReleaseHeldAsync_ManyAtOnce_OneIsToSendAndItStaysHeld()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        Because.False(await store.ReleaseHeldAsync(held.Intent, Token), "it is not held");
        await store.HoldAsync(held, seen: null, Token);
        Assert.Single(await RaceAsync(store, async s => await s.ReleaseHeldAsync(held.Intent, Token)), static won => won);
        Assert.NotNull(await store.FindHeldAsync(held.Id, Token));
        Assert.Equal(IntentState.Pending, (await store.ReadSendAsync(held.Id, Token))!.State);

        await store.SettleIntentAsync(new SendSettlement(held.Id, IntentState.Failed, Message: null), Token);
        Because.True(await store.ReleaseHeldAsync(held.Intent, Token), "Meta surely does not have it");
    }

    [Fact]
    public async Task CancelHeldAsync_ByAnyIdentifierOfItsCustomerAlone_IsNeverSent()
    {
        var store = await CreateAsync();
        await LinkAsync(store);
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        Because.False(await store.CancelHeldAsync(BySecondPhone, held.Id, Token), "it is another customer's");
        Assert.False(await store.CancelHeldAsync(ByUser, IntentId.New(), Token));

        Assert.True(await store.CancelHeldAsync(ByUser, held.Id, Token));
        Assert.False(await store.CancelHeldAsync(ByUser, held.Id, Token));
        Assert.False(await store.ReleaseHeldAsync(held.Intent, Token));
    }

    [Theory]
    [InlineData(IntentState.Pending, false)]
    [InlineData(IntentState.Ambiguous, false)]
    [InlineData(IntentState.Accepted, false)]
    [InlineData(IntentState.Failed, true)]
    public async Task CancelHeldAsync_SendUnderWay_IsTooLate(IntentState state, bool cancelled)
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        await store.ReleaseHeldAsync(held.Intent, Token);
        await store.SettleIntentAsync(new SendSettlement(held.Id, state, state == IntentState.Accepted ? Sent : null), Token);
        Assert.Equal(cancelled, await store.CancelHeldAsync(ByPhone, held.Id, Token));
    }

    [Fact]
    public async Task HoldAsync_Message_ItsExpiryIsDueWithIt()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        Assert.Empty(await store.ClaimAsync(At(held.ExpiresAt - Duration.FromTicks(1)), Token));
        Assert.Equal(Describe(held.ToExpiry()), Describe((await ClaimOneAsync(store, held.ExpiresAt)).Event));
    }

    [Fact]
    public async Task HoldAsync_CustomerErasedSinceItWasWritten_KeepsNothing()
    {
        var store = await CreateAsync();
        await store.EraseAsync(ByPhone, Start, Token);
        Assert.False(await store.HoldAsync(Held(ByPhone, Start, "before"), seen: null, Token));
        Assert.True(await store.HoldAsync(Held(ByPhone, Start + Duration.FromTicks(1), "after"), seen: null, Token));
        Assert.Single(await store.ListHeldAsync(ByPhone, after: null, 10, Token));
        Because.Single(await store.ClaimAsync(At(Start + Duration.FromDays(30)), Token), "nothing waits for the end of what is not kept");
    }

    [Fact]
    public async Task HoldAsync_CustomerWroteSinceItWasRefused_IsReleasedWithTheSameWrite()
    {
        var store = await CreateAsync();
        await LinkAsync(store);
        await store.IngestAsync(Batch(Text("a", ByUser, Start)), Token);
        await DrainAsync(store, Start);
        var seen = Held(ByPhone, Start, "seen");
        await store.HoldAsync(seen, seen: Start, Token);
        Because.Empty(await store.ClaimAsync(At(Start), Token), "who refused it knew all that the customer wrote");
        var unseen = Held(ByPhone, Start, "unseen");
        await store.HoldAsync(unseen, Start - Duration.FromSeconds(1), Token);
        var first = Held(ByPhone, Start, "first");
        await store.HoldAsync(first, seen: null, Token);
        await store.HoldAsync(first, seen: null, Token);

        EventKey[] released = [unseen.ToRelease(Start).Key, first.ToRelease(Start).Key];
        Assert.Equal(released, await DrainAsync(store, Start));
        Assert.Equal(3, (await store.ListHeldAsync(ByUser, after: null, 10, Token)).Count);
    }

    [Fact]
    public async Task HoldAsync_RefusedByMetaOrErasedSinceTheCustomerWrote_IsNotReleased()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", BySecondPhone, Start)), Token);
        await DrainAsync(store, Start);
        await store.JoinAsync(ByPhone, new ConversationState(lastInbound: null, denied: Start), Start, Token);
        await store.EraseAsync(BySecondPhone, Start, Token);

        await store.HoldAsync(Held(ByPhone, Start, "refused"), seen: null, Token);
        await store.HoldAsync(Held(BySecondPhone, Start + Duration.FromSeconds(1), "erased"), seen: null, Token);

        Assert.Empty(await store.ClaimAsync(At(Start), Token));
    }

    [Fact]
    public async Task IngestAsync_LinkAfterTheAnswer_ReleasesWhatIsHeldUnderTheOtherIdentifier()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        await store.IngestAsync(Batch(Text("a", ByUser, Start + Duration.FromHours(1))), Token);
        Because.DoesNotContain(held.ToRelease(Start + Duration.FromHours(1)).Key, await DrainAsync(store, Start + Duration.FromHours(1)), "nobody knows yet that they are one");

        // Any event may tell that they are; here it is a copy, which opens nothing.
        await store.IngestAsync(Batch(With(Copy("b", ByUser, Start, EventLane.Echo), OneCustomer)), Token);

        Assert.Contains(held.ToRelease(Start + Duration.FromHours(1)).Key, await DrainAsync(store, Start + Duration.FromHours(2)));
    }

    [Fact]
    public async Task IngestAsync_EventThatOpensNothing_ReleasesNothing()
    {
        var store = await CreateAsync();
        await store.HoldAsync(Held(ByPhone, Start, "one"), seen: null, Token);
        await store.IngestAsync(Batch(Copy("a", ByPhone, Start, EventLane.History), Status("sent", DeliveryStatus.Read, ByPhone, Start), Text("group", InGroup, Start, OneCustomer)), Token);
        Assert.DoesNotContain(await store.ClaimAsync(At(Start), Token), static claim => claim.Event.Lane == EventLane.Work);
    }

    [Fact]
    public async Task JoinAsync_LastInbound_ReleasesWhatIsHeld()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);
        await store.JoinAsync(ByPhone, new ConversationState { Denied = Start, Answers = AnswerTimes.By(AuthorKind.Bot, Start) }, Start, Token);
        Assert.Empty(await store.ClaimAsync(At(Start), Token));
        await store.JoinAsync(ByPhone, new ConversationState { LastInbound = Start + Duration.FromMilliseconds(1) }, Start, Token);
        Assert.Equal(Describe(held.ToRelease(Start)), Describe((await ClaimOneAsync(store, Start)).Event));
    }

    [Fact]
    public async Task JoinAsync_ManyConversations_JoinsEachAndReleasesWhatIsHeld()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, seen: null, Token);

        await store.JoinAsync([], Start, Token);
        await store.JoinAsync([(ByPhone, new ConversationState(Start, denied: null)), (BySecondPhone, new ConversationState(Start + Duration.FromHours(1), denied: null)), (ByPhone, new ConversationState { Answers = AnswerTimes.By(AuthorKind.Bot, Start) })], Start, Token);

        Assert.Equal(new ConversationState(Start, denied: null) { Answers = AnswerTimes.By(AuthorKind.Bot, Start) }, (await store.ReadAsync(ByPhone, Token)).State);
        Assert.Equal(Start + Duration.FromHours(1), (await store.ReadAsync(BySecondPhone, Token)).State.LastInbound);
        Assert.Equal(Describe(held.ToRelease(Start)), Describe((await ClaimOneAsync(store, Start)).Event));
    }

    private static StoredEvent With(StoredEvent stored, IdentityLink link) => new()
    {
        Key = stored.Key,
        Lane = stored.Lane,
        Field = stored.Field,
        Number = stored.Number,
        Conversation = stored.Conversation,
        Link = link,
        Timestamp = stored.Timestamp,
        ReceivedAt = stored.ReceivedAt,
        Raw = stored.Raw,
    };

    private static HeldMessage Held(ConversationKey conversation, Instant at, string text) => new() { Intent = Intent(conversation, at, text), ExpiresAt = at + Duration.FromDays(3) };

    private static async Task<IEnumerable<IntentId>> ListHeldIdsAsync(IWhatsSessionStore store, ConversationKey conversation) =>
        (await store.ListHeldAsync(conversation, after: null, 10, Token)).Select(static held => held.Id);

    private static async Task LinkAsync(IWhatsSessionStore store) => await store.IngestAsync(Batch(Text("link", ByUser, Start - Duration.FromDays(2), OneCustomer)), Token);
}
