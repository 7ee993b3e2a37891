using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// Which identifiers are the same customer at a business number: grow-only sets of links between phones and BSUIDs, of replacements of one BSUID by another,
/// and of canonical forms of dialled phones. See <see cref="IdentityRules"/>.
/// </summary>
/// <remarks>
/// Nearly every customer has one phone, one BSUID and no more: that link stands in place, by the two rows (<see cref="WindowLink"/>), and not here.
/// As soon as there is more to either, what is known is kept here, and no row of theirs is linked in place again.
/// </remarks>
internal sealed class InMemoryIdentities(InMemoryWindows windows)
{
    private static readonly List<ConversationKey> None = [];

    // Both ends of every link that is not in place; a phone and a BSUID are never the same text.
    private readonly Dictionary<ConversationKey, LinkEnds> _links = [];

    // For each BSUID that replaced another, or was replaced, all that are joined with it: they share one list.
    private readonly Dictionary<ConversationKey, List<ConversationKey>> _persons = [];

    // Both ends of every alias: the forms that were named for a dialled number, and the numbers for which a form was named.
    private readonly Dictionary<ConversationKey, List<ConversationKey>> _forms = [];
    private readonly Dictionary<ConversationKey, List<ConversationKey>> _dialled = [];

    // Filled anew by each call: reading a customer of several identifiers is on the path of every send and allocates no list.
    private readonly List<ConversationKey> _members = [];

    /// <summary>Whether a phone and a BSUID are known to have been seen together at a time or before.</summary>
    public bool Knows(ConversationKey phone, ConversationKey user, Instant at)
    {
        var seconds = WindowSeconds.Of(at);
        return windows.IsLinked(phone, user, seconds) || (_links.TryGetValue(phone, out var users) && users.Contains(user, seconds));
    }

    /// <summary>Notes that a phone and a BSUID were seen together.</summary>
    /// <returns>Whether they were not known to; the time of a link that was known is the earlier one from now on.</returns>
    public bool Add(ConversationKey phone, ConversationKey user, Instant at)
    {
        var seconds = WindowSeconds.Of(at);
        if (windows.FindLink(phone) is { } known && known.Other == user)
        {
            windows.Relink(phone, Math.Min(known.At, seconds));
            return false;
        }

        if (windows.TryLink(phone, user, seconds))
        {
            return true;
        }

        TakeLink(phone);
        TakeLink(user);
        return Keep(phone, user, seconds);
    }

    /// <summary>Notes that a BSUID was replaced by another.</summary>
    /// <returns>Whether they were not known as one customer.</returns>
    public bool AddRotation(ConversationKey previous, ConversationKey current)
    {
        if (previous == current)
        {
            return false;
        }

        TakeLink(previous);
        TakeLink(current);
        var (smaller, greater) = (PersonOf(previous), PersonOf(current));
        if (smaller == greater)
        {
            return false;
        }

        (smaller, greater) = smaller.Count > greater.Count ? (greater, smaller) : (smaller, greater);
        greater.AddRange(smaller);
        foreach (var user in smaller)
        {
            _persons[user] = greater;
        }

        return true;
    }

    /// <summary>Notes the canonical form that was named for a dialled number.</summary>
    /// <returns>Whether it was not known.</returns>
    public bool AddAlias(ConversationKey dialled, ConversationKey canonical)
    {
        if (dialled == canonical)
        {
            return false;
        }

        TakeLink(dialled);
        TakeLink(canonical);
        return AddEnd(_forms, dialled, canonical) && AddEnd(_dialled, canonical, dialled);
    }

    /// <summary>The customers of a phone by their BSUIDs, or the phones of a BSUID.</summary>
    public IEnumerable<ConversationKey> LinkedWith(ConversationKey conversation)
    {
        if (windows.FindLink(conversation) is { } link)
        {
            yield return link.Other;
        }

        var ends = _links.GetValueOrDefault(conversation);
        for (var i = 0; i < ends.Count; i++)
        {
            yield return ends[i];
        }
    }

    /// <summary>The forms that were named for a dialled number.</summary>
    public IReadOnlyList<ConversationKey> FormsOf(ConversationKey dialled) => _forms.GetValueOrDefault(dialled) ?? None;

    /// <summary>The canonical form of a phone; the conversation itself when it stands alone.</summary>
    public ConversationKey CanonicalOf(ConversationKey conversation) =>
        _forms.Count > 0 && _forms.TryGetValue(conversation, out var forms) && forms.Count == 1 && !IsNamed(conversation) ? forms[0] : conversation;

    /// <summary>Whether a phone belongs to several customers.</summary>
    public bool IsRecycled(ConversationKey phone) => _links.TryGetValue(phone, out var users) && !IsOfOne(users);

    /// <summary>
    /// The conversation, by its canonical form, and those that are joined with it: what is the same customer, at other times too.
    /// A phone of several customers is joined with none of them.
    /// </summary>
    /// <returns>A list that holds until the next call.</returns>
    public List<ConversationKey> ReadEveryone(ConversationKey conversation) => ReadEveryone(conversation, out _);

