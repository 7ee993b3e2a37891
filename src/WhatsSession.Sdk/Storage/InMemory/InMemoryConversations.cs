using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The facts of customers: of all their identifiers, with what is known of the number and of erasures.</summary>
/// <remarks>Under the store's gate, but for what says that it needs none.</remarks>
internal sealed class InMemoryConversations(
    InMemoryNumbers numbers, InMemoryWindows windows, InMemoryIdentities identities, InMemoryTombstones tombstones, InMemoryHeld held, InMemorySends sends)
{
    /// <inheritdoc cref="TryRead{TPause}(ConversationKey, ref WindowPlace, TPause, out WindowFacts, out NumberFacts)" />
    public bool TryRead(ConversationKey conversation, ref WindowPlace place, out WindowFacts facts, out NumberFacts number) =>
        TryRead(conversation, ref place, default(NoPause), out facts, out number);

    /// <summary>Reads the facts that decide how a window stands when its row, or two that are linked in place, are all that is known. Needs no gate.</summary>
    /// <returns>False when they are not.</returns>
    public bool TryRead<TPause>(ConversationKey conversation, ref WindowPlace place, TPause pause, out WindowFacts facts, out NumberFacts number)
        where TPause : struct, IReadPause
    {
        if (!TryReadRows(conversation, ref place, pause, out var pair, out number))
        {
            facts = default;
            return false;
        }

        var window = pair.Window;
        if (pair.AreRare)
        {
            var isWhole = windows.TryFindRare(conversation, in place, in pair, out var rare, out var linked);
            facts = isWhole ? WindowFacts.Of(Join(Join(window.ToState(), rare), linked), number.HistorySince, number.Restriction) : default;
            return isWhole;
        }

        // Not by way of the whole state: most checks need one time of it.
        facts = new WindowFacts
        {
            LastInbound = WindowSeconds.ToInstant(window.LastInbound),
            IsDenied = window.IsDenied,
            HistorySince = number.HistorySince,
            Restriction = number.Restriction,
            StoreAvailable = true,
        };
        return true;
    }

    /// <summary>Reads the same facts when there is more than a row.</summary>
    public WindowFacts ReadJoined(ConversationKey conversation, NumberFacts number) =>
        WindowFacts.Of(ReadState(conversation), number.HistorySince, number.Restriction);

    /// <summary>Reads everything that is known when the row is all of it. Needs no gate.</summary>
    /// <returns>False when it is not.</returns>
    public bool TryRead(ConversationKey conversation, [NotNullWhen(true)] out ConversationSnapshot? snapshot)
    {
        var place = default(WindowPlace);
        RareRow? rare = null, linked = null;
        snapshot = TryReadRows(conversation, ref place, default(NoPause), out var pair, out var number)
            && (!pair.AreRare || windows.TryFindRare(conversation, in place, in pair, out rare, out linked))
            && rare is not { HasFailedAnswer: true } && linked is not { HasFailedAnswer: true }
                ? ToSnapshot(conversation, ConversationState.Join(Join(pair.Row.ToState(), rare), Join(pair.Linked.ToState(), linked)), number)
                : null;
        return snapshot is not null;
    }

    /// <summary>Reads everything that is known.</summary>
    public ConversationSnapshot Read(ConversationKey conversation)
    {
        var snapshot = ToSnapshot(conversation, ReadState(conversation), FactsOf(conversation.Number));
        var everyone = identities.ReadEveryone(conversation, out var hiddenUntil);
        foreach (var member in everyone)
        {
            if (windows.HasFailedAnswer(member))
            {
                return snapshot with { LastAnswerFailed = sends.IsLastFailed(everyone, hiddenUntil) };
            }
        }

        return snapshot;
    }

    public AlertHolder ReadHolder(ConversationKey conversation)
    {
        var holder = new AlertHolder(conversation);
        foreach (var member in identities.ReadEveryone(conversation, out var hiddenUntil))
        {
            holder.Add(member, IdentityRules.LaterThan(windows.Read(member), hiddenUntil), windows.CheckAt(member));
        }

        return holder;
    }

    /// <summary>Joins a refusal with the facts of a row. Needs no gate.</summary>
    /// <returns>False when there are other facts, or there is no row; nothing changed.</returns>
    public bool TryJoin(ConversationKey conversation, ConversationState facts) =>
        facts == new ConversationState(lastInbound: null, facts.Denied) && windows.TryJoin(conversation, facts.ToSeconds(), checkAt: null);

    /// <summary>Joins facts, and puts the release of what they release into the outbox.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="checkAt">When to look for alerts if the facts name the latest inbound; null for never.</param>
    public void Join(ConversationKey conversation, ConversationState facts, Instant? checkAt)
    {
        Raise(conversation, facts.ToSeconds(), checkAt);
        if (facts.LastInbound is { } inbound)
        {
            held.Release(conversation, inbound.ToSecond());
        }
    }

    /// <summary>Joins facts, to the second, and releases nothing.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="checkAt">When to look for alerts if the facts name the latest inbound; null for never.</param>
    /// <param name="flags">What more is known of the conversation from now on.</param>
    public void Raise(ConversationKey conversation, ConversationState facts, Instant? checkAt, WindowFlags flags = WindowFlags.None)
    {
        if (!windows.TryJoin(conversation, facts, checkAt, flags))
        {
            MarkIfErased(conversation);
            windows.Join(conversation, facts, checkAt, flags);
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

    /// <summary>Makes every look at either identifier ask for others that are the same customer.</summary>
    public void MarkJoined(ConversationKey left, ConversationKey right)
    {
        windows.Mark(left, WindowFlags.Joined);
        windows.Mark(right, WindowFlags.Joined);
    }

    /// <summary>A row of an identifier that was erased tells of it from the start: what the customer sent until then opens nothing.</summary>
    public void MarkIfErased(ConversationKey conversation)
    {
        if (tombstones.Find(conversation.Number, conversation.Party) is not null)
        {
            windows.Mark(conversation, WindowFlags.Joined);
        }
    }

    private static ConversationSnapshot ToSnapshot(ConversationKey conversation, ConversationState state, NumberFacts number) =>
        new() { Key = conversation, State = state, HistorySince = number.HistorySince, Restriction = number.Restriction };

    private static ConversationState Join(ConversationState state, RareRow? rare) => rare is null ? state : ConversationState.Join(state, rare.State);

    /// <returns>Whether the row, with the one that it is linked with in place, or that there is none, is all that is known.</returns>
    private bool TryReadRows<TPause>(ConversationKey conversation, ref WindowPlace place, TPause pause, out WindowPair pair, out NumberFacts number)
        where TPause : struct, IReadPause
    {
        if (windows.TryReadPair(conversation, ref place, pause, out pair))
        {
            number = place.Number!.Facts;
            return pair.IsWhole;
        }

        // Looked at after the row: an erasure leaves its tombstone before it takes the row.
        number = FactsOf(conversation.Number);
        return !tombstones.Any;
    }

    private NumberFacts FactsOf(PhoneNumberId number) => numbers.Find(number)?.Facts ?? NumberFacts.None;

    private ConversationState ReadState(ConversationKey conversation)
    {
        // One row after the other: what others raise meanwhile, without the gate, is refusals alone. One that is missed came after the first row was read.
        var state = default(ConversationState);
        foreach (var member in identities.ReadEveryone(conversation, out var hiddenUntil))
        {
            state = ConversationState.Join(state, IdentityRules.LaterThan(windows.Read(member), hiddenUntil));
            if (tombstones.Find(member.Number, member.Party) is { } erased)
            {
                state = ConversationState.Join(state, new ConversationState { Erased = erased });
            }
        }

        return state;
    }
}
