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
        Assert.Equal([Describe(text), Describe(notice), Describe(group)], claims.Select(static claim => Describe(claim.Event)));
        Assert.All(claims, static claim => Assert.Equal((1, 0), (claim.Attempt, claim.CompletedHandlers.Count)));
    }

    [Fact]
    public async Task ClaimAsync_LeaseThatEndsBeforeAllTime_GivesEachEventOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Assert.Single(await store.ClaimAsync(new ClaimRequest(Instant.MinValue, -Duration.FromHours(1), 10), Token));
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
            Assert.Equal(MessageId.Parse("wamid." + id), claim.Event.Message);
            Because.Empty(await store.ClaimAsync(At(Start), Token), "the conversation has an event in flight");
            Assert.True(await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
        }

        Assert.Empty(await store.ClaimAsync(At(Start + Duration.FromDays(1)), Token));
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
        Assert.Equal(["wamid.a1", "wamid.b1", "wamid.c1"], await ClaimIdsAsync(store, Start, 3));
        Assert.Equal(["wamid.d1"], await ClaimIdsAsync(store, Start, 3));
        Assert.Empty(await ClaimIdsAsync(store, Start, 0));
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
        Assert.Equal(["wamid.m1", "wamid.s1"], claims.Select(static claim => claim.Event.Message!.Value.Value));
        await store.FinishAsync(claims[1], DispatchResult.Completed.Instance, Token);
        Assert.Equal(["wamid.s2"], await ClaimIdsAsync(store, Start));
        await store.FinishAsync(claims[0], DispatchResult.Completed.Instance, Token);
        Assert.Equal(["wamid.echo"], await ClaimIdsAsync(store, Start));
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
        Assert.Equal(
            [
                Notice("n1", Number, Start).Key,
                Notice("o1", OtherNumber, Start).Key,
                Notice("a1", number: null, Start).Key,
                Text("m1", ByPhone, Start).Key,
            ],
            (await store.ClaimAsync(At(Start), Token)).Select(static claim => claim.Event.Key));
    }

    [Fact]
    public async Task ClaimAsync_LeaseNotOver_GivesNothingAndAfterwardsTheNextTry()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        Assert.Empty(await store.ClaimAsync(At(Start + Lease - Duration.FromTicks(1)), Token));
        var second = await ClaimOneAsync(store, Start + Lease);
        Assert.Equal(2, second.Attempt);
        Assert.True(second.Token > first.Token, $"The second claim's token, {second.Token}, is not greater than the first one's, {first.Token}.");
        Assert.Equal(first.Position, second.Position);
    }

    [Fact]
    public async Task RenewAsync_HeldClaim_HoldsUntilThen()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByUser, Start)), Token);
        var claims = await store.ClaimAsync(At(Start), Token);
        var until = Start + Lease + Lease;
        await store.RenewAsync([claims[0]], until, Token);

        Because.Equal(["wamid.b"], await ClaimIdsAsync(store, Start + Lease), "that one was not renewed");
        Assert.Empty(await ClaimIdsAsync(store, until - Duration.FromTicks(1)));
        Because.True(await store.MarkHandledAsync(claims[0], "one", Token), "the token is the same");
        Assert.Equal(["wamid.a", "wamid.b"], await ClaimIdsAsync(store, until));
    }

    [Fact]
    public async Task RenewAsync_LeaseOverAndNotClaimedAnew_HoldsAgain()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var claim = await ClaimOneAsync(store, Start);
        Assert.Empty(await ClaimIdsAsync(store, Start + Lease, limit: 0));
        await store.RenewAsync([claim], Start + Lease + Lease, Token);

        Assert.Empty(await ClaimIdsAsync(store, Start + Lease));
        Assert.True(await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
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

        Assert.Equal(1, await CountParkedAsync(store));
        Assert.Equal(["wamid.b"], await ClaimIdsAsync(store, Start));
        await store.RenewAsync(claims, Start + Lease + Lease, Token);
        Because.Equal(["wamid.b"], await ClaimIdsAsync(store, Start + Lease), "an older claim renews nothing");
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
            Assert.False(await store.FinishAsync(stale, result, Token));
        }

        Assert.False(await store.MarkHandledAsync(stale, "handler", Token));
        Assert.Empty(await store.ClaimAsync(At(Start + Lease), Token));
        Assert.Equal(0, await CountParkedAsync(store));
        Assert.True(await store.FinishAsync(current, DispatchResult.Completed.Instance, Token));
        Assert.Equal(["wamid.b"], await ClaimIdsAsync(store, Start + Lease));
    }

    [Fact]
    public async Task FinishAsync_Twice_IsHeldOnlyOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        Assert.True(await store.FinishAsync(first, new DispatchResult.Retry(Start, "E"), Token));
        Because.False(await store.FinishAsync(first, DispatchResult.Completed.Instance, Token), "a retry ends the claim");
        Assert.False(await store.MarkHandledAsync(first, "handler", Token));
        var second = await ClaimOneAsync(store, Start);
        Assert.True(await store.FinishAsync(second, DispatchResult.Completed.Instance, Token));
        Assert.False(await store.FinishAsync(second, DispatchResult.Completed.Instance, Token));
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
        Assert.Empty(await store.ClaimAsync(At(Start + Lease, limit: 0), Token));
        var due = Start + Lease + Duration.FromMinutes(5);
        Assert.True(await store.FinishAsync(claim, postponed ? new DispatchResult.Postponed(due) : new DispatchResult.Retry(due, "E"), Token));

        Assert.Empty(await store.ClaimAsync(At(Start + Lease), Token));
        Assert.Single(await store.ClaimAsync(At(due), Token));
    }

    [Fact]
    public async Task ClaimAsync_FurtherTry_KnowsWhenTheFirstBegan()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var released = await ClaimOneAsync(store, Start - Duration.FromSeconds(5));
        Assert.Equal(Start - Duration.FromSeconds(5), released.FirstTriedAt);
        await store.FinishAsync(released, new DispatchResult.Postponed(Start), Token);
        var first = await ClaimOneAsync(store, Start + Duration.FromTicks(7));
        Because.Equal(Start + Duration.FromTicks(7), first.FirstTriedAt, "what was given back was no try");
        await store.FinishAsync(first, new DispatchResult.Retry(Start + Lease, "E"), Token);
        Assert.Equal(first.FirstTriedAt, (await ClaimOneAsync(store, Start + Lease)).FirstTriedAt);
        var third = await ClaimOneAsync(store, Start + Lease + Lease);
        Because.Equal(first.FirstTriedAt, third.FirstTriedAt, "also when the second ended with its host");
        await ParkAsync(store, third);
        await store.ReplayAsync(await store.ListParkedAsync(after: null, 10, Token), Token);
        Assert.Equal(Start + Duration.FromDays(1), (await ClaimOneAsync(store, Start + Duration.FromDays(1))).FirstTriedAt);
    }

    [Fact]
    public async Task FinishAsync_Postponed_CountsNoTryAndGivesBackHowOftenItWas()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start), Text("c", ByUser, Start)), Token);
        var first = (await store.ClaimAsync(At(Start), Token))[0];
        Assert.Equal((1, 0, null), (first.Attempt, first.Postponements, first.PostponedSince));
        await store.FinishAsync(first, new DispatchResult.Retry(Start + Lease, "E"), Token);
        var second = (await store.ClaimAsync(At(Start + Lease), Token)).Single(claim => claim.Position == first.Position);
        Assert.True(await store.MarkHandledAsync(second, "done", Token));
        var due = Start + Duration.FromHours(3);
        Assert.True(await store.FinishAsync(second, new DispatchResult.Postponed(due) { Postponements = 7, Since = Start }, Token));
        Because.Empty(
            (await store.ClaimAsync(At(due - Duration.FromTicks(1)), Token)).Where(static claim => claim.Event.Conversation == ByPhone),
            "it holds back its conversation");

        var third = (await store.ClaimAsync(At(due), Token)).Single(claim => claim.Position == first.Position);
        Assert.Equal((2, 7, Start), (third.Attempt, third.Postponements, third.PostponedSince));
        Because.Equal(due, third.FirstTriedAt, "while it waited it was not tried");
        Assert.Equal(["done"], third.CompletedHandlers);
        await store.FinishAsync(third, new DispatchResult.Retry(due, "E"), Token);
        var fourth = (await store.ClaimAsync(At(due + Lease), Token)).Single(claim => claim.Position == first.Position);
        Assert.Equal((3, 7, due), (fourth.Attempt, fourth.Postponements, fourth.FirstTriedAt));
        Assert.Equal(Start, fourth.PostponedSince);
        await ParkAsync(store, fourth);
        await store.ReplayAsync(await store.ListParkedAsync(after: null, 10, Token), Token);
        foreach (var claim in await store.ClaimAsync(At(due + Lease + Lease), Token))
        {
            await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token);
        }

        var replayed = await ClaimOneAsync(store, due + Lease + Lease);
        Assert.Equal((1, 0, null), (replayed.Attempt, replayed.Postponements, replayed.PostponedSince));
    }

    [Fact]
    public async Task FinishAsync_Retry_StaysHeadUntilDueAndKeepsHandlerMarks()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        Assert.True(await store.MarkHandledAsync(first, "one", Token));
        Assert.True(await store.MarkHandledAsync(first, "two", Token));
        Assert.True(await store.MarkHandledAsync(first, "one", Token));
        var due = Start + Duration.FromSeconds(30);
        await store.FinishAsync(first, new DispatchResult.Retry(due, "E"), Token);

        Because.Empty(await store.ClaimAsync(At(due - Duration.FromTicks(1)), Token), "the failed event holds its conversation back");
        var second = await ClaimOneAsync(store, due);
        Assert.Equal(first.Event.Key, second.Event.Key);
        Assert.Equal(2, second.Attempt);
        Assert.Equal(["one", "two"], second.CompletedHandlers.Order(StringComparer.Ordinal));
        await store.FinishAsync(second, DispatchResult.Completed.Instance, Token);
        Because.Empty((await ClaimOneAsync(store, due)).CompletedHandlers, "marks belong to one event");
    }

    [Fact]
    public async Task FinishAsync_Postponed_StaysHeadUntilDueAndCountsNoTry()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        var first = await ClaimOneAsync(store, Start);
        await store.MarkHandledAsync(first, "one", Token);
        var due = Start + Duration.FromSeconds(30);
        Assert.True(await store.FinishAsync(first, new DispatchResult.Postponed(due), Token));
        Because.False(await store.FinishAsync(first, DispatchResult.Completed.Instance, Token), "the claim is over");

        Because.Empty(await store.ClaimAsync(At(due - Duration.FromTicks(1)), Token), "it holds its conversation back");
        var second = await ClaimOneAsync(store, due);
        Assert.Equal(first.Event.Key, second.Event.Key);
        Assert.Equal(1, second.Attempt);
        Assert.Equal(["one"], second.CompletedHandlers);
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

        Assert.Empty(await ClaimIdsAsync(store, Start + Duration.FromSeconds(9)));
        Assert.Equal(["wamid.b"], await ClaimIdsAsync(store, Start + Duration.FromSeconds(10)));
        Assert.Equal(["wamid.a", "wamid.c"], await ClaimIdsAsync(store, Start + Duration.FromSeconds(30)));
    }

    [Fact]
    public async Task FinishAsync_Parked_IsKeptAndLetsTheConversationGoOn()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, Start)), Token);
        Assert.True(await store.FinishAsync(await ClaimOneAsync(store, Start), new DispatchResult.Parked("E"), Token));
        Assert.Equal(1, await CountParkedAsync(store));
        Assert.Equal([Text("b", ByPhone, Start).Key], await DrainAsync(store, Start + Duration.FromDays(1)));
        await store.IngestAsync(Batch(Text("c", ByPhone, Start)), Token);
        Because.Equal(["wamid.c"], await ClaimIdsAsync(store, Start), "a parked event holds back none that comes later");
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
                IReadOnlyList<ClaimedEvent> claims;
                do
                {
                    // Whoever finishes an event looks for what it held back; so the last one to find nothing leaves nothing.
                    claims = await host.ClaimAsync(At(Start, 3), Token);
                    foreach (var claim in claims)
                    {
                        handled.Enqueue(claim.Event);
                        Assert.True(await host.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
                    }
                }
                while (claims.Count > 0);
            },
            Token)));

        Assert.Equal(120, handled.Count);
        Assert.Distinct(handled.Select(static stored => stored.Key));
        foreach (var conversation in handled.GroupBy(static stored => stored.Conversation))
        {
            var order = conversation.Select(static stored => int.Parse(stored.Message!.Value.Value["wamid.m".Length..])).ToArray();
            Assert.Equal(order.Order(), order);
        }
    }

    private static async Task<IEnumerable<string?>> ClaimIdsAsync(IWhatsSessionStore store, Instant now, int limit = 100) =>
        (await store.ClaimAsync(At(now, limit), Token)).Select(static claim => claim.Event.Message?.Value);
}
