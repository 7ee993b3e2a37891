namespace WhatsSession;

/// <summary>Which identifiers are the same customer at a business number: a grow-only set of links between phones and BSUIDs.</summary>
internal sealed class InMemoryIdentities
{
    // Both ends of every link; a phone and a BSUID are never the same text.
    private readonly Dictionary<ConversationKey, List<ConversationKey>> _links = [];

    public void Add(PhoneNumberId number, IdentityLink link)
    {
        var phone = new ConversationKey(number, link.Phone);
        var customer = new ConversationKey(number, link.BusinessScopedId);
        AddEnd(phone, customer);
        AddEnd(customer, phone);
    }

    /// <summary>Fills a list with the conversation and those that are joined with it when it is read. A phone of two customers was recycled and has none: what it has seen is a stranger's.</summary>
    public void CopyMembers(ConversationKey conversation, List<ConversationKey> members)
    {
        members.Clear();
        members.Add(conversation);
        if (!_links.TryGetValue(conversation, out var linked))
        {
            return;
        }

        var customer = conversation;
        if (IsPhone(conversation))
        {
            if (linked.Count > 1)
            {
                members.Clear();
                return;
            }

            customer = linked[0];
            members.Add(customer);
            linked = _links[customer];
        }

        foreach (var phone in linked)
        {
            if (phone != conversation && _links[phone].Count == 1)
            {
                members.Add(phone);
            }
        }
    }

    private static bool IsPhone(ConversationKey conversation) => char.IsAsciiDigit(conversation.Party[0]);

    private void AddEnd(ConversationKey from, ConversationKey to)
    {
        if (!_links.TryGetValue(from, out var linked))
        {
            _links.Add(from, linked = new List<ConversationKey>(1));
        }

        if (!linked.Contains(to))
        {
            linked.Add(to);
        }
    }
}
