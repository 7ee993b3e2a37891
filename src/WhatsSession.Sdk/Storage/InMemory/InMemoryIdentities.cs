namespace WhatsSession.Storage.InMemory;

/// <summary>
/// Which identifiers are the same customer at a business number: a grow-only set of links between phones and BSUIDs,
/// and of replacements of one BSUID by another.
/// </summary>
internal sealed class InMemoryIdentities
{
    // Both ends of every link; a phone and a BSUID are never the same text.
    private readonly Dictionary<ConversationKey, List<ConversationKey>> _links = [];

    // Both ends of every replacement.
    private readonly Dictionary<ConversationKey, List<ConversationKey>> _rotations = [];

    // Filled anew by each call: reading a customer of several identifiers is on the path of every send and allocates no list.
    private readonly List<ConversationKey> _members = [];

    /// <summary>Notes that a phone and a BSUID are one customer.</summary>
    /// <param name="number">The business number that knows it.</param>
    /// <param name="link">The phone and the BSUID.</param>
    /// <param name="other">Another customer of the same phone, when the phone had one until now and has two from now on; else null.</param>
    /// <returns>Whether it was not known.</returns>
    public bool Add(PhoneNumberId number, IdentityLink link, out CustomerId? other)
    {
        var phone = new ConversationKey(number, link.Phone);
        var customer = new ConversationKey(number, link.BusinessScopedId);
        ConversationKey? owner = _links.TryGetValue(phone, out var known) && IsOfOne(phone) ? known[0] : null;
        var isNew = AddEnd(_links, phone, customer);
        AddEnd(_links, customer, phone);
        other = owner is { } one && !AreOne(one, customer) ? one.Customer : null;
        return isNew;
    }

    public void Add(PhoneNumberId number, IdentityRotation rotation)
    {
        var previous = new ConversationKey(number, rotation.Previous);
        var current = new ConversationKey(number, rotation.Current);
        if (previous != current)
        {
            AddEnd(_rotations, previous, current);
            AddEnd(_rotations, current, previous);
        }
    }

    /// <summary>
    /// The conversation and those that are joined with it when it is read. A phone of two customers was recycled and has none:
    /// what it has seen is a stranger's.
    /// </summary>
    /// <returns>A list that holds until the next call.</returns>
    public List<ConversationKey> ReadMembers(ConversationKey conversation)
    {
        _members.Clear();
        if (!_links.TryGetValue(conversation, out var linked))
        {
            _members.Add(conversation);
        }
        else if (!IsPhone(conversation))
        {
            _members.Add(conversation);
            AddPhones(conversation);
        }
        else if (IsOfOne(conversation))
        {
            _members.Add(conversation);
            foreach (var customer in linked)
            {
                _members.Add(customer);
                AddPhones(customer);
            }
        }

        return _members;
    }

    /// <summary>
    /// The members, and after them the user ids that were replaced by, or replace, theirs, with their phones: everything that is the same customer,
    /// at other times too.
    /// </summary>
    /// <returns>A list that holds until the next call.</returns>
    public List<ConversationKey> ReadEveryone(ConversationKey conversation) => ReadEveryone(conversation, out _);

    /// <inheritdoc cref="ReadEveryone(ConversationKey)" />
    /// <param name="conversation">The conversation.</param>
    /// <param name="members">How many of them, from the first, are the members.</param>
    public List<ConversationKey> ReadEveryone(ConversationKey conversation, out int members)
    {
        members = ReadMembers(conversation).Count;
        for (var i = 0; _rotations.Count > 0 && i < _members.Count; i++)
        {
            foreach (var other in _rotations.GetValueOrDefault(_members[i]) ?? [])
            {
                if (!_members.Contains(other))
                {
                    _members.Add(other);
                    AddPhones(other);
                }
            }
        }

        return _members;
    }

    public void Remove(IEnumerable<ConversationKey> members)
    {
        foreach (var member in members)
        {
            RemoveEnds(_links, member);
            RemoveEnds(_rotations, member);
        }
    }

    private static bool IsPhone(ConversationKey conversation) => char.IsAsciiDigit(conversation.Party[0]);

    private static bool AddEnd(Dictionary<ConversationKey, List<ConversationKey>> ends, ConversationKey from, ConversationKey to)
    {
        if (!ends.TryGetValue(from, out var others))
        {
            ends.Add(from, others = new List<ConversationKey>(1));
        }

        var isNew = !others.Contains(to);
        if (isNew)
        {
            others.Add(to);
        }

        return isNew;
    }

    private static void RemoveEnds(Dictionary<ConversationKey, List<ConversationKey>> ends, ConversationKey member)
    {
        if (!ends.Remove(member, out var others))
        {
            return;
        }

        foreach (var other in others)
        {
            if (ends.TryGetValue(other, out var back) && back.Remove(member) && back.Count == 0)
            {
                ends.Remove(other);
            }
        }
    }

    private void AddPhones(ConversationKey customer)
    {
        foreach (var phone in _links.GetValueOrDefault(customer) ?? [])
        {
            if (!_members.Contains(phone) && IsOfOne(phone))
            {
                _members.Add(phone);
            }
        }
    }

    /// <summary>Whether a phone belongs to one customer, by however many ids in the course of time.</summary>
    private bool IsOfOne(ConversationKey phone)
    {
        var customers = _links[phone];
        for (var i = 1; i < customers.Count; i++)
        {
            if (!AreOne(customers[0], customers[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool AreOne(ConversationKey left, ConversationKey right)
    {
        if (!_rotations.ContainsKey(left) || !_rotations.ContainsKey(right))
        {
            return left == right;
        }

        var reached = new List<ConversationKey> { left };
        for (var i = 0; i < reached.Count; i++)
        {
            if (reached[i] == right)
            {
                return true;
            }

            reached.AddRange(_rotations[reached[i]].Where(other => !reached.Contains(other)));
        }

        return false;
    }
}
