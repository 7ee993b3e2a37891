using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// The facts of every conversation, by identifier as it came on the wire, and when each is next to be looked at for alerts. Thread safe;
/// see <see cref="WindowIndex"/>.
/// </summary>
internal sealed class InMemoryWindows(InMemoryNumbers numbers)
{
    // Few conversations have any, so these facts are beside the rows; a row's flag tells that there is an entry. The store writes them under its gate.
    private readonly ConcurrentDictionary<(InMemoryNumber Number, WindowKey Key), RareRow> _rare = new();

    /// <summary>The memory of rows and timers, in bytes; identifiers apart.</summary>
    public long Bytes => numbers.Indexes.Sum(static index => index.Bytes);

    public ConversationState Read(ConversationKey conversation)
    {
        var place = default(WindowPlace);
        return TryRead(conversation, ref place, out var facts) ? ToState(conversation, facts) : default;
    }

    /// <summary>Reads a row.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="place">Where it was found before; where it was found now.</param>
    /// <param name="facts">What the row tells.</param>
    /// <returns>False when there is none.</returns>
    public bool TryRead(ConversationKey conversation, ref WindowPlace place, out WindowRowFacts facts)
    {
        facts = default;
        return (place.Number is { } known && known.Rows.TryRead(in place, out facts))
            || (TryResolve(conversation, ref place, out var number) && number.Rows.TryRead(KeyOf(conversation, in place), ref place, out facts));
    }

    /// <summary>Reads a row and the one that it is linked with in place.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="place">Where it was found before; where it was found now.</param>
    /// <param name="pause">What happens between two reads.</param>
    /// <param name="pair">What the rows tell.</param>
    /// <returns>False when there is none.</returns>
    public bool TryReadPair<TPause>(ConversationKey conversation, ref WindowPlace place, TPause pause, out WindowPair pair)
        where TPause : struct, IReadPause
    {
        pair = default;
        return (place.Number is { } known && known.Rows.TryReadPair(in place, pause, out pair))
            || (TryResolve(conversation, ref place, out var number)
                && number.Rows.TryReadPair(KeyOf(conversation, in place), ref place, pause, out pair));
    }

    /// <summary>Finds the facts beside rows that were just read.</summary>
    /// <returns>False when the two are not linked any more: what was found may be another's.</returns>
    public bool TryFindRare(ConversationKey conversation, in WindowPlace place, in WindowPair pair, out RareRow? rare, out RareRow? linked)
    {
        var number = place.Number!;
        rare = FindRare(number, KeyOf(conversation, in place), pair.Row.Flags);
        linked = FindRare(number, pair.LinkedKey, pair.Linked.Flags);
        return pair.LinkedKey == default
            || (number.Rows.TryReadPair(in place, default(NoPause), out var again) && again.IsWhole && again.LinkedKey == pair.LinkedKey);
    }

    /// <summary>Links a phone and a BSUID in place: reading either reads both, without a look at anything else.</summary>
    /// <returns>False when more is to be asked for than the other row by either; nothing is linked.</returns>
    public bool TryLink(ConversationKey phone, ConversationKey user, uint at)
    {
        var number = numbers.GetOrAdd(phone.Number);
        return number.Rows.TryLink(number.KeyOf(phone.Party), number.KeyOf(user.Party), at);
    }

    /// <summary>What a conversation is linked with in place, and since when.</summary>
    public (ConversationKey Other, uint At)? FindLink(ConversationKey conversation) =>
        numbers.Find(conversation.Number) is { } number && number.Rows.FindLink(number.KeyOf(conversation.Party)) is { } link
            ? (ConversationKey.Restore(conversation.Number, link.Other.Party), link.At)
            : null;

    /// <summary>Whether a phone is linked in place with a BSUID, at a time or before.</summary>
    public bool IsLinked(ConversationKey phone, ConversationKey user, uint at) =>
        numbers.Find(phone.Number) is { } number && number.Rows.FindLink(number.KeyOf(phone.Party)) is { } link
            && link.At <= at && string.Equals(link.Other.Name, user.Party, StringComparison.Ordinal);

