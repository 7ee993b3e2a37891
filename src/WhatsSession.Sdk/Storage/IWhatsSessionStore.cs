using NodaTime;

namespace WhatsSession.Storage;

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

    /// <summary>Keeps a batch in one transaction: drops what it already has, appends to the history, raises the conversations' facts, links identities, arms the alert, puts the release of held messages and what dispatches into the outbox.
    /// <see cref="StoredEvent.Facts"/> are joined for duplicates too. A phone that becomes known as two customers raises one <see cref="IdentityConflict"/>.</summary>
    ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default);

    /// <summary>The facts of a conversation, joined over the identifiers that are known to be the same customer at this business number. A phone that was seen with two BSUIDs was recycled: by it nothing is known.</summary>
    ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default);

    /// <summary>Adds facts to a conversation, such as a refusal by Meta. A <see cref="ConversationState.LastInbound"/> releases held messages. Arms no alert.</summary>
    ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, CancellationToken cancellationToken = default);

    /// <summary>Adds facts to many conversations, as <see cref="JoinAsync(ConversationKey, ConversationState, CancellationToken)"/> does to each. When it fails, some may have been added: adding them again does no harm.</summary>
    async ValueTask JoinAsync(IReadOnlyList<(ConversationKey Conversation, ConversationState Facts)> facts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var (conversation, state) in facts)
        {
            await JoinAsync(conversation, state, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The history of a conversation over the same identifiers as <see cref="ReadAsync"/>, newest first; within one second, the last to arrive first.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="before">Only messages before this moment; null for all.</param>
    /// <param name="limit">The most messages to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Claims events that are due and whose conversation has nothing else in flight on the same side (messages, or statuses): statuses last, and within each side oldest first.
    /// What another host takes and this one does not is left to the other: see <see cref="ClaimRequest.Lanes"/>.</summary>
    ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lets claims hold until a later moment. Those that are no longer held stay as they are.</summary>
    ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default);

    /// <summary>Notes that one handler completed, so that it does not rerun when another fails.</summary>
    /// <returns>False when the claim is no longer held; nothing was noted.</returns>
    ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default);

    /// <summary>Ends a claim.</summary>
    /// <returns>False when the claim is no longer held; nothing changed.</returns>
    ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default);

    /// <summary>Ends claims of events that nobody handles, as <see cref="DispatchResult.Completed"/> does, in one transaction. Those that are no longer held stay as they are.</summary>
    ValueTask CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default);

    /// <summary>The events that were parked, oldest first.</summary>
    /// <param name="limit">The most events to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>Puts parked events back into the outbox at their old positions, due now, with the handlers that completed still noted and the count of tries at zero.</summary>
    /// <returns>How many were still parked.</returns>
    ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default);

    /// <summary>Removes parked events for good.</summary>
    /// <returns>How many were still parked.</returns>
    ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default);

    /// <summary>The payloads in quarantine, oldest first.</summary>
    /// <param name="limit">The most payloads to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes a payload from quarantine.</summary>
    /// <returns>False when it was not there.</returns>
    ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default);

    /// <summary>Raises the alerts that are due: for each conversation and lead at most one per window, with its outbox row, in one transaction.</summary>
    /// <returns>How many alerts were raised.</returns>
    ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default);

    /// <summary>Puts an event of the SDK itself into the outbox, to be dispatched when it is due.</summary>
    /// <returns>False when its key was seen before, or what it is about was erased; nothing changed.</returns>
    ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default);

    /// <summary>Keeps a send before its request is written; it becomes part of the history. One that is there already is left as it is, unless it is <see cref="IntentState.Failed"/>: then it is tried anew, with what it says now, and is <see cref="IntentState.Pending"/> again.</summary>
    ValueTask SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default);

    /// <summary>Notes what became of a send, and joins what that says of its conversation, in one transaction. A state other than <see cref="IntentState.Pending"/> is replaced only by <see cref="IntentState.Accepted"/>.</summary>
    ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default);

    /// <summary>A send as it was kept, and what is known of it; null when the store does not have it (any more).</summary>
    ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default);

    /// <summary>Takes the one second try of a send that a status refused, before its request is written: the send is <see cref="IntentState.Pending"/> again. If that try is settled as <see cref="IntentState.Failed"/>, it may be taken anew.</summary>
    /// <param name="intent">The send.</param>
    /// <param name="refused">The message that was refused.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True for exactly one caller; false as well when the store does not have the send.</returns>
    ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, CancellationToken cancellationToken = default);

    /// <summary>What the statuses have told of a message, whoever sent it; <see cref="MessageDelivery.None"/> when none came.</summary>
    ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default);

    /// <summary>Keeps a message for when the customer opens the window: then, in the same transaction as the customer's event, its <see cref="HeldMessage.ToRelease"/> goes into the outbox. Its <see cref="HeldMessage.ToExpiry"/> goes there at once, in the same transaction as the message. One that is kept already is replaced.</summary>
    /// <returns>False when its customer was erased since it was created; nothing was kept.</returns>
    ValueTask<bool> HoldAsync(HeldMessage held, CancellationToken cancellationToken = default);

    /// <summary>The messages that are held for a conversation, over the same identifiers as <see cref="ReadAsync"/>, oldest first. Expired ones are among them until they are taken.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="limit">The most messages to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(ConversationKey conversation, int limit, CancellationToken cancellationToken = default);

    /// <summary>A held message; null when it is not held.</summary>
    ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default);

    /// <summary>Keeps the send of a held message before its request is written, as <see cref="SaveIntentAsync"/> does, if the message is still held and no other send of it is under way or went out. It stays held.</summary>
    /// <param name="intent">The send, with the id of the held message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the caller is to send it: true for one caller until its send is settled as <see cref="IntentState.Failed"/>.</returns>
    ValueTask<bool> ReleaseHeldAsync(SendIntent intent, CancellationToken cancellationToken = default);

    /// <summary>Takes a held message out that is not to be sent, unless a send of it is under way or went out.</summary>
    /// <param name="conversation">The conversation, by whatever identifier.</param>
    /// <param name="held">The message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True for exactly one caller, and then it is never sent; false when the conversation has no such message.</returns>
    ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken = default);

    /// <summary>Takes a held message out: because it was sent or given up.</summary>
    /// <returns>The message for exactly one caller; null when it is not held.</returns>
    ValueTask<HeldMessage?> TakeHeldAsync(IntentId held, CancellationToken cancellationToken = default);

    /// <summary>Takes an idempotency key for a send. Keys are kept for 8 days.</summary>
    /// <returns>Null for exactly one caller; for others what is recorded under the key.</returns>
    ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, IntentId intent, Instant now, CancellationToken cancellationToken = default);

    /// <summary>Records the outcome of the send that took a key.</summary>
    ValueTask RecordOutcomeAsync(IdempotencyKey key, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default);

    /// <summary>Gives a key back, because no request was made.</summary>
    ValueTask ReleaseKeyAsync(IdempotencyKey key, CancellationToken cancellationToken = default);

    /// <summary>Claims the right to send a fallback template, for the customer by all the identifiers that <see cref="ReadAsync"/> joins. Claims are kept for 8 days.</summary>
    /// <returns>True for exactly one caller until the claim is released.</returns>
    ValueTask<bool> ClaimFallbackAsync(FallbackClaim claim, Instant now, CancellationToken cancellationToken = default);

    /// <summary>Notes that the claimed template was sent, or may have been.</summary>
    ValueTask CompleteFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default);

    /// <summary>Gives a claim back, because Meta surely did not accept the template.</summary>
    ValueTask ReleaseFallbackAsync(FallbackClaim claim, CancellationToken cancellationToken = default);

    /// <summary>The claims that were neither completed nor released, oldest first.</summary>
    /// <param name="claimedBefore">Only claims made before this moment.</param>
    /// <param name="limit">The most claims to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<AbandonedFallback>> ListAbandonedFallbacksAsync(Instant claimedBefore, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases a conversation under all the identifiers that <see cref="ReadAsync"/> joins: facts, history, deliveries, outbox, parked events, quarantined payloads that name one, held messages, claims, keys, links.
    /// What stays are keyed hashes of each identifier and message id for 8 days: statuses of erased messages are dropped at ingest, and so are customer events from before <paramref name="at"/> less 5 seconds; a later one is kept.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="at">When: what is later is new.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask EraseAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken = default);
}
