using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The messages that wait for their customers to write.</summary>
internal sealed class InMemoryHeld(InMemoryIdentities identities, InMemoryTombstones tombstones, InMemoryInbox inbox)
{
    private readonly Dictionary<IntentId, HeldMessage> _held = [];
    private readonly Dictionary<ConversationKey, List<IntentId>> _byConversation = [];

    public bool IsEmpty => _held.Count == 0;

    /// <summary>Holds a message, and puts its expiry into the outbox.</summary>
    /// <returns>False when the customer was erased since.</returns>
    public bool Hold(HeldMessage held)
    {
        var conversation = held.Intent.Conversation;
        if (tombstones.Find(conversation.Number, conversation.Party) >= held.Intent.CreatedAt)
        {
            return false;
        }

        Take(held.Id);
        _held.Add(held.Id, held);
        if (!_byConversation.TryGetValue(conversation, out var ids))
        {
            _byConversation.Add(conversation, ids = []);
        }

        ids.Add(held.Id);
        inbox.Enqueue(held.ToExpiry());
        return true;
    }

    public HeldMessage? Find(IntentId id) => _held.GetValueOrDefault(id);

    /// <summary>What is held for a customer, oldest first.</summary>
    public HeldMessage[] List(ConversationKey conversation, int limit) => [.. ListOf(conversation).Take(limit)];

    public HeldMessage? Take(IntentId id)
    {
        if (!_held.Remove(id, out var held))
        {
            return null;
        }

        var ids = _byConversation[held.Intent.Conversation];
        ids.Remove(id);
        if (ids.Count == 0)
        {
            _byConversation.Remove(held.Intent.Conversation);
        }

        return held;
    }

    /// <summary>Takes a message if it is held for the customer.</summary>
    public bool TryTake(ConversationKey conversation, IntentId id) =>
        Find(id) is { Intent: { Conversation: var holder, CreatedAt: var createdAt } }
        && identities.ReadEveryone(conversation, out var hiddenUntil).Contains(holder)
        && !(createdAt <= hiddenUntil)
        && Take(id) is not null;

    /// <summary>Puts the release of what is held for a customer, who has written, into the outbox.</summary>
    public void Release(ConversationKey conversation, Instant inbound)
    {
        if (IsEmpty)
        {
            return;
        }

        foreach (var held in ListOf(conversation))
        {
            inbox.Enqueue(held.ToRelease(inbound));
        }
    }

    /// <summary>Removes what is held for a customer.</summary>
    /// <returns>The sends it would have become.</returns>
    public IntentId[] Erase(ErasureScope scope)
    {
        var erased = List(scope.Members).Select(static held => held.Id).ToArray();
        foreach (var id in erased)
        {
            Take(id);
        }

        return erased;
    }

    // What was held for a recycled phone before it was known as the new customer's is not to reach that one.
    private IEnumerable<HeldMessage> ListOf(ConversationKey conversation)
    {
        var everyone = identities.ReadEveryone(conversation, out var hiddenUntil);
        return List(everyone).Where(held => !(held.Intent.CreatedAt <= hiddenUntil)).ToArray();
    }

    private IEnumerable<HeldMessage> List(IEnumerable<ConversationKey> conversations) =>
        conversations
            .SelectMany(conversation => _byConversation.GetValueOrDefault(conversation) ?? [])
            .Select(id => _held[id])
            .OrderBy(static held => held.Intent.CreatedAt);
}