    /// <summary>Gives a link in place an earlier time; <see cref="WindowSeconds.None"/> takes it away, and leaves the flags.</summary>
    public void Relink(ConversationKey conversation, uint at)
    {
        if (numbers.Find(conversation.Number) is { } number)
        {
            number.Rows.Relink(number.KeyOf(conversation.Party), at);
        }
    }

    /// <summary>Whether a row has a flag.</summary>
    public bool Has(ConversationKey conversation, WindowFlags flag)
    {
        var place = default(WindowPlace);
        return TryRead(conversation, ref place, out var facts) && (facts.Flags & flag) != WindowFlags.None;
    }

    /// <summary>The facts of a row and those that are beside it.</summary>
    public ConversationState ToState(ConversationKey conversation, in WindowRowFacts facts) =>
        FindRare(conversation, facts.Flags) is { } rare ? ConversationState.Join(facts.ToState(), rare.State) : facts.ToState();

    /// <summary>Whether a message of the business to a conversation failed by a status.</summary>
    public bool HasFailedAnswer(ConversationKey conversation)
    {
        var place = default(WindowPlace);
        return TryRead(conversation, ref place, out var facts) && FindRare(conversation, facts.Flags) is { HasFailedAnswer: true };
    }

    /// <summary>Adds facts; a conversation that was not known becomes so.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="facts">The facts, to the second.</param>
    /// <param name="checkAt">When to look for alerts if the facts name the latest inbound; null for never.</param>
    /// <param name="flags">What more is known of the conversation from now on.</param>
    public void Join(ConversationKey conversation, ConversationState facts, Instant? checkAt, WindowFlags flags = WindowFlags.None)
    {
        while (!TryJoin(conversation, facts, checkAt, flags))
        {
            Mark(conversation, flags);
        }
    }

    /// <summary>Adds facts to a conversation that is known.</summary>
    /// <returns>False when it is not, or not with the flags; nothing changed.</returns>
    public bool TryJoin(ConversationKey conversation, ConversationState facts, Instant? checkAt, WindowFlags flags = WindowFlags.None)
    {
        if (numbers.Find(conversation.Number) is not { } number)
        {
            return false;
        }

        var key = number.KeyOf(conversation.Party);
        AuthorKind? answerer = null;
        if ((facts.Answers != default && !number.Rows.TryTakeAnswers(key, Answerers.First(facts.Answers), out answerer))
            || !number.Rows.TryJoin(key, WindowRowFacts.Of(facts, answerer) with { Flags = flags }, WindowSeconds.NotBefore(checkAt)))
        {
            return false;
        }

        var beside = facts with
        {
            LastInbound = null,
            Denied = null,
            Answers = answerer is { } kind ? facts.Answers.Without(kind) : facts.Answers,
        };
        if (beside != default)
        {
            Add(conversation, new RareRow(beside, HasFailedAnswer: false));
        }

        return true;
    }

    /// <summary>Adds facts that stand beside the row.</summary>
    public void Add(ConversationKey conversation, RareRow facts)
    {
        var number = numbers.GetOrAdd(conversation.Number);
        var key = number.KeyOf(conversation.Party);
        _rare.AddOrUpdate((number, key), static (_, added) => added, static (_, known, added) => RareRow.Join(known, added), facts);
        number.Rows.Mark(key, WindowFlags.Rare);
    }

    /// <summary>Sets the latest copy that counts as an answer, for one that did was of a send.</summary>
    public void SetEchoed(ConversationKey conversation, Instant? at)
    {
        if (numbers.Find(conversation.Number) is { } number
            && (number, number.KeyOf(conversation.Party)) is var place && _rare.TryGetValue(place, out var rare))
        {
            _rare[place] = rare with { State = rare.State with { Echoed = at } };
        }
    }

    /// <summary>Notes that more is known of a conversation than its row tells.</summary>
    public void Mark(ConversationKey conversation, WindowFlags flags)
    {
        var number = numbers.GetOrAdd(conversation.Number);
        number.Rows.Mark(number.KeyOf(conversation.Party), flags);
    }