    /// <inheritdoc cref="ReadEveryone(ConversationKey)" />
    /// <param name="conversation">The conversation.</param>
    /// <param name="hiddenUntil">Only what is later than this is shown; null for everything.</param>
    public List<ConversationKey> ReadEveryone(ConversationKey conversation, out Instant? hiddenUntil)
    {
        _members.Clear();
        hiddenUntil = null;
        var form = CanonicalOf(conversation);
        _members.Add(form);
        if (windows.FindLink(form) is { } link)
        {
            _members.Add(link.Other);
        }
        else if (!IsPhone(form))
        {
            AddPerson(form);
        }
        else if (_links.TryGetValue(form, out var users))
        {
            if (IsOfOne(users))
            {
                AddPerson(users[0]);
            }
            else
            {
                hiddenUntil = WindowSeconds.ToInstant(users.Latest);
            }
        }

        AddDialled(static (identities, dialled, form) => identities.CanonicalOf(dialled) == form);
        return _members;
    }

    /// <summary>
    /// Everyone, and the phones that the customer shares with others, and what was dialled for any of the phones, unless Meta named it as a phone of its own.
    /// </summary>
    /// <returns>A list that holds until the next call.</returns>
    public List<ConversationKey> ReadErased(ConversationKey conversation)
    {
        var isRecycled = IsRecycled(CanonicalOf(conversation));
        ReadEveryone(conversation);
        for (int i = 0, count = _members.Count; i < count && !isRecycled; i++)
        {
            _members.AddRange(LinkedWith(_members[i]).Where(phone => IsPhone(phone) && !_members.Contains(phone)).ToArray());
        }

        AddDialled(static (identities, dialled, _) => !identities.IsNamed(dialled) && !identities._members.Contains(dialled));
        return _members;
    }

    public void Remove(IEnumerable<ConversationKey> members)
    {
        foreach (var member in members)
        {
            _persons.Remove(member);
            RemoveEnds(_forms, _dialled, member);
            RemoveEnds(_dialled, _forms, member);
            if (_links.Remove(member, out var ends))
            {
                for (var i = 0; i < ends.Count; i++)
                {
                    RemoveLink(ends[i], member);
                }
            }
        }
    }

    private static bool IsPhone(ConversationKey conversation) => conversation.Party is [>= '0' and <= '9', ..];

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

    private static void RemoveEnds(
        Dictionary<ConversationKey, List<ConversationKey>> ends, Dictionary<ConversationKey, List<ConversationKey>> others, ConversationKey member)
    {
        if (!ends.Remove(member, out var removed))
        {
            return;
        }

        foreach (var other in removed)
        {
            if (others.TryGetValue(other, out var back) && back.Remove(member) && back.Count == 0)
            {
                others.Remove(other);
            }
        }
    }

    /// <summary>Takes a conversation's link out of its place: there is more to be known from now on.</summary>
    private void TakeLink(ConversationKey conversation)
    {
        if (windows.FindLink(conversation) is not { } link)
        {
            return;
        }

        windows.Relink(conversation, WindowSeconds.None);
        var (phone, user) = IsPhone(conversation) ? (conversation, link.Other) : (link.Other, conversation);
        Keep(phone, user, link.At);
    }

    private bool Keep(ConversationKey phone, ConversationKey user, uint at)
    {
        var isNew = CollectionsMarshal.GetValueRefOrAddDefault(_links, phone, out _).Add(user, at);
        if (isNew)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_links, user, out _).Add(phone, at);
        }

        return isNew;
    }

    private void RemoveLink(ConversationKey from, ConversationKey to)
    {
        ref var ends = ref CollectionsMarshal.GetValueRefOrNullRef(_links, from);
        if (Unsafe.IsNullRef(ref ends))
        {
            return;
        }

        ends.Remove(to);
        if (ends.Count == 0)
        {
            _links.Remove(from);
        }
    }

    /// <summary>Whether Meta named a phone itself: as a sender, beside a BSUID, or as the form of another.</summary>
    private bool IsNamed(ConversationKey phone) => _links.ContainsKey(phone) || _dialled.ContainsKey(phone) || windows.Has(phone, WindowFlags.Sender)
        || windows.FindLink(phone) is not null;

    private List<ConversationKey> PersonOf(ConversationKey user)
    {
        if (!_persons.TryGetValue(user, out var person))
        {
            _persons.Add(user, person = [user]);
        }

        return person;
    }

    private void AddPerson(ConversationKey user)
    {
        if (_persons.Count > 0 && _persons.TryGetValue(user, out var person))
        {
            foreach (var one in person)
            {
                AddUser(one);
            }
        }
        else
        {
            AddUser(user);
        }
    }

    private void AddUser(ConversationKey user)
    {
        if (_members[0] != user)
        {
            _members.Add(user);
        }

        var phones = _links.GetValueOrDefault(user);
        for (var i = 0; i < phones.Count; i++)
        {
            if (!_members.Contains(phones[i]) && IsOfOne(_links[phones[i]]))
            {
                _members.Add(phones[i]);
            }
        }
    }

    private void AddDialled(Func<InMemoryIdentities, ConversationKey, ConversationKey, bool> isMember)
    {
        for (int i = 0, count = _members.Count; i < count && _dialled.Count > 0; i++)
        {
            foreach (var dialled in _dialled.GetValueOrDefault(_members[i]) ?? None)
            {
                if (isMember(this, dialled, _members[i]))
                {
                    _members.Add(dialled);
                }
            }
        }
    }

    /// <summary>Whether a phone belongs to one customer, by however many ids in the course of time.</summary>
    private bool IsOfOne(in LinkEnds users)
    {
        for (var i = 1; i < users.Count; i++)
        {
            if (!AreOne(users[0], users[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool AreOne(ConversationKey left, ConversationKey right) =>
        left == right || (_persons.TryGetValue(left, out var one) && _persons.TryGetValue(right, out var other) && one == other);
}
