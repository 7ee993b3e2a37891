using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Sends, and what became of them.</summary>
internal sealed class InMemorySends(InMemoryTime time, InMemoryLog log)
{
    private readonly InMemoryDays<IntentId, InMemoryLogLine> _sends = new(time);
    private readonly InMemoryDays<(PhoneNumberId Number, MessageId Message), (MessageDelivery Delivery, ConversationKey? Conversation)> _deliveries = new(time);

    /// <returns>Whether it is new, or tried anew.</returns>
    public bool Save(SendIntent intent)
    {
        if (!_sends.TryGet(intent.Id, out var line))
        {
            _sends.Add(intent.Id, log.Add(intent), intent.CreatedAt);
            return true;
        }

        if (!IntentTransitions.MayBeMadeBy(line.State, line.Intent!.SaveToken, intent.SaveToken))
        {
            return false;
        }

        log.TryAnew(line, intent);
        return true;
    }

    public void Settle(SendSettlement settlement)
    {
        if (_sends.TryGet(settlement.Intent, out var line) && IntentTransitions.MaySettle(line.State, settlement.State))
        {
            line.Settle(settlement);
            if (settlement.State is IntentState.Accepted or IntentState.Failed)
            {
                log.MakeEvictable(line);
            }
        }
    }

    public StoredSend? Find(IntentId intent) => _sends.TryGet(intent, out var line)
        ? new StoredSend { Intent = line.Intent!, State = line.State, Message = line.MessageId, RetriedAfter = line.RetriedAfter }
        : null;

    /// <summary>Whether a send was tried and is not known to have failed.</summary>
    public bool IsTried(IntentId intent) => _sends.TryGet(intent, out var line) && !IntentTransitions.MayTryAnew(line.State);

    public bool TakeRetry(IntentId intent, MessageId refused, long saveToken)
    {
        if (!_sends.TryGet(intent, out var line)
            || !IntentTransitions.MayRetry(line.State, line.Intent!.SaveToken, line.RetriedAfter, refused, saveToken))
        {
            return false;
        }

        log.TryAnew(line, line.Intent!.SavedBy(saveToken));
        line.RetriedAfter = refused;
        return true;
    }

    public MessageDelivery ReadDelivery(PhoneNumberId number, MessageId message) =>
        _deliveries.TryGet((number, message), out var entry) ? entry.Delivery : MessageDelivery.None;

    /// <summary>The conversation of a send; null when the store does not have it (any more).</summary>
    public ConversationKey? ConversationOf(IntentId intent) => _sends.TryGet(intent, out var line) ? line.Conversation : null;

    /// <summary>Joins what a status tells of a message, and proves by it that the send was accepted.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="message">The message.</param>
    /// <param name="stored">The status.</param>
    /// <param name="delivery">What it tells.</param>
    /// <param name="intent">The send that it names; null for none.</param>
    /// <returns>Whether it proved that.</returns>
    public bool Join(PhoneNumberId number, MessageId message, StoredEvent stored, MessageDelivery delivery, IntentId? intent)
    {
        var known = _deliveries.TryGet((number, message), out var entry) ? entry.Delivery : MessageDelivery.None;
        _deliveries.Set((number, message), (MessageDelivery.Join(known, delivery), stored.Conversation ?? entry.Conversation), stored.ReceivedAt);
        if (intent is { } id && _sends.TryGet(id, out var line) && IntentTransitions.IsProvedBy(line.State, line.RetriedAfter, message))
        {
            line.State = IntentState.Accepted;
            line.MessageId = message;
            log.MakeEvictable(line);
            return true;
        }

        return false;
    }

    /// <summary>Whether a message is one of the sends to a customer.</summary>
    /// <param name="everyone">The customer's identifiers.</param>
    /// <param name="message">The message.</param>
    /// <param name="since">Only sends from this moment on.</param>
    public bool IsOwn(List<ConversationKey> everyone, MessageId message, Instant since) =>
        log.FindNewest(everyone, since, line => line.Intent is not null && (line.MessageId == message || line.RetriedAfter == message)) is not null;

    /// <summary>Whether the newest message of the business to a customer that Meta has did not reach the customer.</summary>
    /// <param name="everyone">The customer's identifiers.</param>
    /// <param name="hiddenUntil">Until when a recycled phone was another customer's; null for never.</param>
    public bool IsLastFailed(List<ConversationKey> everyone, Instant? hiddenUntil) =>
        log.FindNewest(
            everyone,
            since: hiddenUntil + Duration.FromSeconds(1),
            static line => !line.IsInbound && (line.Intent is null || line.State == IntentState.Accepted))
            is { Intent: not null, MessageId: { } message } last
        && ReadDelivery(last.Conversation.Number, message).IsFailed;

    /// <summary>Removes the sends to a customer, and leaves the tombstones of them and of all messages.</summary>
    public void Erase(ErasureScope scope, InMemoryTombstones tombstones, Instant at)
    {
        // Statuses of its messages too, though one may have come without its customer.
        var messages = new HashSet<(PhoneNumberId Number, MessageId Message)>();
        foreach (var line in log.Remove(scope.Members))
        {
            Note(messages, line);
        }

        foreach (var (intent, line) in _sends.Entries.Where(entry => scope.Contains(entry.Value.Conversation)))
        {
            tombstones.Add(line.Conversation.Number, intent.ToString(), at);
            Note(messages, line);
        }

        messages.UnionWith(_deliveries.Entries.Where(entry => IsOf(scope, entry.Value.Conversation)).Select(static entry => entry.Key));
        foreach (var (number, message) in messages)
        {
            tombstones.Add(number, message, at);
            _deliveries.Remove((number, message));
        }

        _sends.RemoveAll((_, line) => scope.Contains(line.Conversation));
    }

    public void Forget()
    {
        _sends.Forget();
        _deliveries.Forget();
    }

    private static void Note(HashSet<(PhoneNumberId Number, MessageId Message)> messages, InMemoryLogLine line)
    {
        foreach (var message in (ReadOnlySpan<MessageId?>)[line.MessageId, line.RetriedAfter])
        {
            if (message is { } id)
            {
                messages.Add((line.Conversation.Number, id));
            }
        }
    }

    private static bool IsOf(ErasureScope scope, ConversationKey? conversation) => conversation is { } about && scope.Contains(about);
}
