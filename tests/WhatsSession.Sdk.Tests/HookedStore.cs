using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests;

/// <summary>A store that runs a hook before each call, named as the method: to fail, to wait or to count.</summary>
internal sealed class HookedStore(IWhatsSessionStore inner) : IWhatsSessionStore
{
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called with the batch, before it is kept.</summary>
    public Func<IngestBatch, Task> Ingesting { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called with the claims, before they are handed out.</summary>
    public Func<IReadOnlyList<ClaimedEvent>, Task> Claimed { get; set; } = _ => Task.CompletedTask;

    public IWhatsSessionStore Inner => inner;

    public List<SendIntent> Intents { get; } = [];

    public StoreDurability Durability { get; init; } = inner.Durability;

    public override string ToString() => inner.ToString()!;

    /// <summary>Throws as a store that is away does, for these methods.</summary>
    public void Fail(params string[] methods) => Before = method =>
        methods.Contains(method, StringComparer.Ordinal) ? throw new StoreUnavailableException("away") : Task.CompletedTask;

    public async ValueTask OpenAsync(CancellationToken cancellationToken = default)
    {
        await Before(nameof(OpenAsync));
        await inner.OpenAsync(cancellationToken);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken = default)
    {
        await Before(nameof(ProbeAsync));
        await inner.ProbeAsync(cancellationToken);
    }

    public async ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default)
    {
        await Before(nameof(IngestAsync));
        await Ingesting(batch);
        return await inner.IngestAsync(batch, cancellationToken);
    }

