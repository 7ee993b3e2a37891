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
        await store.HoldAsync(second, Token);
        await store.HoldAsync(first, Token);
        (await ListHeldIdsAsync(store, ByPhone)).Should().Equal(first.Id);
        await LinkAsync(store);
        (await ListHeldIdsAsync(store, ByPhone)).Should().Equal(first.Id, second.Id);
        (await ListHeldIdsAsync(store, ByUser)).Should().Equal(first.Id, second.Id);
        (await store.ListHeldAsync(ByUser, 1, Token)).Should().ContainSingle().Which.Id.Should().Be(first.Id);
        (await ListHeldIdsAsync(store, BySecondUser)).Should().BeEmpty();
    }

    [Fact]
    public async Task HoldAsync_KeptAlready_IsReplaced()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Token);
        var moved = new SendIntent { Id = held.Id, Conversation = ByUser, Message = new TextMessage("two"), CreatedAt = Start };
        await store.HoldAsync(new HeldMessage { Intent = moved, ExpiresAt = Start + Duration.FromDays(5) }, Token);
        (await store.ListHeldAsync(ByPhone, 10, Token)).Should().BeEmpty();
        var only = (await store.ListHeldAsync(ByUser, 10, Token)).Should().ContainSingle().Subject;
        only.ExpiresAt.Should().Be(Start + Duration.FromDays(5));
        only.Intent.WriteContent().Should().Equal(moved.WriteContent());
    }

    [Fact]
    public async Task TakeHeldAsync_HeldMessage_GivesAllOfIt()
    {
        var store = await CreateAsync();
        var held = new HeldMessage { Intent = FullIntent(ByPhone, Start + Duration.FromTicks(3)), ExpiresAt = Start + Duration.FromTicks(7) };
        await store.HoldAsync(held, Token);
        var taken = (await store.TakeHeldAsync(held.Id, Token))!;
        taken.ExpiresAt.Should().Be(held.ExpiresAt);
        Describe(taken.Intent).Should().Be(Describe(held.Intent));
        (await store.TakeHeldAsync(held.Id, Token)).Should().BeNull();
        (await store.ListHeldAsync(ByPhone, 10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task FindHeldAsync_HeldMessage_LeavesItWhereItIs()
    {
        var store = await CreateAsync();
        var held = new HeldMessage { Intent = FullIntent(ByPhone, Start), ExpiresAt = Start + Duration.FromDays(1) };
        (await store.FindHeldAsync(held.Id, Token)).Should().BeNull();
        await store.HoldAsync(held, Token);

        var found = (await store.FindHeldAsync(held.Id, Token))!;
        (Describe(found.Intent), found.ExpiresAt).Should().Be((Describe(held.Intent), held.ExpiresAt));
        (await store.TakeHeldAsync(held.Id, Token)).Should().NotBeNull();
        (await store.FindHeldAsync(held.Id, Token)).Should().BeNull();
    }

    [Fact]
    public async Task TakeHeldAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Token);
        (await RaceAsync(store, async s => await s.TakeHeldAsync(held.Id, Token))).Should().ContainSingle(static won => won != null);
    }

    [Fact]
    public async Task IngestAsync_CustomerOpensTheWindow_ReleasesWhatIsHeldOncePerEvent()
    {
        var store = await CreateAsync();
        var one = Held(ByPhone, Start, "one");
        var two = Held(ByPhone, Start + Duration.FromTicks(1), "two");
        await store.HoldAsync(one, Token);
        await store.HoldAsync(two, Token);
        await store.HoldAsync(Held(BySecondPhone, Start, "another customer's"), Token);
        var text = Text("a", ByPhone, Start + Duration.FromHours(1));
        var result = await store.IngestAsync(Batch(text, text), Token);
        result.Dispatched.Should().Be(1);
        await store.IngestAsync(Batch(text), Token);

        var first = (await store.ClaimAsync(At(text.ReceivedAt), Token)).Should().ContainSingle(static claim => claim.Event.Lane == EventLane.Work, "they go out one after the other").Subject;
        Describe(first.Event).Should().Be(Describe(one.ToRelease(text.Timestamp)));
        await store.FinishAsync(first, DispatchResult.Completed.Instance, Token);
        (await DrainAsync(store, text.ReceivedAt)).Should().Contain(two.ToRelease(text.Timestamp).Key).And.NotContain(one.ToRelease(text.Timestamp).Key);
        (await store.ListHeldAsync(ByPhone, 10, Token)).Should().HaveCount(2, "they stay until they are taken");

        var next = Text("b", ByPhone, Start + Duration.FromHours(2));
        await store.IngestAsync(Batch(next), Token);
        (await DrainAsync(store, Start + Duration.FromDays(1))).Should().ContainInOrder(one.ToRelease(next.Timestamp).Key, two.ToRelease(next.Timestamp).Key);
    }

    [Fact]
    public async Task IngestAsync_CustomerWritesUnderAnotherIdentifier_ReleasesWhatIsHeld()
    {
        var store = await CreateAsync();
        var byPhone = Held(ByPhone, Start, "one");
        var byFormerId = Held(BySecondUser, Start + Duration.FromTicks(1), "two");
        await store.HoldAsync(byPhone, Token);
        await store.HoldAsync(byFormerId, Token);
        await store.IngestAsync(Batch(Rotation(SecondUser, User, Start)), Token);
        await DrainAsync(store, Start);
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer)), Token);
        (await DrainAsync(store, Start + Lease)).Should().Contain([byPhone.ToRelease(Start).Key, byFormerId.ToRelease(Start).Key]);
    }

    [Fact]
    public async Task ReleaseHeldAsync_ManyAtOnce_OneIsToSendAndItStaysHeld()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        (await store.ReleaseHeldAsync(held.Intent, Token)).Should().BeFalse("it is not held");
        await store.HoldAsync(held, Token);
        (await RaceAsync(store, async s => await s.ReleaseHeldAsync(held.Intent, Token))).Should().ContainSingle(static won => won);
        (await store.FindHeldAsync(held.Id, Token)).Should().NotBeNull();
        (await store.ReadSendAsync(held.Id, Token))!.State.Should().Be(IntentState.Pending);

        await store.SettleIntentAsync(new SendSettlement(held.Id, IntentState.Failed, Message: null), Token);
        (await store.ReleaseHeldAsync(held.Intent, Token)).Should().BeTrue("Meta surely does not have it");
    }

    [Fact]
    public async Task CancelHeldAsync_ByAnyIdentifierOfItsCustomerAlone_IsNeverSent()
    {
        var store = await CreateAsync();
        await LinkAsync(store);
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Token);
        (await store.CancelHeldAsync(BySecondPhone, held.Id, Token)).Should().BeFalse("it is another customer's");
        (await store.CancelHeldAsync(ByUser, IntentId.New(), Token)).Should().BeFalse();

        (await store.CancelHeldAsync(ByUser, held.Id, Token)).Should().BeTrue();
        (await store.CancelHeldAsync(ByUser, held.Id, Token)).Should().BeFalse();
        (await store.ReleaseHeldAsync(held.Intent, Token)).Should().BeFalse();
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
        await store.HoldAsync(held, Token);
        await store.ReleaseHeldAsync(held.Intent, Token);
        await store.SettleIntentAsync(new SendSettlement(held.Id, state, state == IntentState.Accepted ? Sent : null), Token);
        (await store.CancelHeldAsync(ByPhone, held.Id, Token)).Should().Be(cancelled);
    }

    [Fact]
    public async Task HoldAsync_Message_ItsExpiryIsDueWithIt()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Token);
        (await store.ClaimAsync(At(held.ExpiresAt - Duration.FromTicks(1)), Token)).Should().BeEmpty();
        Describe((await ClaimOneAsync(store, held.ExpiresAt)).Event).Should().Be(Describe(held.ToExpiry()));
    }

    [Fact]
    public async Task HoldAsync_CustomerErasedSinceItWasWritten_KeepsNothing()
    {
        var store = await CreateAsync();
        await store.EraseAsync(ByPhone, Start, Token);
        (await store.HoldAsync(Held(ByPhone, Start, "before"), Token)).Should().BeFalse();
        (await store.HoldAsync(Held(ByPhone, Start + Duration.FromTicks(1), "after"), Token)).Should().BeTrue();
        (await store.ListHeldAsync(ByPhone, 10, Token)).Should().ContainSingle();
        (await store.ClaimAsync(At(Start + Duration.FromDays(30)), Token)).Should().ContainSingle("nothing waits for the end of what is not kept");
    }

    [Fact]
    public async Task IngestAsync_LinkAfterTheAnswer_ReleasesWhatIsHeldUnderTheOtherIdentifier()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Token);
        await store.IngestAsync(Batch(Text("a", ByUser, Start + Duration.FromHours(1))), Token);
        (await DrainAsync(store, Start + Duration.FromHours(1))).Should().NotContain(held.ToRelease(Start + Duration.FromHours(1)).Key, "nobody knows yet that they are one");

        // Any event may tell that they are; here it is a copy, which opens nothing.
        await store.IngestAsync(Batch(With(Copy("b", ByUser, Start, EventLane.Echo), OneCustomer)), Token);

        (await DrainAsync(store, Start + Duration.FromHours(2))).Should().Contain(held.ToRelease(Start + Duration.FromHours(1)).Key);
    }

    [Fact]
    public async Task IngestAsync_EventThatOpensNothing_ReleasesNothing()
    {
        var store = await CreateAsync();
        await store.HoldAsync(Held(ByPhone, Start, "one"), Token);
        await store.IngestAsync(Batch(Copy("a", ByPhone, Start, EventLane.History), Status("sent", DeliveryStatus.Read, ByPhone, Start), Text("group", InGroup, Start, OneCustomer)), Token);
        (await store.ClaimAsync(At(Start), Token)).Should().NotContain(static claim => claim.Event.Lane == EventLane.Work);
    }

    [Fact]
    public async Task JoinAsync_LastInbound_ReleasesWhatIsHeld()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Token);
        await store.JoinAsync(ByPhone, new ConversationState { Denied = Start, Answered = Start }, Token);
        (await store.ClaimAsync(At(Start), Token)).Should().BeEmpty();
        await store.JoinAsync(ByPhone, new ConversationState { LastInbound = Start + Duration.FromMilliseconds(1) }, Token);
        Describe((await ClaimOneAsync(store, Start)).Event).Should().Be(Describe(held.ToRelease(Start)));
    }

    [Fact]
    public async Task JoinAsync_ManyConversations_JoinsEachAndReleasesWhatIsHeld()
    {
        var store = await CreateAsync();
        var held = Held(ByPhone, Start, "one");
        await store.HoldAsync(held, Token);

        await store.JoinAsync([], Token);
        await store.JoinAsync([(ByPhone, new ConversationState(Start, denied: null)), (BySecondPhone, new ConversationState(Start + Duration.FromHours(1), denied: null)), (ByPhone, new ConversationState { Answered = Start })], Token);

        (await store.ReadAsync(ByPhone, Token)).State.Should().Be(new ConversationState(Start, denied: null) { Answered = Start });
        (await store.ReadAsync(BySecondPhone, Token)).State.LastInbound.Should().Be(Start + Duration.FromHours(1));
        Describe((await ClaimOneAsync(store, Start)).Event).Should().Be(Describe(held.ToRelease(Start)));
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
        (await store.ListHeldAsync(conversation, 10, Token)).Select(static held => held.Id);

    private static async Task LinkAsync(IWhatsSessionStore store) => await store.IngestAsync(Batch(Text("link", ByUser, Start - Duration.FromDays(2), OneCustomer)), Token);
}
