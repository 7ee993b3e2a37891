namespace WhatsSession;

/// <summary>What a handler of turns can do besides replying.</summary>
public static class ReceivedTurnExtensions
{
    /// <summary>Reacts to the latest message of the turn with an emoji. It replaces an earlier reaction. It is a reply like every other one.</summary>
    /// <param name="received">The turn.</param>
    /// <param name="emoji">One emoji; empty to take the reaction back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    /// <exception cref="ReplyPostponedException">It cannot go now: the turn is handled again later.</exception>
    public static Task<SendOutcome> ReactAsync(this Received<Turn> received, string emoji, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(received);
        return received.ReplyAsync(new ReactionMessage(received.Message.Newest.MessageId, emoji), cancellationToken);
    }

    /// <summary>Marks the messages of the turn, and those before it, as read. It needs no open window. In a group it marks only the latest.</summary>
    /// <param name="received">The turn.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta accepted the request. A failure is logged as a warning.</returns>
    public static Task<GraphResult> MarkReadAsync(this Received<Turn> received, CancellationToken cancellationToken = default) =>
        MarkReadAsync(received, typing: false, cancellationToken);

    /// <summary>
    /// Marks the messages of the turn, and those before it, as read, and can show the typing indicator until the answer arrives, or for 25 seconds.
    /// </summary>
    /// <param name="received">The turn.</param>
    /// <param name="typing">Whether to show the typing indicator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta accepted the request. A failure is logged as a warning.</returns>
    public static async Task<GraphResult> MarkReadAsync(this Received<Turn> received, bool typing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(received);
        var result = await received.Conversation.MarkReadAsync(received.Message.Newest.MessageId, typing, cancellationToken).ConfigureAwait(false);
        received.Note(result.Error);
        return result;
    }
}
