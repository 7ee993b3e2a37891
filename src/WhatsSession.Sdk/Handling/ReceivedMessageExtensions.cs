namespace WhatsSession;

/// <summary>What a message handler can do besides replying.</summary>
public static class ReceivedMessageExtensions
{
    /// <summary>Reacts to the message with an emoji. It replaces an earlier reaction. It is a reply like every other one and passes the same guard.</summary>
    /// <param name="received">The message.</param>
    /// <param name="emoji">One emoji; empty to take the reaction back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    /// <exception cref="ReplyPostponedException">It cannot go now: the event is handled again later. See the remarks of this type.</exception>
    public static Task<SendOutcome> ReactAsync<TMessage>(this Received<TMessage> received, string emoji, CancellationToken cancellationToken = default)
        where TMessage : MessageReceived
    {
        ArgumentNullException.ThrowIfNull(received);
        return received.ReplyAsync(new ReactionMessage(received.Message.MessageId, emoji), cancellationToken);
    }

    /// <summary>Marks this message and those before it as read. It needs no open window. In a group it marks only this message.</summary>
    /// <param name="received">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta accepted the request. A failure is logged as a warning.</returns>
    public static Task<GraphResult> MarkReadAsync<TMessage>(this Received<TMessage> received, CancellationToken cancellationToken = default)
        where TMessage : MessageReceived => MarkReadAsync(received, typing: false, cancellationToken);

    /// <summary>Marks this message and those before it as read, and can show the typing indicator until the answer arrives, or for 25 seconds.</summary>
    /// <param name="received">The message.</param>
    /// <param name="typing">Whether to show the typing indicator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta accepted the request. A failure is logged as a warning.</returns>
    public static async Task<GraphResult> MarkReadAsync<TMessage>(this Received<TMessage> received, bool typing, CancellationToken cancellationToken = default)
        where TMessage : MessageReceived
    {
        ArgumentNullException.ThrowIfNull(received);
        var result = await received.Conversation.MarkReadAsync(received.Message.MessageId, typing, cancellationToken).ConfigureAwait(false);
        received.Note(result.Error);
        return result;
    }

    /// <summary>
    /// Downloads the medium of the message in pieces. If the download finally fails, an exception fails the handler and the event is handled again, unless the
    /// handler catches the exception.
    /// </summary>
    /// <param name="received">The message.</param>
    /// <param name="destination">Receives the content. It is written to before the checksum is known: use it only when the download succeeded.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>
    /// The result of the download. A medium that is too large (<see cref="MediaDownload.IsTooLarge"/>) does not fail the handler; a warning is logged.
    /// </returns>
    /// <exception cref="GraphErrorException">Meta refused the request or could not be reached, or the content is incomplete or not the right one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<MediaDownload> DownloadAsync<TMessage>(
        this Received<TMessage> received, Stream destination, CancellationToken cancellationToken = default)
        where TMessage : MediaReceived
    {
        ArgumentNullException.ThrowIfNull(received);
        var download = await received.Number.DownloadAsync(received.Message, destination, cancellationToken).ConfigureAwait(false);
        if (download.IsTooLarge)
        {
            // It would be so whenever the event came again.
            received.Note(download.Error);
            return download;
        }

        download.EnsureSuccess();
        return download;
    }
}
