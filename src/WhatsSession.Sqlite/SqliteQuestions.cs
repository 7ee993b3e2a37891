using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// Asks the planners about a window that a new event of the customer finds at its end, or with its alerts raised: see <see cref="AlertQuestion"/>.
/// </summary>
/// <param name="session">The session that writes.</param>
/// <param name="own">What the host plans that brings the events.</param>
/// <param name="now">The moment.</param>
/// <param name="leastDelay">How long after a customer's event the first alert is due that any host plans; null for none.</param>
/// <param name="longestDelay">How long after it the last one is due.</param>
internal sealed class SqliteQuestions(
    SqliteSession session, IReadOnlyCollection<PlannedAlert> own, Instant now, Duration? leastDelay, Duration? longestDelay)
{
    /// <summary>How long after a customer's event the first alert is due that any host plans; null for none.</summary>
    public Duration? FirstCheck => leastDelay;

    /// <summary>Whether there may be anything to ask.</summary>
    public bool Concern { get; } = AlertQuestion.AsksFor(longestDelay);

    /// <summary>Notes a customer's event, and asks first if there is something to ask.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="checkAt">When to look for alerts if it is the latest; null for never.</param>
    public void Raise(ConversationKey conversation, Instant at, Instant? checkAt)
    {
        if (checkAt is { } first && Concern)
        {
            if (SqliteConversations.TryRaise(session, conversation, at, first, leastDelay!.Value))
            {
                return;
            }

            Ask(conversation, at);
        }

        SqliteConversations.Raise(session, conversation, at, checkAt);
    }

    /// <summary>Asks, if there is something to ask. It is called before the event is noted.</summary>
    public void Ask(ConversationKey conversation, Instant at)
    {
        var holder = SqliteConversations.ReadHolder(session, conversation);
        if (holder.State.LastInbound is { } before && AlertQuestion.IsCalledFor(before, at, holder.CheckAt, leastDelay!.Value))
        {
            var after = ConversationState.Join(holder.State, new ConversationState(at, denied: null));
            SqliteOutbox.Enqueue(
                session, AlertQuestion.Of(new AlertCheck(holder.Conversation, holder.State, after, holder.CheckAt, now), SqliteAlerts.Read(session, own, now)));
        }
    }
}
