using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>The list of fallback templates that were accepted and then refused by a status.</content>
public abstract partial class StoreConformanceTests
{
    // Message and failure become known in either order, by a status that names the send or by the answer.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task ListRefusedFallbacksAsync_MessageFailed_IsListedOnceWithItsError(bool failedFirst, bool namesTheSend)
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        var failed = Status("sent", DeliveryStatus.Failed, ByPhone, Start, Error(GraphErrorCodes.Undeliverable), namesTheSend ? intent : null);
        await ClaimAsync(store, Claim, Start, intent);
        await ClaimAsync(store, Claim with { Key = "another" }, Start);
        Assert.Empty(await ListRefusedAsync(store));
        if (failedFirst)
        {
            await store.IngestAsync(Batch(failed), Token);
            await store.CompleteFallbackAsync(Claim, intent, Sent, Token);
        }
        else
        {
            await store.CompleteFallbackAsync(Claim, intent, Sent, Token);
            await store.IngestAsync(Batch(failed), Token);
        }

        await store.IngestAsync(Batch(failed, Status("other", DeliveryStatus.Failed, ByPhone, Start, Error(GraphErrorCodes.PaymentIssue))), Token);

        var refused = Assert.Single(await ListRefusedAsync(store));
        Assert.Equal(
            new RefusedClaim(new ClaimedFallback(Claim, intent, "order_shipped", Start), Sent, new DeliveryFailure(Start, Error(GraphErrorCodes.Undeliverable)!)),
            refused);
        var other = await OpenAnotherAsync(store);
        Assert.Equal(refused, Assert.Single(await ListRefusedAsync(other)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListRefusedFallbacksAsync_MessageWasDelivered_IsNotListed(bool failedFirst)
    {
        var store = await CreateAsync();
        var (intent, lost) = (IntentId.New(), IntentId.New());
        await ClaimAsync(store, Claim, Start, intent);
        await ClaimAsync(store, Claim with { Key = "lost" }, Start, lost);
        StoredEvent[] statuses = [Status("sent", DeliveryStatus.Delivered, ByPhone, Start, intent: intent), Failed("sent", GraphErrorCodes.Undeliverable, intent)];
        foreach (var status in failedFirst ? statuses.AsEnumerable().Reverse() : statuses)
        {
            await store.IngestAsync(Batch(status), Token);
        }

        await store.IngestAsync(Batch(Failed("two", GraphErrorCodes.Undeliverable, lost)), Token);

        Because.Equal(lost, Assert.Single(await store.ListRefusedFallbacksAsync(after: null, 1, Token)).Claimed.Intent, "what is passed over takes no place of a page");
    }

    [Fact]
    public async Task ListRefusedFallbacksAsync_ClaimIsTakenAnew_IsListedNoMore()
    {
        var store = await CreateAsync();
        var (first, second) = (IntentId.New(), IntentId.New());
        await ClaimAsync(store, Claim, Start, first);
        await store.IngestAsync(Batch(Failed("sent", GraphErrorCodes.TemplatePaused, first)), Token);
        Because.Single(await ListRefusedAsync(store), "nobody has tried again");

        Assert.True(await ClaimAsync(store, Claim, Start, second));
        Assert.Empty(await ListRefusedAsync(store));

        await store.IngestAsync(Batch(Failed("two", GraphErrorCodes.TemplatePaused, second)), Token);
        Assert.Equal(second, Assert.Single(await ListRefusedAsync(store)).Claimed.Intent);
        await store.ReleaseFallbackAsync(Claim, second, Token);
        Assert.Empty(await ListRefusedAsync(store));
    }

    [Fact]
    public async Task ListRefusedFallbacksAsync_ErasedOrForgotten_IsListedNoMore()
    {
        var store = await CreateAsync();
        var (intent, other) = (IntentId.New(), IntentId.New());
        await ClaimAsync(store, Claim with { Conversation = ByPhone }, Start, intent);
        await ClaimAsync(store, Claim with { Conversation = BySecondPhone }, Start, other);
        await store.IngestAsync(
            Batch(
                Failed("sent", GraphErrorCodes.Undeliverable, intent),
                Status("two", DeliveryStatus.Failed, BySecondPhone, Start, Error(GraphErrorCodes.Undeliverable), other)),
            Token);
        Assert.Equal(2, (await ListRefusedAsync(store)).Count);

        await store.EraseAsync(ByPhone, Start, Token);
        Assert.Equal(BySecondPhone, Assert.Single(await ListRefusedAsync(store)).Claimed.Claim.Conversation);

        await PassAsync(store, Start + Retention.Horizon - Duration.FromDays(1));
        Assert.Single(await ListRefusedAsync(store));
        await PassAsync(store, Start + Retention.Horizon + Duration.FromDays(1));
        Assert.Empty(await ListRefusedAsync(store));
    }

    [Fact]
    public async Task ListRefusedFallbacksAsync_PageByPage_GivesEachOnceInOneOrder()
    {
        var store = await CreateAsync();
        for (var i = 0; i < 9; i++)
        {
            var intent = IntentId.New();
            await ClaimAsync(store, Claim with { Key = $"k{i}" }, Start, intent);
            var at = Start + Duration.FromSeconds((8 - i) / 3);
            await store.IngestAsync(Batch(Status($"m{i}", DeliveryStatus.Failed, ByPhone, at, Error(GraphErrorCodes.Undeliverable), intent)), Token);
        }

        var whole = await ListRefusedAsync(store);
        var paged = new List<RefusedClaim>();
        while (await store.ListRefusedFallbacksAsync(paged.LastOrDefault(), 2, Token) is { Count: > 0 } page)
        {
            paged.AddRange(page);
            if (paged.Count == 4)
            {
                // The last of a page need not be there any more.
                await store.ReleaseFallbackAsync(paged[3].Claimed.Claim, paged[3].Claimed.Intent, Token);
            }
        }

        Assert.Equal(9, whole.Count);
        Assert.Equal(whole, paged);
        Assert.Equal(
            whole.OrderBy(static entry => entry.Failure.At).ThenBy(static entry => entry.Claimed.Intent.ToString(), StringComparer.Ordinal), whole);
        Assert.Equal(8, (await ListRefusedAsync(store)).Count);
        Assert.Empty(await store.ListRefusedFallbacksAsync(after: null, 0, Token));
    }

    private static ValueTask<IReadOnlyList<RefusedClaim>> ListRefusedAsync(IWhatsSessionStore store) =>
        store.ListRefusedFallbacksAsync(after: null, 100, Token);
}
