using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The facts and the history of conversations.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all of them.</remarks>
public interface IConversationStore
{
    /// <summary>
    /// The facts of a conversation, joined over the identifiers that are known to be the same customer at this business number.
    /// By a phone of several customers, which was recycled, only that is known which is later than its links. See <see cref="IdentityRules"/>.
    /// </summary>
    ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds facts to a conversation, such as a customer's message that another system received. A <see cref="ConversationState.LastInbound"/> releases held
    /// messages and, when it is the latest, arms the first check for alerts (<see cref="IngestPlan.FirstCheckOf(ConversationState, Duration?, Instant)"/>)
    /// unless an earlier one is armed, as an ingest does.
    /// A <see cref="ConversationState.Echoed"/> that no copy in the store bears out lasts until a copy of that very second is taken back
    /// (<see cref="IngestPlan"/>): then it is the latest of the copies.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="now">The moment: whether the window is open, and which alerts are planned, is told by it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, Instant now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds facts to many conversations, as <see cref="JoinAsync(ConversationKey, ConversationState, Instant, CancellationToken)"/> does to each.
    /// When it fails, some may have been added: adding them again does no harm.
    /// </summary>
    /// <param name="facts">Conversations, each with its facts.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    async ValueTask JoinAsync(
        IReadOnlyList<(ConversationKey Conversation, ConversationState Facts)> facts, Instant now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var (conversation, state) in facts)
        {
            await JoinAsync(conversation, state, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The history of a conversation over the same identifiers as <see cref="ReadAsync"/>, newest first; within one second, the last to arrive first.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="before">Only messages before this moment; null for all.</param>
    /// <param name="limit">The most messages to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(
        ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases a conversation under all the identifiers that <see cref="ReadAsync"/> joins, and under its customer's phones that became another's too, and
    /// what was dialled for any of them unless Meta named it as somebody's: facts, history, deliveries, outbox, parked events,
    /// quarantined payloads that name one, held messages, claims, keys, aliases, links.
    /// What stays are keyed hashes of each identifier and message id for 8 days: statuses of erased messages are dropped at ingest,
    /// and so are customer events from before <paramref name="at"/> less 5 seconds; a later one is kept.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="at">When: what is later is new.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default);
}
