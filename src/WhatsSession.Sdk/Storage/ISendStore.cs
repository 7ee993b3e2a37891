using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Keeps sends, what became of them, and the claims by which each is made once.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all its parts.</remarks>
public interface ISendStore
{
    /// <summary>
    /// Keeps a send before its request is written. It becomes part of the history. A send that the store has already stays as it is, unless
    /// <see cref="IntentTransitions.MayBeMadeBy"/> says that the caller may make it: then it is replaced, and is <see cref="IntentState.Pending"/>.
    /// </summary>
    /// <returns>
    /// Whether the caller makes the request. True for exactly one <see cref="SendIntent.SaveToken"/> until the send is settled as
    /// <see cref="IntentState.Failed"/>; without tokens, true for exactly one call. Replies rely on it: their ids are the same each time their event
    /// is handled.
    /// </returns>
    ValueTask<bool> SaveIntentAsync(SendIntent intent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes what became of a send, and joins what that says about its conversation, in one transaction.
    /// Once a send is no longer <see cref="IntentState.Pending"/>, only <see cref="IntentState.Accepted"/> replaces its state.
    /// </summary>
    ValueTask SettleIntentAsync(SendSettlement settlement, CancellationToken cancellationToken = default);

    /// <summary>Returns a send as it was kept, and what is known of it. Null when the store does not have it, or no longer has it.</summary>
    ValueTask<StoredSend?> ReadSendAsync(IntentId intent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the second try of a send that a status refused, before its request is written. There is one such try. The send is
    /// <see cref="IntentState.Pending"/> again. If the try is settled as <see cref="IntentState.Failed"/>, it may be taken anew: see
    /// <see cref="IntentTransitions.MayRetry"/>.
    /// </summary>
    /// <param name="intent">The send.</param>
    /// <param name="refused">The message that was refused.</param>
    /// <param name="saveToken">The <see cref="SendIntent.SaveToken"/> of the run that takes it; 0 for none. It replaces the token of the first try.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// Whether the caller makes the request. True for exactly one token; without tokens, true for exactly one call. False when the store does not
    /// have the send.
    /// </returns>
    ValueTask<bool> TakeRetryAsync(IntentId intent, MessageId refused, long saveToken, CancellationToken cancellationToken = default);

    /// <summary>Returns what statuses have told of a message, whoever sent it; <see cref="MessageDelivery.None"/> when no status came.</summary>
    ValueTask<MessageDelivery> ReadDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken = default);

    /// <summary>Returns what statuses have told of several messages, in the order of <paramref name="messages"/>.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="messages">Meta's ids of the messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <remarks>By default it reads one after the other. A store that can read them at once should do so.</remarks>
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
    /// <param name="send">The send. Its conversation is kept with the key, so that an erasure of the conversation takes the key too.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// Null for exactly one caller: it has the key. For others, what is recorded under the key, and whether that is of the same customer, read in the same
    /// transaction.
    /// </returns>
    ValueTask<RecordedOutcome?> TakeKeyAsync(IdempotencyKey key, KeyedSend send, Instant now, CancellationToken cancellationToken = default);

    /// <summary>Records the outcome of the send that took a key. Does nothing when that send no longer has the key: after an erasure it may be
    /// another's.</summary>
    /// <param name="key">The key.</param>
    /// <param name="intent">The send.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask RecordOutcomeAsync(IdempotencyKey key, IntentId intent, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken = default);

    /// <summary>Gives a key back, because no request was made. Does nothing when that send no longer has the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="intent">The send.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask ReleaseKeyAsync(IdempotencyKey key, IntentId intent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Claims the right to send a fallback template. The claim holds for all identifiers of the customer that <see cref="IConversationStore.ReadAsync"/> joins.
    /// Claims are kept for 8 days. A claim by a recycled phone number, from before it was known as the new customer's (<see cref="IdentityRules"/>),
    /// is replaced.
    /// A claim whose message failed is given back when <see cref="FallbackRefusals.GivesBack"/> says so.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="intent">The send that is to hold it.</param>
    /// <param name="template">The name of the template, for people who look at the claim.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null for exactly one caller, until the claim is given back: it has the claim. For others, who holds it.</returns>
    /// <remarks>
    /// Any status that carries the intent of a claim completes the claim with its message, in the transaction that keeps the status.
    /// </remarks>
    ValueTask<FallbackHolder?> ClaimFallbackAsync(
        FallbackClaim claim, IntentId intent, string template, Instant now, CancellationToken cancellationToken = default);

    /// <summary>Notes that the claimed template was sent, or may have been. Does nothing when that send does not hold the claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="intent">The send.</param>
    /// <param name="message">Meta's id of its message; null when it is not known. An id that the store has already stays.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True when it is noted now. False when it was noted before, or when that send does not hold the claim.</returns>
    ValueTask<bool> CompleteFallbackAsync(FallbackClaim claim, IntentId intent, MessageId? message, CancellationToken cancellationToken = default);

    /// <summary>Gives a claim back, because Meta surely did not accept the template. Does nothing when that send does not hold the claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="intent">The send.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask ReleaseFallbackAsync(FallbackClaim claim, IntentId intent, CancellationToken cancellationToken = default);

    /// <summary>Returns a page of the claims that were neither completed nor given back, oldest first. Claims of one moment come in the ordinal order of their
    /// intents as text.</summary>
    /// <param name="claimedBefore">Only claims made before this moment.</param>
    /// <param name="after">The last claim of the page before; null for the first page. It may have left the list meanwhile.</param>
    /// <param name="limit">The most claims to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<ClaimedFallback>> ListAbandonedFallbacksAsync(
        Instant claimedBefore, ClaimedFallback? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns a page of the claims whose message failed with an error and was not delivered after all (<see cref="MessageDelivery.IsFailed"/>), in
    /// the order of
    /// the failures. Claims of one moment come in the ordinal order of their intents as text. It does not matter whether message or failure became known first.
    /// </summary>
    /// <param name="after">The last claim of the page before; null for the first page. It may have left the list meanwhile.</param>
    /// <param name="limit">The most claims to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<RefusedClaim>> ListRefusedFallbacksAsync(RefusedClaim? after, int limit, CancellationToken cancellationToken = default);
}
