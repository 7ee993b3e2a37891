using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <content>Sends and what becomes of them; erasure.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc />
    public ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfNoLane(work);
        return _database.WriteAsync(session => SqliteOutbox.Enqueue(session, work), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(intent);
        var (json, details) = (intent.WriteContent(), intent.WriteDetails());
        return _database.WriteAsync(session => SqliteSends.Add(session, intent, json, details), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(settlement);
        return _database.WriteAsync(session => SqliteSends.Settle(session, settlement), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteSends.Read(session, intent), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, long saveToken, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(refused);
        return _database.WriteAsync(session => SqliteSends.TakeRetry(session, intent, refused, saveToken), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteDeliveries.Read(session, number, message), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageDelivery>> ReadDeliveriesAsync(
        PhoneNumberId number, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken = default) =>
        SqliteDeliveries.ReadAsync(_database, number, messages, cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> HoldAsync(HeldMessage held, Instant? seen, CancellationToken cancellationToken = default) =>
        SqliteHeld.HoldAsync(_database, held, seen, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(
        ConversationKey conversation, HeldMessage? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _database.ReadAsync(session => SqliteHeld.List(session, conversation, after, limit), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteHeld.Find(session, held), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> ReleaseHeldAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(intent);
        var (json, details) = (intent.WriteContent(), intent.WriteDetails());
        return _database.WriteAsync(session => SqliteHeld.Contains(session, intent.Id) && SqliteSends.Add(session, intent, json, details), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _database.WriteAsync(session => SqliteHeld.Cancel(session, conversation, held), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<HeldMessage?> TakeHeldAsync(IntentId held, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => SqliteHeld.Take(session, held), cancellationToken);

    /// <inheritdoc />
    public ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, KeyedSend send, Instant now, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(key, send);
        var content = send.Content.ToArray();
        return _database.WriteAsync(session => SqliteKeys.Take(session, key, send, content, now), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask RecordOutcomeAsync(
        IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default)
    {
        var copy = outcome.ToArray();
        return _database.WriteAsync(session => SqliteKeys.Record(session, key, intent, copy), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask ReleaseKeyAsync(IdempotencyKey key, IntentId intent, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => SqliteKeys.Release(session, key, intent), cancellationToken);

    /// <inheritdoc />
    public ValueTask<FallbackHolder?> ClaimFallbackAsync(
        FallbackClaim claim, IntentId intent, string template, Instant now, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(claim, intent, template);
        var claimed = new ClaimedFallback(claim, intent, template, now);
        return _database.WriteAsync(session => SqliteFallbacks.Claim(session, claimed), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> CompleteFallbackAsync(FallbackClaim claim, IntentId intent, MessageId? message, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(claim);
        return _database.WriteAsync(session => SqliteFallbacks.Complete(session, claim, intent, message), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask ReleaseFallbackAsync(FallbackClaim claim, IntentId intent, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfUnfit(claim);
        return _database.WriteAsync(session => SqliteFallbacks.Release(session, claim, intent), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ClaimedFallback>> ListAbandonedFallbacksAsync(
        Instant claimedBefore, ClaimedFallback? after, int limit, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteFallbacks.ListAbandoned(session, claimedBefore, after, limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<RefusedClaim>> ListRefusedFallbacksAsync(
        RefusedClaim? after, int limit, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteFallbacks.ListRefused(session, after, limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _database.EraseAsync(session => SqliteErasure.Erase(session, conversation, at), cancellationToken);
    }
}
