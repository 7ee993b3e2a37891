using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Keeps messages until their customers write.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all its parts.</remarks>
public interface IHeldMessageStore
{
    /// <summary>
    /// Keeps a message until the customer opens the window. A message that is kept already is replaced.
    /// </summary>
    /// <remarks>
    /// In this transaction its <see cref="HeldMessage.ToExpiry"/> goes into the outbox. If the customer wrote between the refusal and now, nobody else would
    /// release the message: then its <see cref="HeldMessage.ToReleaseAtOnce"/>, by the joined state of the customer, goes there too.
    /// Later, an event of the customer that opens the window puts its <see cref="HeldMessage.ToRelease"/> there, in the transaction of that event.
    /// </remarks>
    /// <param name="held">The message.</param>
    /// <param name="seen">The latest customer event that was known when the message was refused; null when none was.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when its customer was erased since <see cref="HeldMessage.RefusedAt"/>. Nothing was kept then.</returns>
    ValueTask<bool> HoldAsync(HeldMessage held, Instant? seen, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns a page of the messages that are held for a conversation, over the same identifiers as <see cref="IConversationStore.ReadAsync"/>, oldest first.
    /// Messages of one moment come in an order that the store chooses. Expired messages are among them until they are taken.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="after">The last message of the page before; null for the first page. It may have left the list meanwhile.</param>
    /// <param name="limit">The most messages to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(
        ConversationKey conversation, HeldMessage? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Returns a held message; null when it is not held.</summary>
    ValueTask<HeldMessage?> FindHeldAsync(IntentId held, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps the send of a held message before its request is written, as <see cref="ISendStore.SaveIntentAsync"/> does. It does so only while the message is
    /// held, and no other send of it is under way or went out. The message stays held.
    /// </summary>
    /// <param name="intent">The send, with the id of the held message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the caller sends it. True for one caller, until its send is settled as <see cref="IntentState.Failed"/>.</returns>
    ValueTask<bool> ReleaseHeldAsync(SendIntent intent, CancellationToken cancellationToken = default);

    /// <summary>Removes a held message that is no longer to be sent, unless a send of it is under way or went out.</summary>
    /// <param name="conversation">The conversation, by whatever identifier.</param>
    /// <param name="held">The message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>True for exactly one caller: the message is never sent then. False when the conversation has no such message.</returns>
    ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken = default);

    /// <summary>Removes a held message, because it was sent or given up.</summary>
    /// <returns>The message for exactly one caller; null when it is not held.</returns>
    ValueTask<HeldMessage?> TakeHeldAsync(IntentId held, CancellationToken cancellationToken = default);
}