    public async ValueTask<Instant?> ReadTimeAsync(CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReadTimeAsync));
        return await inner.ReadTimeAsync(cancellationToken);
    }

    public async ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReadAsync));
        return await inner.ReadAsync(conversation, cancellationToken);
    }

    public async ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, Instant now, CancellationToken cancellationToken = default)
    {
        await Before(nameof(JoinAsync));
        await inner.JoinAsync(conversation, facts, now, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReadLogAsync));
        return await inner.ReadLogAsync(conversation, before, limit, cancellationToken);
    }

    public async ValueTask<bool> HasNewerInboundAsync(ConversationKey conversation, InboundPoint point, CancellationToken cancellationToken = default)
    {
        await Before(nameof(HasNewerInboundAsync));
        return await inner.HasNewerInboundAsync(conversation, point, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ClaimAsync));
        var claims = await inner.ClaimAsync(request, cancellationToken);
        await Claimed(claims);
        return claims;
    }

    public async ValueTask<bool> CountTryAsync(ClaimedEvent claim, CancellationToken cancellationToken = default)
    {
        await Before(nameof(CountTryAsync));
        return await inner.CountTryAsync(claim, cancellationToken);
    }

    public async ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default)
    {
        await Before(nameof(RenewAsync));
        await inner.RenewAsync(claims, until, cancellationToken);
    }

    public async ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default)
    {
        await Before(nameof(MarkHandledAsync));
        return await inner.MarkHandledAsync(claim, handler, cancellationToken);
    }

    public async ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default)
    {
        await Before(nameof(FinishAsync));
        return await inner.FinishAsync(claim, result, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ClaimedEvent>> CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default)
    {
        await Before(nameof(CompleteAsync));
        return await inner.CompleteAsync(claims, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(ParkedEvent? after, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ListParkedAsync));
        return await inner.ListParkedAsync(after, limit, cancellationToken);
    }

    public async ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReplayAsync));
        return await inner.ReplayAsync(parked, cancellationToken);
    }

    public async ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        await Before(nameof(DiscardAsync));
        return await inner.DiscardAsync(parked, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(QuarantinedPayload? after, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ListQuarantinedAsync));
        return await inner.ListQuarantinedAsync(after, limit, cancellationToken);
    }

    public async ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default)
    {
        await Before(nameof(RemoveQuarantinedAsync));
        return await inner.RemoveQuarantinedAsync(key, cancellationToken);
    }

    public async ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default)
    {
        await Before(nameof(SweepAsync));
        return await inner.SweepAsync(sweep, cancellationToken);
    }

    public async ValueTask<bool> SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        await Before(nameof(SaveIntentAsync));
        Intents.Add(intent);
        return await inner.SaveIntentAsync(intent, cancellationToken);
    }

    public async ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default)
    {
        await Before(nameof(SettleIntentAsync));
        await inner.SettleIntentAsync(settlement, cancellationToken);
    }

    public async ValueTask<FallbackHolder?> ClaimFallbackAsync(FallbackClaim claim, IntentId intent, string template, Instant now, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ClaimFallbackAsync));
        return await inner.ClaimFallbackAsync(claim, intent, template, now, cancellationToken);
    }

    public async ValueTask ReleaseFallbackAsync(FallbackClaim claim, IntentId intent, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReleaseFallbackAsync));
        await inner.ReleaseFallbackAsync(claim, intent, cancellationToken);
    }

    public async ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default)
    {
        await Before(nameof(EnqueueAsync));
        return await inner.EnqueueAsync(work, cancellationToken);
    }

    public async ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReadSendAsync));
        return await inner.ReadSendAsync(intent, cancellationToken);
    }

    public async ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, long saveToken, CancellationToken cancellationToken = default)
    {
        await Before(nameof(TakeRetryAsync));
        return await inner.TakeRetryAsync(intent, refused, saveToken, cancellationToken);
    }

    public async ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReadDeliveryAsync));
        return await inner.ReadDeliveryAsync(number, message, cancellationToken);
    }

    public async ValueTask<bool> HoldAsync(HeldMessage held, Instant? seen, CancellationToken cancellationToken = default)
    {
        await Before(nameof(HoldAsync));
        return await inner.HoldAsync(held, seen, cancellationToken);
    }

    public async ValueTask<bool> ReleaseHeldAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReleaseHeldAsync));
        return await inner.ReleaseHeldAsync(intent, cancellationToken);
    }

    public async ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken = default)
    {
        await Before(nameof(CancelHeldAsync));
        return await inner.CancelHeldAsync(conversation, held, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(ConversationKey conversation, HeldMessage? after, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ListHeldAsync));
        return await inner.ListHeldAsync(conversation, after, limit, cancellationToken);
    }

    public async ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default)
    {
        await Before(nameof(FindHeldAsync));
        return await inner.FindHeldAsync(held, cancellationToken);
    }

    public async ValueTask<HeldMessage?> TakeHeldAsync(IntentId held, CancellationToken cancellationToken = default)
    {
        await Before(nameof(TakeHeldAsync));
        return await inner.TakeHeldAsync(held, cancellationToken);
    }

    public async ValueTask<SequenceRun?> StartSequenceAsync(SequenceRun run, Instant asked, CancellationToken cancellationToken = default)
    {
        await Before(nameof(StartSequenceAsync));
        return await inner.StartSequenceAsync(run, asked, cancellationToken);
    }

    public async ValueTask<bool> SaveSequenceAsync(SequenceRun run, CancellationToken cancellationToken = default)
    {
        await Before(nameof(SaveSequenceAsync));
        return await inner.SaveSequenceAsync(run, cancellationToken);
    }

    public async ValueTask<SequenceRun?> FindSequenceAsync(IntentId run, CancellationToken cancellationToken = default)
    {
        await Before(nameof(FindSequenceAsync));
        return await inner.FindSequenceAsync(run, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(SequenceRun? after, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ListSequencesAsync));
        return await inner.ListSequencesAsync(after, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(ConversationKey conversation, SequenceRun? after, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ListSequencesAsync));
        return await inner.ListSequencesAsync(conversation, after, limit, cancellationToken);
    }

    public async ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, KeyedSend send, Instant now, CancellationToken cancellationToken = default)
    {
        await Before(nameof(TakeKeyAsync));
        return await inner.TakeKeyAsync(key, send, now, cancellationToken);
    }

    public async ValueTask RecordOutcomeAsync(IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default)
    {
        await Before(nameof(RecordOutcomeAsync));
        await inner.RecordOutcomeAsync(key, intent, outcome, cancellationToken);
    }

    public async ValueTask ReleaseKeyAsync(IdempotencyKey key, IntentId intent, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ReleaseKeyAsync));
        await inner.ReleaseKeyAsync(key, intent, cancellationToken);
    }

    public async ValueTask<bool> CompleteFallbackAsync(FallbackClaim claim, IntentId intent, MessageId? message, CancellationToken cancellationToken = default)
    {
        await Before(nameof(CompleteFallbackAsync));
        return await inner.CompleteFallbackAsync(claim, intent, message, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ClaimedFallback>> ListAbandonedFallbacksAsync(Instant claimedBefore, ClaimedFallback? after, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ListAbandonedFallbacksAsync));
        return await inner.ListAbandonedFallbacksAsync(claimedBefore, after, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<RefusedClaim>> ListRefusedFallbacksAsync(RefusedClaim? after, int limit, CancellationToken cancellationToken = default)
    {
        await Before(nameof(ListRefusedFallbacksAsync));
        return await inner.ListRefusedFallbacksAsync(after, limit, cancellationToken);
    }

    public async ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default)
    {
        await Before(nameof(EraseAsync));
        await inner.EraseAsync(conversation, at, cancellationToken);
    }
}
