using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>Claims of fallback templates, and what statuses say of the sends that hold them.</content>
public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ClaimFallbackAsync_Held_TellsWhoHoldsIt()
    {
        var store = await CreateAsync();
        var holder = IntentId.New();
        Assert.True(await ClaimAsync(store, Claim, Start, holder));
        Assert.Equal(new FallbackHolder(holder, Refusal: null), await store.ClaimFallbackAsync(Claim, IntentId.New(), "order_shipped", Start, Token));
        Assert.Equal(new FallbackHolder(holder, Refusal: null), await store.ClaimFallbackAsync(Claim, holder, "order_shipped", Start, Token));
    }

    [Fact]
    public async Task CompleteAndReleaseFallbackAsync_ByAnotherSend_ChangeNothing()
    {
        var store = await CreateAsync();
        var (holder, other) = (IntentId.New(), IntentId.New());
        await ClaimAsync(store, Claim, Start, holder);

        Assert.False(await store.CompleteFallbackAsync(Claim, other, Sent, Token));
        await store.ReleaseFallbackAsync(Claim, other, Token);

        Assert.Equal(holder, (await ListAbandonedAsync(store)).Single().Intent);
        Because.False(await ClaimAsync(store, Claim, Start), "another send cannot give it back");
    }

    // The process ended between the request and the note: the statuses are all that is heard of it.
    [Theory]
    [InlineData("sent")]
    [InlineData("delivered")]
    [InlineData("read")]
    [InlineData("failed")]
    public async Task IngestAsync_StatusOfASendThatHoldsAClaim_SettlesIt(string status)
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        await ClaimAsync(store, Claim, Start, intent);
        await ClaimAsync(store, Claim with { Key = "another" }, Start);

        await store.IngestAsync(Batch(Status("sent", new DeliveryStatus(status), ByPhone, Start, Error(GraphErrorCodes.Undeliverable, status), intent)), Token);

        Assert.Equal("another", (await ListAbandonedAsync(store)).Single().Claim.Key);
        Assert.False(await ClaimAsync(store, Claim, Start + Duration.FromDays(2)));
    }

    [Fact]
    public async Task IngestAsync_StatusOfAMessageOfSomebodyElse_SettlesNoClaim()
    {
        var store = await CreateAsync();
        await ClaimAsync(store, Claim, Start);
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Delivered, ByPhone, Start), Status("two", DeliveryStatus.Delivered, ByPhone, Start, intent: IntentId.New())), Token);
        Assert.Single(await ListAbandonedAsync(store));
    }

    [Theory]
    [InlineData(GraphErrorCodes.TemplatePaused)]
    [InlineData(GraphErrorCodes.PaymentIssue)]
    [InlineData(GraphErrorCodes.ThroughputReached)]
    public async Task ClaimFallbackAsync_MessageFailedAndALaterTryCanSucceed_IsFreeAgain(int code)
    {
        var store = await CreateAsync();
        var (first, second) = (IntentId.New(), IntentId.New());
        await ClaimAsync(store, Claim, Start, first);
        await store.CompleteFallbackAsync(Claim, first, Sent, Token);
        await store.IngestAsync(Batch(Failed("sent", code, first)), Token);

        Assert.True(await ClaimAsync(store, Claim, Start, second));
        Because.False(await ClaimAsync(store, Claim, Start), "it is held anew");
        Assert.Equal(second, (await ListAbandonedAsync(store)).Single().Intent);
    }

    [Theory]
    [InlineData(GraphErrorCodes.Undeliverable)]
    [InlineData(GraphErrorCodes.MarketingStopped)]
    [InlineData(GraphErrorCodes.SomethingWentWrong)]
    [InlineData(1234567)]
    public async Task ClaimFallbackAsync_MessageFailedAndNoTryCanSucceed_TellsTheRefusal(int code)
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        await ClaimAsync(store, Claim, Start, intent);
        await store.CompleteFallbackAsync(Claim, intent, Sent, Token);
        await store.IngestAsync(Batch(Failed("sent", code, intent)), Token);

        var holder = await store.ClaimFallbackAsync(Claim, IntentId.New(), "order_shipped", Start + Duration.FromDays(7), Token);

        Assert.Equal(new FallbackHolder(intent, new DeliveryFailure(Start, Error(code)!)), holder);
    }

    [Fact]
    public async Task ClaimFallbackAsync_MessageFailedForADay_IsFreeWhenTheDayIsOver()
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        await ClaimAsync(store, Claim, Start, intent);
        await store.IngestAsync(Batch(Failed("sent", GraphErrorCodes.EngagementLimit, intent)), Token);

        var early = await store.ClaimFallbackAsync(Claim, IntentId.New(), "order_shipped", Start + Duration.FromDays(1) - Duration.FromTicks(1), Token);
        Assert.Equal(GraphErrorCodes.EngagementLimit, early?.Refusal?.Error.Code);
        Assert.True(await ClaimAsync(store, Claim, Start + Duration.FromDays(1)));
    }

    // A message may be told to have failed and to be delivered: the customer has it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClaimFallbackAsync_MessageFailedAndWasDelivered_StaysClaimed(bool failedFirst)
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        await ClaimAsync(store, Claim, Start, intent);
        StoredEvent[] statuses = [Status("sent", DeliveryStatus.Delivered, ByPhone, Start, intent: intent), Failed("sent", GraphErrorCodes.PaymentIssue, intent)];
        foreach (var status in failedFirst ? statuses.AsEnumerable().Reverse() : statuses)
        {
            await store.IngestAsync(Batch(status), Token);
        }

        Assert.Equal(new FallbackHolder(intent, Refusal: null), await store.ClaimFallbackAsync(Claim, IntentId.New(), "order_shipped", Start, Token));
    }

    // The status of the first send comes again, or late, when its claim is somebody else's.
    [Fact]
    public async Task IngestAsync_StatusFailsASendThatHoldsTheClaimNoMore_LeavesItToItsHolder()
    {
        var store = await CreateAsync();
        var (first, second) = (IntentId.New(), IntentId.New());
        await ClaimAsync(store, Claim, Start, first);
        await store.ReleaseFallbackAsync(Claim, first, Token);
        await ClaimAsync(store, Claim, Start, second);

        await store.IngestAsync(Batch(Failed("sent", GraphErrorCodes.PaymentIssue, first)), Token);

        Assert.Equal(second, (await ListAbandonedAsync(store)).Single().Intent);
        Assert.Equal(new FallbackHolder(second, Refusal: null), await store.ClaimFallbackAsync(Claim, IntentId.New(), "order_shipped", Start, Token));
    }

    [Fact]
    public async Task ClaimFallbackAsync_MessageFailedUnderAnotherIdentifierOfTheCustomer_IsFreeAgain()
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        await store.IngestAsync(Batch(Text("link", ByUser, Start, OneCustomer)), Token);
        await ClaimAsync(store, Claim with { Conversation = ByPhone }, Start, intent);
        await store.IngestAsync(Batch(Failed("sent", GraphErrorCodes.PaymentIssue, intent)), Token);

        Assert.True(await ClaimAsync(store, Claim with { Conversation = ByUser }, Start));
        Assert.False(await ClaimAsync(store, Claim with { Conversation = ByPhone }, Start));
    }

    [Fact]
    public async Task ListAbandonedFallbacksAsync_PageByPage_GivesEachOnceInOneOrder()
    {
        var store = await CreateAsync();
        for (var i = 0; i < 9; i++)
        {
            await ClaimAsync(store, Claim with { Key = $"k{i}" }, Start + Duration.FromSeconds(i / 3));
        }

        var whole = await ListAbandonedAsync(store);
        var paged = new List<ClaimedFallback>();
        while (await store.ListAbandonedFallbacksAsync(Instant.MaxValue, paged.LastOrDefault(), 2, Token) is { Count: > 0 } page)
        {
            paged.AddRange(page);
            if (paged.Count == 4)
            {
                // The last of a page need not be there any more.
                await store.CompleteFallbackAsync(paged[3].Claim, paged[3].Intent, message: null, Token);
            }
        }

        Assert.Equal(9, whole.Count);
        Assert.Equal(whole, paged);
        Assert.Equal(whole.OrderBy(static entry => entry.ClaimedAt).ThenBy(static entry => entry.Intent.ToString(), StringComparer.Ordinal), whole);
        Assert.Equal(8, (await ListAbandonedAsync(store)).Count);
    }

    private static ValueTask<IReadOnlyList<ClaimedFallback>> ListAbandonedAsync(IWhatsSessionStore store) =>
        store.ListAbandonedFallbacksAsync(Instant.MaxValue, after: null, 100, Token);

    private static StoredEvent Failed(string message, int code, IntentId intent) =>
        Status(message, DeliveryStatus.Failed, ByPhone, Start, Error(code), intent);

    private static GraphError? Error(int code, string status = "failed") =>
        status == "failed" ? new GraphError { Code = code, Message = "refused", Category = GraphErrorCodes.CategoryOf(code) } : null;
}