    /// <summary>When a conversation is due for a look; null for never.</summary>
    public Instant? CheckAt(ConversationKey conversation) =>
        numbers.Find(conversation.Number) is { } number ? WindowSeconds.ToInstant(number.Rows.CheckAt(number.KeyOf(conversation.Party))) : null;

    /// <summary>When a conversation is due for a look, and the one that it is linked with in place: the earlier of both. Null for never.</summary>
    public Instant? CheckAt(ConversationKey conversation, in WindowPair pair)
    {
        var own = CheckAt(conversation);
        var linked = pair.LinkedKey == default ? null : WindowSeconds.ToInstant(numbers.Find(conversation.Number)!.Rows.CheckAt(pair.LinkedKey));
        return own <= linked ? own : linked ?? own;
    }

    /// <summary>Whether any conversation may be due for a look.</summary>
    public bool AnyDue(Instant now)
    {
        var second = WindowSeconds.Of(now);
        for (var i = 0; i < numbers.Indexes.Count; i++)
        {
            if (numbers.Indexes[i].AnyDue(second))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes conversations that are due for a look; each is looked at no more until it is armed again.</summary>
    public List<(ConversationKey Conversation, Instant CheckAt)> TakeDue(Instant now, int limit)
    {
        var taken = new List<(ConversationKey, Instant)>();
        var keys = new List<(WindowKey Key, uint CheckAt)>();
        for (var i = 0; i < numbers.Indexes.Count && taken.Count < limit; i++)
        {
            keys.Clear();
            numbers.Indexes[i].TakeDue(WindowSeconds.Of(now), limit - taken.Count, keys);
            foreach (var (key, checkAt) in keys)
            {
                taken.Add((ConversationKey.Restore(numbers.IdOf(i, key), key.Party), WindowSeconds.ToInstant(checkAt)!.Value));
            }
        }

        return taken;
    }

    /// <summary>Looks again at <paramref name="at"/>, or before if that was set.</summary>
    public void Arm(ConversationKey conversation, Instant at)
    {
        if (numbers.Find(conversation.Number) is { } number)
        {
            number.Rows.Arm(number.KeyOf(conversation.Party), WindowSeconds.NotBefore(at));
        }
    }

    /// <summary>Looks at each conversation when an alert that is new is due for it, or before if that was set.</summary>
    public void ArmAll(PlannedAlert alert, Instant now)
    {
        foreach (var index in numbers.Indexes)
        {
            index.ArmAll(lastInbound => WindowSeconds.ToInstant(lastInbound) is { } at
                ? WindowSeconds.NotBefore(PlannedAlertNote.CheckAt(alert, at, now))
                : WindowSeconds.None);
        }
    }

    public void Remove(ConversationKey conversation)
    {
        if (numbers.Find(conversation.Number) is { } number)
        {
            var key = number.KeyOf(conversation.Party);
            number.Rows.Remove(key);
            _rare.TryRemove((number, key), out _);
        }
    }

    private static WindowKey KeyOf(ConversationKey conversation, in WindowPlace place) =>
        new(place.Bits, WindowKey.HasName(place.Bits) ? conversation.Party : null);

    private bool TryResolve(ConversationKey conversation, ref WindowPlace place, [NotNullWhen(true)] out InMemoryNumber? number)
    {
        number = place.Number;
        if (number is null && numbers.Find(conversation.Number) is { } found)
        {
            place.Resolve(found, found.KeyOf(conversation.Party).Bits);
            number = found;
        }

        return number is not null;
    }

    private RareRow? FindRare(ConversationKey conversation, WindowFlags flags) =>
        (flags & WindowFlags.Rare) != WindowFlags.None && numbers.Find(conversation.Number) is { } number
            ? FindRare(number, number.KeyOf(conversation.Party), flags)
            : null;

    private RareRow? FindRare(InMemoryNumber number, WindowKey key, WindowFlags flags) =>
        (flags & WindowFlags.Rare) != WindowFlags.None && _rare.TryGetValue((number, key), out var rare) ? rare : null;
}
