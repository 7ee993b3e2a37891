using NodaTime;

namespace WhatsSession;

/// <summary>Where conversations, their history and the work to be done are kept. Every method is safe for concurrent use, by several hosts too where the store is shared.</summary>
/// <remarks>
/// The contract that every store must pass is the suite WhatsSession.StoreConformance. In short: what a method wrote is kept when its task completes, at the
/// store's <see cref="Durability"/>; a batch is kept whole or not at all; state only grows, so no call reads and then writes.
/// Facts and the history keep times to the second, as the platform gives them: fractions are cut off.
/// Any method may throw <see cref="StoreUnavailableException"/>.
/// </remarks>
public interface IWhatsSessionStore
{
    /// <summary>What survives once the store has accepted it.</summary>
    StoreDurability Durability { get; }

    /// <summary>Makes the store ready: creates or upgrades what it keeps. May be called again.</summary>
    ValueTask OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a batch in one transaction: drops what it already has, appends to the history, raises the conversations' facts, links identities, arms the alert, and puts what dispatches into the outbox.</summary>
    ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default);

    /// <summary>The facts of a conversation, joined over the identifiers that are known to be the same customer at this business number. A phone that was seen with two BSUIDs was recycled: by it nothing is known.</summary>
    ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default);

    /// <summary>Adds facts to a conversation, such as a refusal by Meta. Arms no alert.</summary>
    ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, CancellationToken cancellationToken = default);

    /// <summary>The history of a conversation over the same identifiers as <see cref="ReadAsync"/>, newest first; within one second, the last to arrive first.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="before">Only messages before this moment; null for all.</param>
    /// <param name="limit">The most messages to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Claims events that are due and whose conversation has nothing else in flight on the same side (messages, or statuses), oldest first.</summary>
    ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>Notes that one handler completed, so that it does not rerun when another fails.</summary>
    /// <returns>False when the claim is no longer held; nothing was noted.</returns>
    ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default);

    /// <summary>Ends a claim.</summary>
    /// <returns>False when the claim is no longer held; nothing changed.</returns>
    ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default);

    /// <summary>Raises the alerts that are due: for each conversation and lead at most one per window, with its outbox row, in one transaction.</summary>
    /// <returns>How many alerts were raised.</returns>
    ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default);

    /// <summary>Keeps a send before its request is written; it becomes part of the history.</summary>
    ValueTask SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default);

    /// <summary>Notes what became of a send. A state other than <see cref="IntentState.Pending"/> is replaced only by <see cref="IntentState.Accepted"/>.</summary>
    ValueTask SettleIntentAsync(IntentId intent, IntentState state, MessageId? message, CancellationToken cancellationToken = default);

    /// <summary>Claims the right to send a fallback template, for the customer by all the identifiers that <see cref="ReadAsync"/> joins.</summary>
    /// <returns>True for exactly one caller until the claim is released.</returns>
    ValueTask<bool> ClaimFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default);

    /// <summary>Gives a claim back, because Meta surely did not accept the template.</summary>
    ValueTask ReleaseFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default);
}
