namespace WhatsSession.Storage.InMemory;

/// <summary>The messages that wait for their customers to write.</summary>
internal sealed class InMemoryHeld
{
    private readonly Dictionary<IntentId, HeldMessage> _held = [];
    private readonly Dictionary<ConversationKey, List<IntentId>> _byConversation = [];

    public bool IsEmpty => _held.Count == 0;

    public void Hold(HeldMessage held)
    {
        Take(held.Id);
        _held.Add(held.Id, held);
        if (!_byConversation.TryGetValue(held.Intent.Conversation, out var ids))
        {
            _byConversation.Add(held.Intent.Conversation, ids = []);
        }

        ids.Add(held.Id);
    }

    public HeldMessage? Find(IntentId id) => _held.GetValueOrDefault(id);

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

    /// <summary>What is held for several conversations, oldest first.</summary>
    public IEnumerable<HeldMessage> List(List<ConversationKey> conversations) =>
        conversations.SelectMany(conversation => _byConversation.GetValueOrDefault(conversation) ?? []).Select(id => _held[id]).OrderBy(static held => held.Intent.CreatedAt);
}
