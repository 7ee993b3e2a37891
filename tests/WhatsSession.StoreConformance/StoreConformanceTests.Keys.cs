using System.Text;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    private static readonly IdempotencyKey Key = new(Number, "order-42");
    private static readonly FallbackClaim Claim = new(ByPhone, Start, "order_shipped|42");

    [Fact]
    public async Task TakeKeyAsync_FreeKey_IsTakenByOne()
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone, intent), Start, Token));
        var found = (await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token))!.Value;
        Assert.Equal(intent, found.Intent);
        Assert.Equal(Content, found.Content.ToArray());
        Because.True(found.Outcome.IsEmpty, "it is not recorded yet");
        Because.Null(await store.TakeKeyAsync(Key with { Number = OtherNumber }, Keyed(new ConversationKey(OtherNumber, Phone)), Start, Token), "a key is a number's");
        Because.Null(await store.TakeKeyAsync(Key with { Key = "ORDER-42" }, Keyed(ByPhone), Start, Token), "case counts");
    }

    [Fact]
    public async Task TakeKeyAsync_AfterItsTime_IsItsNewSendsAndGoesWithThat()
    {
        var store = await CreateAsync();
        await PassAsync(store, Start);
        await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token);
        await PassAsync(store, Start + Duration.FromDays(9));
        await store.TakeKeyAsync(Key, Keyed(BySecondPhone), Start + Duration.FromDays(9), Token);
        await store.EraseAsync(ByPhone, Start + Duration.FromDays(9), Token);
        Assert.NotNull(await store.TakeKeyAsync(Key, Keyed(BySecondPhone), Start + Duration.FromDays(9), Token));
        await store.EraseAsync(BySecondPhone, Start + Duration.FromDays(9), Token);
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(BySecondPhone), Start + Duration.FromDays(9), Token));
    }

    [Fact]
    public async Task TakeKeyAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var found = await RaceAsync(store, static async s => await s.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token));
        Assert.Single(found, static other => other == null);
        Assert.Single(found.Where(static other => other is not null).Select(static other => other!.Value.Intent).Distinct());
    }

    [Fact]
    public async Task RecordOutcomeAsync_TakenKey_GivesTheOutcomeToTheOthers()
    {
        var store = await CreateAsync();
        var (intent, outcome) = (IntentId.New(), """{"outcome":"accepted"}"""u8.ToArray());
        await store.TakeKeyAsync(Key, Keyed(ByPhone, intent), Start, Token);
        await store.RecordOutcomeAsync(Key, intent, outcome, Token);
        outcome.AsSpan().Clear();
        var found = (await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token))!.Value;
        Because.Equal("""{"outcome":"accepted"}""", Encoding.UTF8.GetString(found.Outcome.Span), "the store keeps bytes of its own");

        await store.RecordOutcomeAsync(Key with { Key = "never taken" }, intent, outcome, Token);
        Assert.Null(await store.TakeKeyAsync(Key with { Key = "never taken" }, Keyed(ByPhone), Start, Token));
    }

    [Fact]
    public async Task ReleaseKeyAsync_TakenKey_IsFree()
    {
        var store = await CreateAsync();
        var intent = IntentId.New();
        await store.TakeKeyAsync(Key, Keyed(ByPhone, intent), Start, Token);
        await store.ReleaseKeyAsync(Key, intent, Token);
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token));
        await store.ReleaseKeyAsync(Key with { Key = "never taken" }, intent, Token);
    }

    // Its customer was erased while it was under way, and with that the key became another send's.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReleaseKeyAsync_KeyThatAnotherSendHasByNow_LeavesItToThat(bool records)
    {
        var store = await CreateAsync();
        var (former, holder) = (IntentId.New(), IntentId.New());
        await store.TakeKeyAsync(Key, Keyed(ByPhone, former), Start, Token);
        await store.EraseAsync(ByPhone, Start, Token);
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(BySecondPhone, holder), Start, Token));

        await (records ? store.RecordOutcomeAsync(Key, former, "{}"u8.ToArray(), Token) : store.ReleaseKeyAsync(Key, former, Token));

        var found = await store.TakeKeyAsync(Key, Keyed(BySecondPhone), Start, Token);
        Because.Equal(holder, found?.Intent, "a third send would make the message again");
        Because.True(found!.Value.Outcome.IsEmpty, "nothing is known of it yet");
    }

    [Fact]
    public async Task TakeKeyAsync_After8Days_IsFreeAgain()
    {
        var store = await CreateAsync();
        await PassAsync(store, Start);
        var intent = IntentId.New();
        await store.TakeKeyAsync(Key, Keyed(ByPhone, intent), Start, Token);
        await store.RecordOutcomeAsync(Key, intent, "{}"u8.ToArray(), Token);
        await PassAsync(store, Start + Duration.FromDays(8));
        Assert.Equal(intent, (await store.TakeKeyAsync(Key, Keyed(ByPhone), Start + Duration.FromDays(8), Token))!.Value.Intent);
        await PassAsync(store, Start + Duration.FromDays(9));
        Assert.Null(await store.TakeKeyAsync(Key, Keyed(ByPhone), Start + Duration.FromDays(9), Token));
        Because.True((await store.TakeKeyAsync(Key, Keyed(ByPhone), Start + Duration.FromDays(10), Token))!.Value.Outcome.IsEmpty, "that was another send");
    }

    [Fact]
    public async Task TakeKeyAsync_ByAnotherIdentifierOfTheCustomer_IsOfTheSameCustomer()
    {
        var store = await CreateAsync();
        await store.TakeKeyAsync(Key, Keyed(ByPhone), Start, Token);
        Because.True(await IsOfSameCustomerAsync(store, ByPhone), "it is the same identifier");
        Because.False(await IsOfSameCustomerAsync(store, ByUser), "nothing has joined them yet");

        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer)), Token);
        Because.True(await IsOfSameCustomerAsync(store, ByUser), "a link has joined them");

        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);
        Because.True(await IsOfSameCustomerAsync(store, BySecondUser), "the user id was replaced");
        Because.False(await IsOfSameCustomerAsync(store, BySecondPhone), "that is somebody else");
        Because.False(await IsOfSameCustomerAsync(store, InGroup), "a group is no customer");
    }

    [Fact]
    public async Task TakeKeyAsync_ByTheDialledNumber_IsOfTheSameCustomerFromTheAliasOn()
    {
        var store = await CreateAsync();
        var intent = Intent(BySecondPhone, Start, "Hello");
        await store.TakeKeyAsync(Key, Keyed(BySecondPhone), Start, Token);
        Assert.False(await IsOfSameCustomerAsync(store, ByPhone));
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(
            new SendSettlement(intent.Id, IntentState.Accepted, Sent) { Conversation = BySecondPhone, Alias = new IdentityAlias(SecondPhone, Phone), At = Start }, Token);
        Assert.True(await IsOfSameCustomerAsync(store, ByPhone));
        Assert.True(await IsOfSameCustomerAsync(store, BySecondPhone));
    }

    private static async Task<bool> IsOfSameCustomerAsync(IWhatsSessionStore store, ConversationKey conversation) =>
        (await store.TakeKeyAsync(Key, Keyed(conversation), Start, Token))!.Value.IsSameCustomer;

    [Fact]
    public async Task ListAbandonedFallbacksAsync_Claims_AreThoseNeitherCompletedNorReleased()
    {
        var store = await CreateAsync();
        var (completed, released, later) = (Claim with { Key = "completed" }, Claim with { Key = "released" }, Claim with { Conversation = ByUser });
        var (first, second, mine) = (IntentId.New(), IntentId.New(), IntentId.New());
        await ClaimAsync(store, later, Start + Duration.FromSeconds(2), second);
        await ClaimAsync(store, completed, Start, mine);
        await ClaimAsync(store, released, Start, mine);
        await ClaimAsync(store, Claim, Start + Duration.FromTicks(1), first);
        Assert.True(await store.CompleteFallbackAsync(completed, mine, Sent, Token));
        Because.False(await store.CompleteFallbackAsync(completed, mine, Sent, Token), "it was noted before");
        await store.ReleaseFallbackAsync(released, mine, Token);
        Assert.False(await store.CompleteFallbackAsync(Claim with { Key = "never claimed" }, mine, Sent, Token));

        var all = Start + Duration.FromDays(1);
        ClaimedFallback[] abandoned = [new(Claim, first, "order_shipped", Start + Duration.FromTicks(1)), new(later, second, "order_shipped", Start + Duration.FromSeconds(2))];
        Assert.Equal(abandoned, await store.ListAbandonedFallbacksAsync(all, after: null, 10, Token));
        Assert.Single(await store.ListAbandonedFallbacksAsync(all, after: null, 1, Token));
        Assert.Empty(await store.ListAbandonedFallbacksAsync(Start + Duration.FromTicks(1), after: null, 10, Token));
        Because.False(await ClaimAsync(store, completed, Start), "it was sent");
    }

    [Fact]
    public async Task ClaimFallbackAsync_After8Days_IsFreeAgain()
    {
        var store = await CreateAsync();
        await PassAsync(store, Start);
        var intent = IntentId.New();
        await ClaimAsync(store, Claim, Start, intent);
        await store.CompleteFallbackAsync(Claim, intent, message: null, Token);
        await PassAsync(store, Start + Duration.FromDays(8));
        Assert.False(await ClaimAsync(store, Claim, Start + Duration.FromDays(8)));
        await PassAsync(store, Start + Duration.FromDays(9));
        Assert.True(await ClaimAsync(store, Claim, Start + Duration.FromDays(9)));
        await ClaimAsync(store, Claim with { Key = "abandoned" }, Start);
        await store.IngestAsync(Batch(Notice("n", Number, Start + Duration.FromDays(19))), Token);
        Assert.Empty(await store.ListAbandonedFallbacksAsync(Instant.MaxValue, after: null, 10, Token));
    }

    [Fact]
    public async Task ClaimFallbackAsync_ByTheFormerUserId_IsRefused()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start)), Token);
        Assert.True(await ClaimAsync(store, Claim with { Conversation = ByUser }, Start));
        Assert.False(await ClaimAsync(store, Claim with { Conversation = BySecondUser }, Start));
    }
}
