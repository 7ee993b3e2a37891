using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The facts of customers: of all their identifiers, with what is known of the number and of erasures.</summary>
/// <remarks>Under the store's gate, but for what says that it needs none.</remarks>
internal sealed class InMemoryConversations(
    InMemoryNumbers numbers, InMemoryWindows windows, InMemoryIdentities identities, InMemoryTombstones tombstones, InMemoryHeld held, InMemorySends sends)
{
    /// <summary>Reads the facts that decide how a window stands when the row is all that is known. Needs no gate.</summary>
    /// <returns>False when it is not.</returns>
    public bool TryRead(ConversationKey conversation, ref WindowPlace place, out WindowFacts facts, out NumberFacts number)
    {
        var isWhole = TryReadRow(conversation, ref place, out var row, out number);
        if (isWhole && (row.Flags & WindowFlags.Rare) != WindowFlags.None)
        {
            facts = WindowFacts.Of(windows.ToState(conversation, row), number.HistorySince, number.Restriction);
            return true;
        }

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

        facts = default;
        return false;
    }

    /// <summary>Reads the same facts when there is more than a row.</summary>
    /// <returns>False when more is known than fits into them.</returns>
    public bool TryReadMembers(ConversationKey conversation, NumberFacts number, out WindowFacts facts)
    {
        var everyone = identities.ReadEveryone(conversation, out var members);
        facts = WindowFacts.Of(Join(everyone, 0, members), number.HistorySince, number.Restriction);
        return members == everyone.Count;
    }

    /// <summary>Reads everything that is known when the row is all of it. Needs no gate.</summary>
    /// <returns>False when it is not.</returns>
    public bool TryRead(ConversationKey conversation, [NotNullWhen(true)] out ConversationSnapshot? snapshot)
    {
        var place = default(WindowPlace);
        var isWhole = TryReadRow(conversation, ref place, out var row, out var number) && !windows.HasFailedAnswer(conversation, row);
        snapshot = isWhole ? ToSnapshot(conversation, windows.ToState(conversation, row), former: null, number) : null;
        return isWhole;
    }

    /// <summary>Reads everything that is known.</summary>
    public ConversationSnapshot Read(ConversationKey conversation)
    {
        var everyone = identities.ReadEveryone(conversation, out var members);
        var former = members == everyone.Count ? null : new ConversationSnapshot { Key = conversation, State = Join(everyone, members, everyone.Count) };
        var snapshot = ToSnapshot(conversation, Join(everyone, 0, members), former, FactsOf(conversation.Number));
        foreach (var member in everyone)
        {
            if (windows.HasFailedAnswer(member))
            {
                return snapshot with { LastAnswerFailed = sends.IsLastFailed(everyone) };
            }
        }

        return snapshot;
    }

    /// <summary>When the customer wrote last, under any identifier.</summary>
    public Instant? ReadLastInbound(ConversationKey conversation)
    {
        var members = identities.ReadMembers(conversation);
        return Join(members, 0, members.Count).LastInbound;
    }

    public AlertHolder ReadHolder(ConversationKey conversation)
    {
        var holder = new AlertHolder(conversation);
        foreach (var member in identities.ReadMembers(conversation))
        {
            holder.Add(member, windows.Read(member));
        }

        return holder;
    }

    /// <summary>Joins a refusal with the facts of a row. Needs no gate.</summary>
    /// <returns>False when there are other facts, or there is no row; nothing changed.</returns>
    public bool TryJoin(ConversationKey conversation, ConversationState facts) =>
        facts == new ConversationState(lastInbound: null, facts.Denied) && windows.TryJoin(conversation, facts.ToSeconds(), checkAt: null);

    /// <summary>Joins facts, and puts the release of what they release into the outbox.</summary>
    public void Join(ConversationKey conversation, ConversationState facts)
    {
        Raise(conversation, facts.ToSeconds(), checkAt: null);
        if (facts.LastInbound is { } inbound)
        {
            held.Release(conversation, inbound.ToSecond());
        }
    }

    /// <summary>Joins facts, to the second, and releases nothing.</summary>
    public void Raise(ConversationKey conversation, ConversationState facts, Instant? checkAt)
    {
        if (!windows.TryJoin(conversation, facts, checkAt))
        {
            MarkIfErased(conversation);
            windows.Join(conversation, facts, checkAt);
        }
    }

    /// <summary>Notes that a message of the business failed by a status.</summary>
    public void NoteFailedAnswer(ConversationKey conversation)
    {
        if (!windows.HasFailedAnswer(conversation))
        {
            MarkIfErased(conversation);
            windows.Add(conversation, RareRow.FailedAnswer);
        }
    }

    /// <summary>Notes that a phone and a BSUID are one customer.</summary>
    /// <inheritdoc cref="InMemoryIdentities.Add(PhoneNumberId, IdentityLink, out CustomerId?)" />
    public bool Join(PhoneNumberId number, IdentityLink link, out CustomerId? other)
    {
        MarkJoined(number, link.Phone, link.BusinessScopedId);
        return identities.Add(number, link, out other);
    }

    /// <summary>Notes that a BSUID was replaced by another.</summary>
    public void Join(PhoneNumberId number, IdentityRotation rotation)
    {
        MarkJoined(number, rotation.Previous, rotation.Current);
        identities.Add(number, rotation);
    }

    private static ConversationSnapshot ToSnapshot(ConversationKey conversation, ConversationState state, ConversationSnapshot? former, NumberFacts number) =>
        new() { Key = conversation, State = state, Former = former, HistorySince = number.HistorySince, Restriction = number.Restriction };

    /// <returns>Whether the row, or that there is none, is all that is known.</returns>
    private bool TryReadRow(ConversationKey conversation, ref WindowPlace place, out WindowRowFacts row, out NumberFacts number)
    {
        if (windows.TryRead(conversation, ref place, out row))
        {
            number = place.Number!.Facts;
            return (row.Flags & WindowFlags.Joined) == WindowFlags.None;
        }

        // Looked at after the row: an erasure leaves its tombstone before it takes the row.
        number = FactsOf(conversation.Number);
        return !tombstones.Any;
    }

    private NumberFacts FactsOf(PhoneNumberId number) => numbers.Find(number)?.Facts ?? NumberFacts.None;

    private ConversationState Join(List<ConversationKey> members, int from, int to)
    {
        var state = default(ConversationState);
        for (var i = from; i < to; i++)
        {
            state = ConversationState.Join(state, windows.Read(members[i]));
            if (tombstones.Find(members[i].Number, members[i].Party) is { } erased)
            {
                state = ConversationState.Join(state, new ConversationState { Erased = erased });
            }
        }

        return state;
    }

    /// <summary>Makes every look at either identifier ask for links.</summary>
    private void MarkJoined(PhoneNumberId number, CustomerId left, CustomerId right)
    {
        windows.Mark(new ConversationKey(number, left), WindowFlags.Joined);
        windows.Mark(new ConversationKey(number, right), WindowFlags.Joined);
    }

    /// <summary>A row of an identifier that was erased tells of it from the start: what the customer sent until then opens nothing.</summary>
    private void MarkIfErased(ConversationKey conversation)
    {
        if (tombstones.Find(conversation.Number, conversation.Party) is not null)
        {
            windows.Mark(conversation, WindowFlags.Joined);
        }
    }
}
