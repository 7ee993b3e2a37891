using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <content>Sends and what becomes of them; erasure.</content>
public sealed partial class InMemoryStore
{
    /// <inheritdoc />
    public ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Locked(() => Enqueue(work), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            Save(intent);
        }

        return default;
    }

    /// <inheritdoc />
    public ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            if (_sends.TryGet(settlement.Intent, out var line) && IntentTransitions.MaySettle(line.State, settlement.State))
            {
                line.State = settlement.State;
                line.MessageId = settlement.Message;
                if (settlement.State is IntentState.Accepted or IntentState.Failed)
                {
                    _log.MakeEvictable(line);
                }
            }

            if (settlement.Facts != default && _tombstones.Find(settlement.Conversation.Number, settlement.Intent.ToString()) is null)
            {
                JoinFacts(settlement.Conversation, settlement.Facts);
            }
        }

        return default;
    }

    /// <inheritdoc />
    public ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default) =>
        Locked(
            () => _sends.TryGet(intent, out var line)
                ? new StoredSend { Intent = line.Intent!, State = line.State, Message = line.MessageId, RetriedAfter = line.RetriedAfter }
                : null,
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, CancellationToken cancellationToken = default) =>
        Locked(
            () =>
            {
                if (!_sends.TryGet(intent, out var line) || !IntentTransitions.MayRetry(line.State, line.RetriedAfter, refused))
                {
                    return false;
                }

                _log.TryAnew(line, line.Intent!);
                line.RetriedAfter = refused;
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default) =>
        Locked(() => _deliveries.TryGet((number, message), out var entry) ? entry.Delivery : MessageDelivery.None, cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> HoldAsync(HeldMessage held, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(held);
        var conversation = held.Intent.Conversation;
        return Locked(
            () =>
            {
                if (_tombstones.Find(conversation.Number, conversation.Party) >= held.Intent.CreatedAt)
                {
                    return false;
                }

                _held.Hold(held);
                Enqueue(held.ToExpiry());
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(ConversationKey conversation, int limit, CancellationToken cancellationToken = default) =>
        Locked<IReadOnlyList<HeldMessage>>(
            () =>
            {
                CopyAllMembers(conversation);
                return [.. _held.List(_members).Take(limit)];
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default) => Locked(() => _held.Find(held), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> ReleaseHeldAsync(SendIntent intent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return Locked(() => _held.Find(intent.Id) is not null && Save(intent), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken = default) =>
        Locked(
            () =>
            {
                CopyAllMembers(conversation);
                return _held.Find(held) is { Intent.Conversation: var holder } && _members.Contains(holder)
                    && (!_sends.TryGet(held, out var line) || IntentTransitions.MayTryAnew(line.State))
                    && _held.Take(held) is not null;
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<HeldMessage?> TakeHeldAsync(IntentId held, CancellationToken cancellationToken = default) => Locked(() => _held.Take(held), cancellationToken);

    /// <inheritdoc />
    public ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, IntentId intent, Instant now, CancellationToken cancellationToken = default) =>
        Locked(
            () =>
            {
                _keys.Forget(now);
                return _keys.TryAdd(key, new RecordedOutcome(intent, default), now) ? (RecordedOutcome?)null
                    : _keys.TryGet(key, out var recorded) ? recorded
                    : null;
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask RecordOutcomeAsync(IdempotencyKey key, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        var copy = outcome.ToArray();
        lock (_gate)
        {
            if (_keys.TryGet(key, out var recorded))
            {
                _keys.Set(key, recorded with { Outcome = copy }, default);
            }
        }

        return default;
    }

    /// <inheritdoc />
    public async ValueTask ReleaseKeyAsync(IdempotencyKey key, CancellationToken cancellationToken = default) =>
        await Locked(() => _keys.Remove(key), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public ValueTask<bool> ClaimFallbackAsync(FallbackClaim claim, Instant now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Locked(
            () =>
            {
                _fallbacks.Forget(now);
                CopyAllMembers(claim.Conversation);
                return !_members.Exists(member => _fallbacks.TryGet(claim with { Conversation = member }, out _)) && _fallbacks.TryAdd(claim, (now, false), now);
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask CompleteFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await Locked(
            () =>
            {
                if (_fallbacks.TryGet(claim, out var entry))
                {
                    _fallbacks.Set(claim, (entry.ClaimedAt, true), entry.ClaimedAt);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask ReleaseFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await Locked(() => _fallbacks.Remove(claim), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<AbandonedFallback>> ListAbandonedFallbacksAsync(Instant claimedBefore, int limit, CancellationToken cancellationToken = default) =>
        Locked<IReadOnlyList<AbandonedFallback>>(
            () =>
            [
                .. _fallbacks.Entries
                    .Where(entry => !entry.Value.IsComplete && entry.Value.ClaimedAt < claimedBefore)
                    .OrderBy(static entry => entry.Value.ClaimedAt)
                    .Take(limit)
                    .Select(static entry => new AbandonedFallback(entry.Key, entry.Value.ClaimedAt)),
            ],
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default) =>
        await Locked(() => Erase(conversation, at), cancellationToken).ConfigureAwait(false);

    /// <returns>Whether it is new, or tried anew.</returns>
    private bool Save(SendIntent intent)
    {
        if (!_sends.TryGet(intent.Id, out var line))
        {
            _sends.Add(intent.Id, _log.Add(intent), intent.CreatedAt);
            return true;
        }

        if (!IntentTransitions.MayTryAnew(line.State))
        {
            return false;
        }

        _log.TryAnew(line, intent);
        return true;
    }

    private bool Enqueue(StoredEvent stored)
    {
        if (_tombstones.Covers(stored) || !_seen.Add(stored.Key, stored.ReceivedAt))
        {
            return false;
        }

        _outbox.Add(stored);
        return true;
    }

    private bool Erase(ConversationKey conversation, Instant at)
    {
        CopyAllMembers(conversation);
        var scope = new ErasureScope(conversation, _members);
        List<ConversationKey> erased = [.. scope.Members];
        var sends = new HashSet<IntentId>();
        foreach (var held in _held.List(erased).ToArray())
        {
            _held.Take(held.Id);
            sends.Add(held.Id);
        }

        _identities.Remove(erased);
        _outbox.Remove(stored => stored.Conversation is null && scope.Covers(stored));
        foreach (var member in erased)
        {
            _tombstones.Add(member.Number, member.Party, at);
            _windows.Remove(member);
            _outbox.Remove(member);
            foreach (var line in _log.Remove(member))
            {
                EraseMessage(member.Number, line.MessageId, at);
            }
        }

        foreach (var (intent, line) in _sends.Entries.Where(entry => scope.Contains(entry.Value.Conversation)))
        {
            sends.Add(intent);
            _tombstones.Add(conversation.Number, intent.ToString(), at);
            EraseMessage(conversation.Number, line.MessageId, at);
            EraseMessage(conversation.Number, line.RetriedAfter, at);
        }

        foreach (var (key, entry) in _deliveries.Entries)
        {
            if (entry.Conversation is { } about && scope.Contains(about))
            {
                EraseMessage(key.Number, key.Message, at);
            }
        }

        _sends.RemoveAll((intent, _) => sends.Contains(intent));
        _keys.RemoveAll((_, recorded) => sends.Contains(recorded.Intent));
        _deliveries.RemoveAll((_, entry) => entry.Conversation is { } about && scope.Contains(about));
        _fallbacks.RemoveAll((claim, _) => scope.Contains(claim.Conversation));
        foreach (var payload in _quarantine.Values.Where(scope.Covers).ToArray())
        {
            _quarantine.Remove(payload.Key);
        }

        return true;
    }

    private void EraseMessage(PhoneNumberId number, MessageId? message, Instant at)
    {
        if (message is { } id)
        {
            _tombstones.Add(number, id.Value, at);
        }
    }

    private void JoinFacts(ConversationKey conversation, ConversationState facts)
    {
        Raise(conversation, facts.ToSeconds(), checkAt: null);
        if (facts.LastInbound is { } inbound)
        {
            Release(conversation, inbound.ToSecond());
        }
    }

    private void JoinFacts(StoredEvent stored, EventFacts facts)
    {
        if (stored is { Number: { } number, Message: { } message } && facts.Delivery is { } delivery)
        {
            var known = _deliveries.TryGet((number, message), out var entry) ? entry.Delivery : MessageDelivery.None;
            _deliveries.Set((number, message), (MessageDelivery.Join(known, delivery), stored.Conversation ?? entry.Conversation), stored.ReceivedAt);
            if (facts.Intent is { } intent && _sends.TryGet(intent, out var line) && IntentTransitions.IsProvedBy(line.State, line.RetriedAfter, message))
            {
                line.State = IntentState.Accepted;
                line.MessageId = message;
                _log.MakeEvictable(line);
            }
        }

        if (stored.Conversation is { } conversation && facts.State != default)
        {
            Raise(conversation, facts.State.ToSeconds(), checkAt: null);
        }

        if (stored.Number is { } of && IngestPlan.RotationOf(stored) is { } rotation)
        {
            MarkJoined(of, rotation.Previous, rotation.Current);
            _identities.Add(of, rotation);
        }

        if (stored.Account is { } account && facts.Restriction is { } restriction)
        {
            _numbers.Note(account, restriction);
        }
    }

    /// <summary>Puts the release of what is held for the customer into the outbox.</summary>
    private void Release(ConversationKey conversation, Instant inbound)
    {
        if (_held.IsEmpty)
        {
            return;
        }

        CopyAllMembers(conversation);
        foreach (var held in _held.List(_members))
        {
            Enqueue(held.ToRelease(inbound));
        }
    }
}
