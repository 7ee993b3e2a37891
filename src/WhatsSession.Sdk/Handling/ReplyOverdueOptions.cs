using NodaTime;

namespace WhatsSession;

/// <summary>What counts for <c>OnReplyOverdue</c>.</summary>
/// <remarks>Immutable; equality is by value, of the calendar by reference.</remarks>
public sealed record ReplyOverdueOptions
{
    internal static readonly ReplyOverdueOptions Default = new();

    // The answers that name a wait are known for 8 days.
    internal static readonly Duration Longest = Duration.FromDays(7);

    /// <summary>
    /// Whether only people's answers count: those by <see cref="Author.Person"/> or by an unknown author, and messages that were typed in the phone app. The
    /// answer of a bot or of a sequence then does not end the wait.
    /// </summary>
    /// <value>False by default: every answer counts.</value>
    public bool PeopleOnly { get; init; }

    /// <summary>
    /// The business hours. Only these count, so a customer who writes at night waits from the next opening. Hosts that share a store must have the same
    /// calendar.
    /// </summary>
    /// <value>Null by default: every hour counts.</value>
    public IBusinessCalendar? Calendar { get; init; }
}
