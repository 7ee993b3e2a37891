using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The messages that wait for their customers to write.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all of them.</remarks>
public interface IHeldMessageStore
{
    /// <summary>
    /// Keeps a message for when the customer opens the window: then, in the same transaction as the customer's event,
    /// its <see cref="HeldMessage.ToRelease"/> goes into the outbox. Its <see cref="HeldMessage.ToExpiry"/> goes there at once,
    /// in the same transaction as the message. One that is kept already is replaced.
    /// Where the customer wrote between the refusal and now, nobody else would release it: then its <see cref="HeldMessage.ToReleaseAtOnce"/>, by the joined
    /// state of the customer, goes there in this transaction too.
    /// </summary>
    /// <param name="held">The message.</param>
    /// <param name="seen">The latest customer event that was known when the message was refused; null when none was.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when its customer was erased since <see cref="HeldMessage.RefusedAt"/>; nothing was kept.</returns>
    ValueTask<bool> HoldAsync(HeldMessage held, Instant? seen, CancellationToken cancellationToken = default);

    /// <summary>
    /// The messages that are held for a conversation, over the same identifiers as <see cref="IConversationStore.ReadAsync"/>, oldest first; those of
    /// one moment in an order of the store's own. Expired ones are among them until they are taken.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="after">The last message of the page before, which need not be held any more; null for the first page.</param>
    /// <param name="limit">The most messages to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(
        ConversationKey conversation, HeldMessage? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>A held message; null when it is not held.</summary>
    ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps the send of a held message before its request is written, as <see cref="ISendStore.SaveIntentAsync"/> does,
    /// if the message is still held and no other send of it is under way or went out. It stays held.
    /// </summary>
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
}
