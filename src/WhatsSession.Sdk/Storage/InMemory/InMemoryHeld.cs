using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The messages that wait for their customers to write.</summary>
internal sealed class InMemoryHeld(InMemoryIdentities identities, InMemoryTombstones tombstones, InMemoryInbox inbox)
{
    // In the order of the lists: a place in it is known of a message that is held no more, too.
    private static readonly Comparer<HeldMessage> Oldest = Comparer<HeldMessage>.Create(static (left, right) =>
        left.Intent.CreatedAt.CompareTo(right.Intent.CreatedAt) is not 0 and var order ? order : string.CompareOrdinal($"{left.Id}", $"{right.Id}"));

    private readonly Dictionary<IntentId, (HeldMessage Message, long Arrival)> _held = [];
    private readonly Dictionary<ConversationKey, SortedSet<HeldMessage>> _byConversation = [];
    private long _lastArrival;

    public bool IsEmpty => _held.Count == 0;

    /// <summary>Holds a message, and puts its expiry into the outbox.</summary>
    /// <returns>False when the customer was erased since.</returns>
    public bool Hold(HeldMessage held)
    {
        var conversation = held.Intent.Conversation;
        if (tombstones.Find(conversation.Number, conversation.Party) >= held.RefusedAt)
        {
            return false;
        }

        Take(held.Id);
        _held.Add(held.Id, (held, ++_lastArrival));
        if (!_byConversation.TryGetValue(conversation, out var messages))
        {
            _byConversation.Add(conversation, messages = new SortedSet<HeldMessage>(Oldest));
        }

        messages.Add(held);
        inbox.Enqueue(held.ToExpiry());
        return true;
    }

    public HeldMessage? Find(IntentId id) => _held.GetValueOrDefault(id).Message;

    /// <summary>What is held for a customer, oldest first.</summary>
    /// <param name="conversation">The customer by whatever identifier.</param>
    /// <param name="after">The last of the page before; null for the first page.</param>
    /// <param name="limit">The most messages.</param>
    public HeldMessage[] List(ConversationKey conversation, HeldMessage? after, int limit)
    {
        var everyone = identities.ReadEveryone(conversation, out var hiddenUntil);
        return
        [
            .. everyone
                .SelectMany(member => (_byConversation.GetValueOrDefault(member) ?? []).After(after).Where(held => !IsHidden(held, hiddenUntil)).Take(limit))
                .Order(Oldest)
                .Take(limit),
        ];
    }

    public HeldMessage? Take(IntentId id)
    {
        if (!_held.Remove(id, out var held))
        {
            return null;
        }

        var (message, _) = held;
        var messages = _byConversation[message.Intent.Conversation];
        messages.Remove(message);
        if (messages.Count == 0)
        {
            _byConversation.Remove(message.Intent.Conversation);
        }

        return message;
    }

    /// <summary>Takes a message if it is held for the customer.</summary>
    public bool TryTake(ConversationKey conversation, IntentId id) =>
        Find(id) is { } held
        && identities.ReadEveryone(conversation, out var hiddenUntil).Contains(held.Intent.Conversation)
        && !IsHidden(held, hiddenUntil)
        && Take(id) is not null;

    /// <summary>Puts the release of what is held for a customer, who has written, into the outbox, in the order in which it was held.</summary>
    public void Release(ConversationKey conversation, Instant inbound)
    {
        if (IsEmpty)
        {
            return;
        }

        var everyone = identities.ReadEveryone(conversation, out var hiddenUntil);
        foreach (var held in Of(everyone).Where(held => !IsHidden(held, hiddenUntil)).OrderBy(held => (held.Intent.CreatedAt, _held[held.Id].Arrival)))
        {
            inbox.Enqueue(held.ToRelease(inbound));
        }
    }

    /// <summary>Removes what is held for a customer.</summary>
    public void Erase(ErasureScope scope)
    {
        foreach (var held in Of(scope.Members).ToArray())
        {
            Take(held.Id);
        }
    }

    // What was held for a recycled phone before it was known as the new customer's is not to reach that one.
    private static bool IsHidden(HeldMessage held, Instant? hiddenUntil) => InMemoryIdentities.IsHidden(held.Intent.CreatedAt, hiddenUntil);

    private IEnumerable<HeldMessage> Of(IEnumerable<ConversationKey> conversations) =>
        conversations.SelectMany(conversation => _byConversation.GetValueOrDefault(conversation) ?? []);
}
