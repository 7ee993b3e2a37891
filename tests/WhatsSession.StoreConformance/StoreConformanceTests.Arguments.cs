using System.Runtime.CompilerServices;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    private static ConversationKey Nobody => default;

    [Fact]
    public async Task InboxMethods_ArgumentsThatAreNone_AreRefusedAsArguments()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        var claim = await ClaimOneAsync(store, Start);
        await AssertRefusesAsync(async () => await store.IngestAsync(null!, Token));
        await AssertRefusesAsync(async () => await store.IngestAsync(new IngestBatch { Events = [null!], ReceivedAt = Start }, Token));
        await AssertRefusesAsync(async () => await store.IngestAsync(Batch(OfNoLane()), Token));
        await AssertRefusesAsync(async () => await store.EnqueueAsync(null!, Token));
        await AssertRefusesAsync(async () => await store.EnqueueAsync(OfNoLane(), Token));
        await AssertRefusesAsync(async () => await store.RenewAsync(null!, Start, Token));
        await AssertRefusesAsync(async () => await store.RenewAsync([null!], Start, Token));
        await AssertRefusesAsync(async () => await store.MarkHandledAsync(null!, "handler", Token));
        await AssertRefusesAsync(async () => await store.MarkHandledAsync(claim, null!, Token));
        await AssertRefusesAsync(async () => await store.FinishAsync(null!, DispatchResult.Completed.Instance, Token));
        await AssertRefusesAsync(async () => await store.FinishAsync(claim, null!, Token));
        await AssertRefusesAsync(async () => await store.CompleteAsync(null!, Token));
        await AssertRefusesAsync(async () => await store.CompleteAsync([null!], Token));
        await AssertRefusesAsync(async () => await store.ReplayAsync(null!, Token));
        await AssertRefusesAsync(async () => await store.ReplayAsync([null!], Token));
        await AssertRefusesAsync(async () => await store.DiscardAsync(null!, Token));
        await AssertRefusesAsync(async () => await store.DiscardAsync([null!], Token));
        await AssertRefusesAsync(async () => await store.SweepAsync(null!, Token));
        Because.True(await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token), "what was refused changed nothing");
    }

    [Fact]
    public async Task ConversationMethods_ArgumentsThatAreNone_AreRefusedAsArguments()
    {
        var store = await CreateAsync();
        var facts = new ConversationState(Start, denied: null);
        await AssertRefusesAsync(async () => await store.ReadAsync(Nobody, Token));
        await AssertRefusesAsync(async () => await store.JoinAsync(Nobody, facts, Start, Token));
        await AssertRefusesAsync(async () => await store.JoinAsync(null!, Start, Token));
        await AssertRefusesAsync(async () => await store.JoinAsync([(Nobody, facts)], Start, Token));
        await AssertRefusesAsync(async () => await store.ReadLogAsync(Nobody, before: null, 1, Token));
        await AssertRefusesAsync(async () => await store.EraseAsync(Nobody, Start, Token));
    }

    [Fact]
    public async Task SendMethods_ArgumentsThatAreNone_AreRefusedAsArguments()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await AssertRefusesAsync(async () => await store.SaveIntentAsync(null!, Token));
        await AssertRefusesAsync(async () => await store.SaveIntentAsync(Intent(Nobody, Start, "Hello"), Token));
        await AssertRefusesAsync(async () => await store.SaveIntentAsync(WithoutId(), Token));
        await AssertRefusesAsync(async () => await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, default(MessageId)), Token));
        await AssertRefusesAsync(async () => await store.SettleIntentAsync(new SendSettlement(intent.Id, (IntentState)77, Sent), Token));
        await AssertRefusesAsync(async () => await store.SettleIntentAsync(
            new SendSettlement(intent.Id, IntentState.Accepted, Sent) { Facts = new ConversationState(Start, denied: null) }, Token));
        await AssertRefusesAsync(async () => await store.TakeRetryAsync(intent.Id, default, 0, Token));
        await AssertRefusesAsync(async () => await store.TakeKeyAsync(default, Keyed(ByPhone), Start, Token));
        await AssertRefusesAsync(async () => await store.TakeKeyAsync(Key, default, Start, Token));
        await AssertRefusesAsync(async () => await store.TakeKeyAsync(Key, Keyed(new ConversationKey(OtherNumber, Phone)), Start, Token));
        await AssertRefusesAsync(async () => await store.ClaimFallbackAsync(null!, intent.Id, "order_shipped", Start, Token));
        await AssertRefusesAsync(async () => await store.ClaimFallbackAsync(Claim with { Key = null! }, intent.Id, "order_shipped", Start, Token));
        await AssertRefusesAsync(async () => await store.ClaimFallbackAsync(Claim with { Conversation = Nobody }, intent.Id, "order_shipped", Start, Token));
        await AssertRefusesAsync(async () => await store.ClaimFallbackAsync(Claim, default, "order_shipped", Start, Token));
        await AssertRefusesAsync(async () => await store.ClaimFallbackAsync(Claim, intent.Id, null!, Start, Token));
        await AssertRefusesAsync(async () => await store.CompleteFallbackAsync(null!, intent.Id, message: null, Token));
        await AssertRefusesAsync(async () => await store.ReleaseFallbackAsync(null!, intent.Id, Token));
        AssertIs((await store.ReadSendAsync(intent.Id, Token))!, IntentState.Pending, message: null, retriedAfter: null);
    }

    [Fact]
    public async Task HeldMethods_ArgumentsThatAreNone_AreRefusedAsArguments()
    {
        var store = await CreateAsync();
        await AssertRefusesAsync(async () => await store.HoldAsync(null!, seen: null, Token));
        await AssertRefusesAsync(async () => await store.HoldAsync(Held(Nobody, Start, "Hello"), seen: null, Token));
        await AssertRefusesAsync(async () => await store.HoldAsync(new HeldMessage { Intent = WithoutId(), ExpiresAt = Start }, seen: null, Token));
        await AssertRefusesAsync(async () => await store.ListHeldAsync(Nobody, after: null, 1, Token));
        await AssertRefusesAsync(async () => await store.ReleaseHeldAsync(null!, Token));
        await AssertRefusesAsync(async () => await store.ReleaseHeldAsync(WithoutId(), Token));
        await AssertRefusesAsync(async () => await store.CancelHeldAsync(Nobody, IntentId.New(), Token));
    }

    private static StoredEvent OfNoLane() => Copy("a", ByPhone, Start, (EventLane)77);

    private static SendIntent WithoutId() => new() { Id = default, Conversation = ByPhone, Message = new TextMessage("Hello"), CreatedAt = Start };

    private static async Task AssertRefusesAsync(Func<Task> call, [CallerArgumentExpression(nameof(call))] string text = "") =>
        Assert.True(await Record.ExceptionAsync(call) is ArgumentException, $"This does not throw an ArgumentException: {text}");
}
