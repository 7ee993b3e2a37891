using NodaTime;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>A durable store that cannot be reached.</summary>
internal sealed class AbsentStore : IWhatsSessionStore
{
    public StoreDurability Durability => StoreDurability.Host;

    public ValueTask OpenAsync(CancellationToken cancellationToken = default) => default;

    public ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) => new([]);

    public ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask SettleIntentAsync(IntentId intent, IntentState state, MessageId? message, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask<bool> ClaimFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default) => throw Away();

    public ValueTask ReleaseFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default) => throw Away();

    private static StoreUnavailableException Away() => new("away");
}
