using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>A durable store that cannot be reached.</summary>
internal sealed class AbsentStore : IWhatsSessionStore
{
    public StoreDurability Durability => StoreDurability.Host;

    public ValueTask OpenAsync(CancellationToken cancellationToken = default) => default;

    public ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<Instant?> ReadTimeAsync(CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, Instant now, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> HasNewerInboundAsync(ConversationKey conversation, InboundPoint point, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) => new([]);

    public ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> CountTryAsync(ClaimedEvent claim, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<ClaimedEvent>> CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(ParkedEvent? after, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(QuarantinedPayload? after, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<FallbackHolder?> ClaimFallbackAsync(FallbackClaim claim, IntentId intent, string template, Instant now, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask ReleaseFallbackAsync(FallbackClaim claim, IntentId intent, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, long saveToken, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> HoldAsync(HeldMessage held, Instant? seen, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(ConversationKey conversation, HeldMessage? after, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> ReleaseHeldAsync(SendIntent intent, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<HeldMessage?> TakeHeldAsync(IntentId held, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<SequenceRun?> StartSequenceAsync(SequenceRun run, Instant asked, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> SaveSequenceAsync(SequenceRun run, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<SequenceRun?> FindSequenceAsync(IntentId run, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(SequenceRun? after, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(ConversationKey conversation, SequenceRun? after, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, KeyedSend send, Instant now, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask RecordOutcomeAsync(
        IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask ReleaseKeyAsync(IdempotencyKey key, IntentId intent, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> CompleteFallbackAsync(FallbackClaim claim, IntentId intent, MessageId? message, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<ClaimedFallback>> ListAbandonedFallbacksAsync(Instant claimedBefore, ClaimedFallback? after, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<RefusedClaim>> ListRefusedFallbacksAsync(RefusedClaim? after, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default) => throw Away();

    private static StoreUnavailableException Away() => new("away");
}
