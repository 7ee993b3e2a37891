using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Keeps the runs of follow-up sequences, and the messages that are scheduled.</summary>
/// <remarks>
/// <para>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all its parts.</para>
/// <para>
/// In the transaction that keeps a revision of a run, its <see cref="SequenceRun.ToWork"/> goes into the outbox. The work of older revisions stays there; it
/// does nothing when it is due. A run that has ended is kept for 8 days at least (<see cref="Retention.Horizon"/>), counted from its
/// <see cref="SequenceRun.EndedAt"/>.
/// </para>
/// </remarks>
public interface ISequenceStore
{
    /// <summary>Keeps a new run.</summary>
    /// <param name="run">The run, in its first revision.</param>
    /// <param name="asked">
    /// Before anything of the customer was read: the earlier of the host's time and Meta's time. Nothing is kept for a customer who was erased since.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// <paramref name="run"/> itself when it is kept now, which is so for one caller. Otherwise the run that was there: one with the same id, or one of the
    /// same sequence that has not ended, of the customer under whatever identifier. Null when the customer was erased.
    /// </returns>
    ValueTask<SequenceRun?> StartSequenceAsync(SequenceRun run, Instant asked, CancellationToken cancellationToken = default);

    /// <summary>Keeps a later revision of a run.</summary>
    /// <returns>Whether it is kept: false unless the store has the revision before it.</returns>
    ValueTask<bool> SaveSequenceAsync(SequenceRun run, CancellationToken cancellationToken = default);

    /// <summary>Returns a run; null when the store does not have it, or no longer has it.</summary>
    ValueTask<SequenceRun?> FindSequenceAsync(IntentId run, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns a page of the runs that have not ended, in the order of their start. Runs of one moment come in the ordinal order of their ids.
    /// </summary>
    /// <param name="after">The last run of the page before; null for the first page. It may have left the list meanwhile.</param>
    /// <param name="limit">The most runs to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(SequenceRun? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns a page of the runs of a conversation, those too that have ended, over the same identifiers as <see cref="IConversationStore.ReadAsync"/>, in
    /// the order of their start. Those of one moment come in the ordinal order of their ids. Of a recycled phone number the runs are left out that started
    /// before it was known as the new customer's (<see cref="IdentityRules"/>).
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="after">The last run of the page before; null for the first page. It may have left the list meanwhile.</param>
    /// <param name="limit">The most runs to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(
        ConversationKey conversation, SequenceRun? after, int limit, CancellationToken cancellationToken = default);
}
