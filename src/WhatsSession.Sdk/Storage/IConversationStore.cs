using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Keeps the facts and the history of conversations.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all its parts.</remarks>
public interface IConversationStore
{
    /// <summary>
    /// Returns the facts of a conversation, joined over all identifiers that are known to be the same customer at this business number.
    /// A recycled phone number has belonged to several customers: of it counts only what is later than its links. See <see cref="IdentityRules"/>.
    /// </summary>
    ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds facts to a conversation, such as a customer's message that another system received.
    /// </summary>
    /// <remarks>
    /// A <see cref="ConversationState.LastInbound"/> does what it does at an ingest. It releases held messages. When it is the latest, it also sets the first
    /// check for alerts (<see cref="IngestPlan.FirstCheckOf(ConversationState, Duration?, Instant)"/>), unless an earlier check is set.
    /// A <see cref="ConversationState.Echoed"/> may come without a copy of a message in the store. It lasts until a copy of that very second is taken back
    /// (<see cref="IngestPlan"/>). From then on it is the time of the latest copy.
    /// </remarks>
    /// <param name="conversation">The conversation.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="now">The moment. It decides whether the window is open, and which alerts are planned.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, Instant now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds facts to many conversations. For each it does what <see cref="JoinAsync(ConversationKey, ConversationState, Instant, CancellationToken)"/> does.
    /// When it fails, some facts may have been added. To add them again does no harm.
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
    /// Returns the history of a conversation over the same identifiers as <see cref="ReadAsync"/>, newest first. Of messages of one second, the last to arrive
    /// comes first.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="before">Only messages before this moment; null for all.</param>
    /// <param name="limit">The most messages to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(
        ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether an event of the customer is known that is newer than a point: a message, a reaction or a call. It looks at the same identifiers as
    /// <see cref="ReadAsync"/>.
    /// </summary>
    /// <remarks>
    /// That is so when <see cref="ConversationState.LastInbound"/> is later than the point, or when the history has a customer's message that is later than it,
    /// or is of the same second and arrived after the message of the point. Without that message in the history, every other message of its second counts.
    /// If the point names no message, only what is later counts.
    /// </remarks>
    /// <param name="conversation">The conversation.</param>
    /// <param name="point">The point.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<bool> HasNewerInboundAsync(ConversationKey conversation, InboundPoint point, CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases a conversation: its facts, history and deliveries, its events in the outbox and parked ones, payloads in quarantine that name the customer, held
    /// messages, runs of sequences, claims, keys, aliases and links.
    /// </summary>
    /// <remarks>
    /// It erases them under all identifiers that <see cref="ReadAsync"/> joins, also under phone numbers of the customer that belong to somebody else now, and
    /// under numbers that were dialled for any of these, unless Meta named such a number as somebody's own.
    /// Keyed hashes of each identifier and message id stay for 8 days. By them an ingest drops statuses of erased messages, and events of the customer that are
    /// more than 5 seconds older than <paramref name="at"/>. A later event is kept.
    /// </remarks>
    /// <param name="conversation">The conversation.</param>
    /// <param name="at">The moment of the erasure. What is later is new.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default);
}
