using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Sends, what became of them, and the claims by which each is made once.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all of them.</remarks>
public interface ISendStore
{
    /// <summary>
    /// Keeps a send before its request is written; it becomes part of the history. One that is there already is left as it is,
    /// unless <see cref="IntentTransitions.MayBeMadeBy"/> says that the caller may make it: then it says what it says now, and is
    /// <see cref="IntentState.Pending"/>.
    /// </summary>
    /// <returns>
    /// Whether the caller is to make the request: true for exactly one <see cref="SendIntent.SaveToken"/> until the send is settled as
    /// <see cref="IntentState.Failed"/>; without tokens for exactly one call. Replies rely on it, whose ids are the same whenever their event is handled.
    /// </returns>
    ValueTask<bool> SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes what became of a send, and joins what that says of its conversation, in one transaction.
    /// A state other than <see cref="IntentState.Pending"/> is replaced only by <see cref="IntentState.Accepted"/>.
    /// </summary>
    ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default);

    /// <summary>A send as it was kept, and what is known of it; null when the store does not have it (any more).</summary>
    ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the one second try of a send that a status refused, before its request is written: the send is <see cref="IntentState.Pending"/> again.
    /// If that try is settled as <see cref="IntentState.Failed"/>, it may be taken anew: see <see cref="IntentTransitions.MayRetry"/>.
    /// </summary>
    /// <param name="intent">The send.</param>
    /// <param name="refused">The message that was refused.</param>
    /// <param name="saveToken">The <see cref="SendIntent.SaveToken"/> of the run that takes it, kept in the place of that of the first try; 0 for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// Whether the caller is to make the request: true for exactly one token, without tokens for exactly one call; false as well when the store does not have
    /// the send.
    /// </returns>
    ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, long saveToken, CancellationToken cancellationToken = default);

    /// <summary>What the statuses have told of a message, whoever sent it; <see cref="MessageDelivery.None"/> when none came.</summary>
    ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default);

    /// <summary>What the statuses have told of several messages so far, in the order they are asked for.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="messages">Meta's ids of the messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <remarks>A store that can read them at once should: this reads one after the other.</remarks>
    async ValueTask<IReadOnlyList<MessageDelivery>> ReadDeliveriesAsync(
        PhoneNumberId number, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var deliveries = new MessageDelivery[messages.Count];
        for (var i = 0; i < deliveries.Length; i++)
        {
            deliveries[i] = await ReadDeliveryAsync(number, messages[i], cancellationToken).ConfigureAwait(false);
        }

        return deliveries;
    }

    /// <summary>Takes an idempotency key for a send. Keys are kept for 8 days.</summary>
    /// <param name="key">The key.</param>
    /// <param name="send">The send. Its conversation is kept with the key, so that its erasure takes the key.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// Null for exactly one caller; for others what is recorded under the key, and whether that is of the same customer, told in the same transaction.
    /// </returns>
    ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, KeyedSend send, Instant now, CancellationToken cancellationToken = default);

    /// <summary>Records the outcome of the send that took a key, while that send has it: after an erasure it may be another's.</summary>
    /// <param name="key">The key.</param>
    /// <param name="intent">The send.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask RecordOutcomeAsync(IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default);

    /// <summary>Gives a key back while that send has it, because no request was made.</summary>
    /// <param name="key">The key.</param>
    /// <param name="intent">The send.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask ReleaseKeyAsync(IdempotencyKey key, IntentId intent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Claims the right to send a fallback template, for the customer by all the identifiers that <see cref="IConversationStore.ReadAsync"/> joins.
    /// Claims are kept for 8 days. What a recycled phone claimed before it was known as the new customer's
    /// (<see cref="IdentityRules"/>) is replaced. One whose message failed since is given back when <see cref="FallbackRefusals.GivesBack"/> says so.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="intent">The send that is to hold it.</param>
    /// <param name="template">The name of the template, for those who look at the claim.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null for exactly one caller until the claim is given back; for others who holds it.</returns>
    /// <remarks>
    /// A status that carries the intent of a claim, whatever it tells, completes the claim with its message in the transaction that keeps the status.
    /// </remarks>
    ValueTask<FallbackHolder?> ClaimFallbackAsync(
        FallbackClaim claim, IntentId intent, string template, Instant now, CancellationToken cancellationToken = default);

    /// <summary>Notes that the claimed template was sent, or may have been, while the claim is held by that send.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="intent">The send.</param>
    /// <param name="message">Meta's id of its message; null when it is not known. One that is known already stays.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was not noted before; false as well when another send holds the claim, or none does.</returns>
    ValueTask<bool> CompleteFallbackAsync(FallbackClaim claim, IntentId intent, MessageId? message, CancellationToken cancellationToken = default);

    /// <summary>Gives a claim back while it is held by that send, because Meta surely did not accept the template.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="intent">The send.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask ReleaseFallbackAsync(FallbackClaim claim, IntentId intent, CancellationToken cancellationToken = default);

    /// <summary>The claims that were neither completed nor released, oldest first; those of one moment by the text of their intents, ordinal.</summary>
    /// <param name="claimedBefore">Only claims made before this moment.</param>
    /// <param name="after">The last claim of the page before, which need not be there any more; null for the first page.</param>
    /// <param name="limit">The most claims to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<ClaimedFallback>> ListAbandonedFallbacksAsync(
        Instant claimedBefore, ClaimedFallback? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// The claims that are held by a send whose message failed with an error and was not delivered all the same (<see cref="MessageDelivery.IsFailed"/>), in
    /// order of the failures; those of one moment by the text of their intents, ordinal. Whichever of message and failure became known first.
    /// </summary>
    /// <param name="after">The last claim of the page before, which need not be there any more; null for the first page.</param>
    /// <param name="limit">The most claims to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<RefusedClaim>> ListRefusedFallbacksAsync(RefusedClaim? after, int limit, CancellationToken cancellationToken = default);
}
