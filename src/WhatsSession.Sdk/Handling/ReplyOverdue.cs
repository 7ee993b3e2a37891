using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The SDK tells that a customer has waited for an answer for some time. It is told once for each wait and time. A wait starts with the first message that
/// nobody has answered. It goes on until somebody answers, however often the customer writes. If somebody answers before the handler is called, the alert is
/// dropped.
/// </summary>
public sealed class ReplyOverdue : WindowEvent
{
    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="waitingSince">The customer's first message that nobody has answered, which is also the last one.</param>
    /// <param name="after">How long the customer has waited: greater than zero, at most 7 days, in whole seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of its range.</exception>
    public ReplyOverdue(ConversationKey conversation, Instant waitingSince, Duration after)
        : this(new WindowAlert(default(OverdueRule).Planned(InRange(after)), conversation, waitingSince, IsLate: false).ToEvent(waitingSince + after)) =>
        SetFacts(Duration.Max(ClosesAt - waitingSince - after, Duration.Zero), waitingSince, lastMessage: null);

    internal ReplyOverdue(StoredEvent stored)
        : this(stored, WindowAlert.Restore(stored))
    {
    }

    private ReplyOverdue(StoredEvent stored, WindowAlert alert)
        : base(stored, alert)
    {
        (After, AnsweredUntil) = (alert.Alert.Delay, alert.AnsweredUntil);
        Rule = OverdueRule.Of(stored.Field) ?? default;
    }

    /// <summary>How long the customer has waited: the time that the handler asked for.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration After { get; }

    /// <summary>Whether only people's answers count (<see cref="ReplyOverdueOptions.PeopleOnly"/>), so that a bot may have answered.</summary>
    public bool PeopleOnly => Rule.PeopleOnly;

    /// <summary>Whether only business hours count (<see cref="ReplyOverdueOptions.Calendar"/>).</summary>
    public bool InBusinessHours => Rule.InBusinessHours;

    internal OverdueRule Rule { get; }

    /// <summary>What was answered when the wait began.</summary>
    internal Instant? AnsweredUntil { get; }

    internal static Duration InRange(Duration after) =>
        after > Duration.Zero && after <= ReplyOverdueOptions.Longest && after == Duration.FromSeconds((long)after.TotalSeconds)
            ? after
            : throw new ArgumentOutOfRangeException(
                nameof(after), after, "The time after which a reply is overdue must be whole seconds, more than zero and at most 7 days, such as 01:00:00.");
}
