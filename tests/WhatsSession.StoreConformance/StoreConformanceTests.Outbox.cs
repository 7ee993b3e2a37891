using System.Collections.Concurrent;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ClaimAsync_Event_ComesBackWhole()
    {
        var store = await CreateAsync();
        var text = Text("a", ByUser, Start, OneCustomer);
        var notice = Notice("n", number: null, Start + Duration.FromTicks(3));
        var group = Text("g", InGroup, Start);
        await store.IngestAsync(Batch(text, notice, group), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        claims.Select(static claim => Describe(claim.Event)).Should().Equal(Describe(text), Describe(notice), Describe(group));
        claims.Should().OnlyContain(static claim => claim.Attempt == 1 && claim.CompletedHandlers.Count == 0);
    }

    [Fact]
    public async Task ClaimAsync_OneConversation_GivesOneEventAtATimeInOrderOfAcceptance()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("b", ByPhone, Start), Text("a", ByPhone, Start - Duration.FromHours(1))), Token);
        await store.IngestAsync(Batch(Text("c", ByPhone, Start)), Token);
        foreach (var id in (string[])["b", "a", "c"])
        {
            var claim = await ClaimOneAsync(store, Start);
            claim.Event.Message.Should().Be(MessageId.Parse("wamid." + id));
            (await store.ClaimAsync(At(Start), Token)).Should().BeEmpty("the conversation has an event in flight");
            (await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
        }

        (await store.ClaimAsync(At(Start + Duration.FromDays(1)), Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task ClaimAsync_SeveralConversations_GivesTheHeadOfEachOldestFirst()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("a1", ByPhone, Start),
                Text("a2", ByPhone, Start),
                Text("b1", ByUser, Start),
                Text("c1", InGroup, Start),
                Text("d1", new ConversationKey(OtherNumber, Phone), Start)),
            Token);
        (await ClaimIdsAsync(store, Start, 3)).Should().Equal("wamid.a1", "wamid.b1", "wamid.c1");
        (await ClaimIdsAsync(store, Start, 3)).Should().Equal("wamid.d1");
        (await ClaimIdsAsync(store, Start, 0)).Should().BeEmpty();
    }

    [Fact]
    public async Task ClaimAsync_StatusesAndMessages_AreTwoSidesOfAConversation()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Text("m1", ByPhone, Start),
                Copy("s1", ByPhone, Start, EventLane.Status),
                Copy("s2", ByPhone, Start, EventLane.Status),
                Copy("echo", ByPhone, Start, EventLane.Echo)),
            Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        claims.Select(static claim => claim.Event.Message!.Value.Value).Should().Equal("wamid.m1", "wamid.s1");
        await store.FinishAsync(claims[1], DispatchResult.Completed.Instance, Token);
        (await ClaimIdsAsync(store, Start)).Should().Equal("wamid.s2");
        await store.FinishAsync(claims[0], DispatchResult.Completed.Instance, Token);
        (await ClaimIdsAsync(store, Start)).Should().Equal("wamid.echo");
    }

    [Fact]
    public async Task ClaimAsync_EventsWithoutConversation_KeepOrderPerNumberOrAccount()
    {
        var store = await CreateAsync();
        await store.IngestAsync(
            Batch(
                Notice("n1", Number, Start),
                Notice("n2", Number, Start),
                Notice("o1", OtherNumber, Start),
                Notice("a1", number: null, Start),
                Notice("a2", number: null, Start),
                Text("m1", ByPhone, Start)),
            Token);
        (await store.ClaimAsync(At(Start), Token)).Select(static claim => claim.Event.Key).Should().Equal(
            Notice("n1", Number, Start).Key,
            Notice("o1", OtherNumber, Start).Key,
            Notice("a1", number: null, Start).Key,
            Text("m1", ByPhone, Start).Key);
    }

    [Fact]
    public async Task ClaimAsync_LeaseNotOver_GivesNothingAndAfterwardsTheNextTry()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        (await store.ClaimAsync(At(Start + Lease - Duration.FromTicks(1)), Token)).Should().BeEmpty();
        var second = await ClaimOneAsync(store, Start + Lease);
        second.Attempt.Should().Be(2);
        second.Token.Should().BeGreaterThan(first.Token);
        second.Position.Should().Be(first.Position);
    }

    [Fact]
    public async Task RenewAsync_HeldClaim_HoldsUntilThen()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start)), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        var until = Start + Lease + Lease;
        await store.RenewAsync([claims[0]], until, Token);

        (await ClaimIdsAsync(store, Start + Lease)).Should().Equal(["wamid.b"], "that one was not renewed");
        (await ClaimIdsAsync(store, until - Duration.FromTicks(1))).Should().BeEmpty();
        (await store.MarkHandledAsync(claims[0], "one", Token)).Should().BeTrue("the token is the same");
        (await ClaimIdsAsync(store, until)).Should().Equal("wamid.a", "wamid.b");
    }

    [Fact]
    public async Task RenewAsync_LeaseOverAndNotClaimedAnew_HoldsAgain()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var claim = await ClaimOneAsync(store, Start);
        (await ClaimIdsAsync(store, Start + Lease, limit: 0)).Should().BeEmpty();
        await store.RenewAsync([claim], Start + Lease + Lease, Token);

        (await ClaimIdsAsync(store, Start + Lease)).Should().BeEmpty();
        (await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task RenewAsync_ClaimNoLongerHeld_ChangesNothing()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start), Text("c", BySecondPhone, Start)), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        await store.FinishAsync(claims[0], DispatchResult.Completed.Instance, Token);
        await store.FinishAsync(claims[1], new DispatchResult.Postponed(Start), Token);
        await ParkAsync(store, claims[2]);
        await store.RenewAsync(claims, Start + Lease, Token);

        (await CountParkedAsync(store)).Should().Be(1);
        (await ClaimIdsAsync(store, Start)).Should().Equal("wamid.b");
        await store.RenewAsync(claims, Start + Lease + Lease, Token);
        (await ClaimIdsAsync(store, Start + Lease)).Should().Equal(["wamid.b"], "an older claim renews nothing");
    }

    [Fact]
    public async Task FinishAsync_StaleToken_ChangesNothing()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        var stale = await ClaimOneAsync(store, Start);
        var current = await ClaimOneAsync(store, Start + Lease);
        DispatchResult[] results = [DispatchResult.Completed.Instance, new DispatchResult.Retry(Start, "E"), new DispatchResult.Postponed(Start), new DispatchResult.Parked("E")];
        foreach (var result in results)
        {
            (await store.FinishAsync(stale, result, Token)).Should().BeFalse();
        }

        (await store.MarkHandledAsync(stale, "handler", Token)).Should().BeFalse();
        (await store.ClaimAsync(At(Start + Lease), Token)).Should().BeEmpty();
        (await CountParkedAsync(store)).Should().Be(0);
        (await store.FinishAsync(current, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
        (await ClaimIdsAsync(store, Start + Lease)).Should().Equal("wamid.b");
    }

    [Fact]
    public async Task FinishAsync_Twice_IsHeldOnlyOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        (await store.FinishAsync(first, new DispatchResult.Retry(Start, "E"), Token)).Should().BeTrue();
        (await store.FinishAsync(first, DispatchResult.Completed.Instance, Token)).Should().BeFalse("a retry ends the claim");
        (await store.MarkHandledAsync(first, "handler", Token)).Should().BeFalse();
        var second = await ClaimOneAsync(store, Start);
        (await store.FinishAsync(second, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
        (await store.FinishAsync(second, DispatchResult.Completed.Instance, Token)).Should().BeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FinishAsync_LeaseRanOutAndNobodyTookTheEvent_WaitsForItsTime(bool postponed)
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var claim = await ClaimOneAsync(store, Start);

        // Another host looks, as at its start, and takes nothing.
        (await store.ClaimAsync(At(Start + Lease, limit: 0), Token)).Should().BeEmpty();
        var due = Start + Lease + Duration.FromMinutes(5);
        (await store.FinishAsync(claim, postponed ? new DispatchResult.Postponed(due) : new DispatchResult.Retry(due, "E"), Token)).Should().BeTrue();

        (await store.ClaimAsync(At(Start + Lease), Token)).Should().BeEmpty();
        (await store.ClaimAsync(At(due), Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task ClaimAsync_FurtherTry_KnowsWhenTheFirstBegan()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var released = await ClaimOneAsync(store, Start - Duration.FromSeconds(5));
        released.FirstTriedAt.Should().Be(Start - Duration.FromSeconds(5));
        await store.FinishAsync(released, new DispatchResult.Postponed(Start), Token);
        var first = await ClaimOneAsync(store, Start + Duration.FromTicks(7));
        first.FirstTriedAt.Should().Be(Start + Duration.FromTicks(7), "what was given back was no try");
        await store.FinishAsync(first, new DispatchResult.Retry(Start + Lease, "E"), Token);
        (await ClaimOneAsync(store, Start + Lease)).FirstTriedAt.Should().Be(first.FirstTriedAt);
        var third = await ClaimOneAsync(store, Start + Lease + Lease);
        third.FirstTriedAt.Should().Be(first.FirstTriedAt, "also when the second ended with its host");
        await ParkAsync(store, third);
        await store.ReplayAsync(await store.ListParkedAsync(10, Token), Token);
        (await ClaimOneAsync(store, Start + Duration.FromDays(1))).FirstTriedAt.Should().Be(Start + Duration.FromDays(1));
    }

    [Fact]
    public async Task FinishAsync_Retry_StaysHeadUntilDueAndKeepsHandlerMarks()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        (await store.MarkHandledAsync(first, "one", Token)).Should().BeTrue();
        (await store.MarkHandledAsync(first, "two", Token)).Should().BeTrue();
        (await store.MarkHandledAsync(first, "one", Token)).Should().BeTrue();
        var due = Start + Duration.FromSeconds(30);
        await store.FinishAsync(first, new DispatchResult.Retry(due, "E"), Token);

        (await store.ClaimAsync(At(due - Duration.FromTicks(1)), Token)).Should().BeEmpty("the failed event holds its conversation back");
        var second = await ClaimOneAsync(store, due);
        second.Event.Key.Should().Be(first.Event.Key);
        second.Attempt.Should().Be(2);
        second.CompletedHandlers.Should().BeEquivalentTo("one", "two");
        await store.FinishAsync(second, DispatchResult.Completed.Instance, Token);
        (await ClaimOneAsync(store, due)).CompletedHandlers.Should().BeEmpty("marks belong to one event");
    }

    [Fact]
    public async Task FinishAsync_Postponed_StaysHeadUntilDueAndCountsNoTry()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        await store.MarkHandledAsync(first, "one", Token);
        var due = Start + Duration.FromSeconds(30);
        (await store.FinishAsync(first, new DispatchResult.Postponed(due), Token)).Should().BeTrue();
        (await store.FinishAsync(first, DispatchResult.Completed.Instance, Token)).Should().BeFalse("the claim is over");

        (await store.ClaimAsync(At(due - Duration.FromTicks(1)), Token)).Should().BeEmpty("it holds its conversation back");
        var second = await ClaimOneAsync(store, due);
        second.Event.Key.Should().Be(first.Event.Key);
        second.Attempt.Should().Be(1);
        second.CompletedHandlers.Should().Equal("one");
    }

    [Fact]
    public async Task ClaimAsync_EventsThatWaited_ComeInTheOrderOfAcceptance()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start), Text("c", InGroup, Start)), Token);
        foreach (var (claim, seconds) in (await store.ClaimAsync(At(Start), Token)).Zip([30, 10, 20]))
        {
            await store.FinishAsync(claim, new DispatchResult.Retry(Start + Duration.FromSeconds(seconds), "E"), Token);
        }

        (await ClaimIdsAsync(store, Start + Duration.FromSeconds(9))).Should().BeEmpty();
        (await ClaimIdsAsync(store, Start + Duration.FromSeconds(10))).Should().Equal("wamid.b");
        (await ClaimIdsAsync(store, Start + Duration.FromSeconds(30))).Should().Equal("wamid.a", "wamid.c");
    }

    [Fact]
    public async Task FinishAsync_Parked_IsKeptAndLetsTheConversationGoOn()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        (await store.FinishAsync(await ClaimOneAsync(store, Start), new DispatchResult.Parked("E"), Token)).Should().BeTrue();
        (await CountParkedAsync(store)).Should().Be(1);
        (await DrainAsync(store, Start + Duration.FromDays(1))).Should().Equal(Text("b", ByPhone, Start).Key);
        await store.IngestAsync(Batch(Text("c", ByPhone, Start)), Token);
        (await ClaimIdsAsync(store, Start)).Should().Equal(["wamid.c"], "a parked event holds back none that comes later");
    }

    [Fact]
    public async Task ClaimAsync_ManyAtOnce_GivesEachEventOnceAndKeepsTheOrder()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var customers = Enumerable.Range(0, 12).Select(static i => new ConversationKey(Number, CustomerId.Parse($"1555000{i:0000}"))).ToArray();
        await store.IngestAsync(Batch([.. Enumerable.Range(0, 120).Select(i => Text($"m{i}", customers[i % 12], Start))]), Token);
        var handled = new ConcurrentQueue<StoredEvent>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(
            async () =>
            {
                var host = worker % 2 == 0 ? store : other;
                while (handled.Count < 120)
                {
                    foreach (var claim in await host.ClaimAsync(At(Start, 3), Token))
                    {
                        handled.Enqueue(claim.Event);
                        (await host.FinishAsync(claim, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
                    }

                    await Task.Yield();
                }
            },
            Token)));

        handled.Select(static stored => stored.Key).Should().HaveCount(120).And.OnlyHaveUniqueItems();
        foreach (var conversation in handled.GroupBy(static stored => stored.Conversation))
        {
            conversation.Select(static stored => int.Parse(stored.Message!.Value.Value["wamid.m".Length..])).Should().BeInAscendingOrder();
        }
    }

    private static async Task<IEnumerable<string?>> ClaimIdsAsync(IWhatsSessionStore store, Instant now, int limit = 100) =>
        (await store.ClaimAsync(At(now, limit), Token)).Select(static claim => claim.Event.Message?.Value);
}
