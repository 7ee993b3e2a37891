using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;

namespace WhatsSession;

/// <content>The facts of conversations.</content>
public sealed partial class InMemoryStore : IWindowSource
{
    bool IWindowSource.TryRead(ConversationKey conversation, ref WindowPlace place, out WindowFacts facts)
    {
        var isWhole = TryReadRow(conversation, ref place, out var row, out var number);
        if (isWhole)
        {
            // Not by way of the whole state: most checks need one time of it.
            facts = new WindowFacts
            {
                LastInbound = WindowSeconds.ToInstant(row.LastInbound),
                IsDenied = row.IsDenied,
                HistorySince = number.HistorySince,
                Restriction = number.Restriction,
                StoreAvailable = true,
            };
            return true;
        }

        lock (_gate)
        {
            var state = ReadMembers(conversation);
            facts = WindowFacts.Of(state, number.HistorySince, number.Restriction);
            return _identities.AddFormer(_members) == _members.Count;
        }
    }

    /// <returns>Whether the row, or that there is none, is all that is known.</returns>
    private bool TryReadRow(ConversationKey conversation, ref WindowPlace place, out WindowRowFacts row, out NumberFacts number)
    {
        if (_windows.TryRead(conversation, ref place, out row))
        {
            number = place.Number!.Facts;
            return (row.Flags & WindowFlags.Joined) == WindowFlags.None;
        }

        // Looked at after the row: an erasure leaves its tombstone before it takes the row.
        number = _numbers.Find(conversation.Number)?.Facts ?? NumberFacts.None;
        return !_tombstones.Any;
    }

    private ConversationSnapshot Read(ConversationKey conversation)
    {
        var place = default(WindowPlace);
        ConversationState state;
        ConversationSnapshot? former = null;
        if (TryReadRow(conversation, ref place, out var row, out var number))
        {
            state = _windows.ToState(conversation, row);
        }
        else
        {
            lock (_gate)
            {
                state = ReadMembers(conversation);
                var members = _members.Count;
                if (_identities.AddFormer(_members) < _members.Count)
                {
                    former = new ConversationSnapshot { Key = conversation, State = JoinMembers(members, _members.Count) };
                }
            }
        }

        return new ConversationSnapshot { Key = conversation, State = state, Former = former, HistorySince = number.HistorySince, Restriction = number.Restriction };
    }

    /// <summary>The facts of a customer by all identifiers, which the list holds afterwards.</summary>
    private ConversationState ReadMembers(ConversationKey conversation)
    {
        _identities.CopyMembers(conversation, _members);
        return JoinMembers(0, _members.Count);
    }

    private ConversationState JoinMembers(int from, int to)
    {
        var state = default(ConversationState);
        for (var i = from; i < to; i++)
        {
            state = ConversationState.Join(state, _windows.Read(_members[i]));
            if (_tombstones.Find(_members[i].Number, _members[i].Party) is { } erased)
            {
                state = ConversationState.Join(state, new ConversationState { Erased = erased });
            }
        }

        return state;
    }

    private AlertHolder ReadHolder(ConversationKey conversation)
    {
        var holder = new AlertHolder(conversation);
        _identities.CopyMembers(conversation, _members);
        foreach (var member in _members)
        {
            holder.Add(member, _windows.Read(member));
        }

        return holder;
    }

    /// <summary>Adds facts. Under the gate, for the conversation may be new.</summary>
    private void Raise(ConversationKey conversation, ConversationState facts, Instant? checkAt)
    {
        if (!_windows.TryJoin(conversation, facts, checkAt))
        {
            MarkIfErased(conversation);
            _windows.Join(conversation, facts, checkAt);
        }
    }

    /// <summary>Makes every look at either identifier ask for links.</summary>
    private void MarkJoined(PhoneNumberId number, CustomerId left, CustomerId right)
    {
        _windows.Mark(new ConversationKey(number, left), WindowFlags.Joined);
        _windows.Mark(new ConversationKey(number, right), WindowFlags.Joined);
    }

    /// <summary>A row of an identifier that was erased tells of it from the start: what the customer sent until then opens nothing.</summary>
    private void MarkIfErased(ConversationKey conversation)
    {
        if (_tombstones.Find(conversation.Number, conversation.Party) is not null)
        {
            _windows.Mark(conversation, WindowFlags.Joined);
        }
    }
}
