using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>Which answers count against an overdue reply, and whether its time counts business hours alone. All of it is in the name of the kind.</summary>
/// <param name="PeopleOnly">Whether only what people answered counts.</param>
/// <param name="InBusinessHours">Whether only business hours count.</param>
internal readonly record struct OverdueRule(bool PeopleOnly, bool InBusinessHours)
{
    private const string Prefix = "reply_overdue";

    /// <summary>Every rule there is.</summary>
    public static IReadOnlyList<OverdueRule> All { get; } = [default, new(true, false), new(false, true), new(true, true)];

    /// <summary>The kind of its alerts.</summary>
    public string Kind => Prefix + (PeopleOnly ? "_people" : "") + (InBusinessHours ? "_business" : "");

    /// <summary>The rule of a kind; null when it is another kind.</summary>
    public static OverdueRule? Of(string kind)
    {
        foreach (var rule in All)
        {
            if (string.Equals(rule.Kind, kind, StringComparison.Ordinal))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>The alert of an overdue reply, as it is planned.</summary>
    public PlannedAlert Planned(Duration after) => new(Kind, after);

    /// <summary>Up to when the customer is answered: the latest answer that counts, or copy. What names one wait. Null when there was none.</summary>
    public Instant? AnsweredUntil(in ConversationState state) => Later(LatestAnswer(in state), state.Echoed);

    /// <summary>Whether a customer's event is answered. A copy of the same second came before it.</summary>
    public bool IsAnswered(Instant inbound, in ConversationState state) => inbound <= LatestAnswer(in state) || inbound < state.Echoed;

    /// <summary>Whether the customer waits.</summary>
    public bool Awaits(in ConversationState state) =>
        state.LastInbound is { } last && !(state.Erased >= last) && !IsAnswered(last, in state);

    private Instant? LatestAnswer(in ConversationState state) => PeopleOnly
        ? Later(state.Answers.Of(AuthorKind.Person), state.Answers.Of(AuthorKind.Unknown))
        : state.Answers.Latest;

    private static Instant? Later(Instant? left, Instant? right) => left >= right ? left : right ?? left;
}
