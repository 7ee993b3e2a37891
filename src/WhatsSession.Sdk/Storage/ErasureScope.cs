namespace WhatsSession.Storage;

/// <summary>What an erasure covers: a customer with all identifiers, at one business number.</summary>
public sealed class ErasureScope
{
    private readonly HashSet<ConversationKey> _members;

    /// <summary>Makes the scope.</summary>
    /// <param name="asked">The conversation to erase. It is covered even if it is a recycled phone number, which is joined with nothing.</param>
    /// <param name="joined">All identifiers of the same customer, including former ones.</param>
    public ErasureScope(ConversationKey asked, IEnumerable<ConversationKey> joined)
    {
        ArgumentNullException.ThrowIfNull(joined);
        Members = [asked, .. joined.Where(member => member != asked)];
        _members = [.. Members];
    }

    /// <summary>The identifiers; the requested one comes first.</summary>
    public IReadOnlyList<ConversationKey> Members { get; }

    /// <summary>Whether a conversation is covered.</summary>
    public bool Contains(ConversationKey conversation) => _members.Contains(conversation);

    /// <summary>Whether an event is covered: it belongs to a member, or it belongs to no conversation and names a member.</summary>
    public bool Covers(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Conversation is { } conversation
            ? Contains(conversation)
            : stored is { Number: { } number, Facts.Parties: { Count: > 0 } parties } && parties.Any(party => Contains(ConversationKey.Restore(number, party)));
    }

    /// <summary>Whether a payload in quarantine names a member.</summary>
    public bool Covers(QuarantinedPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return Members.Any(payload.Names);
    }
}
