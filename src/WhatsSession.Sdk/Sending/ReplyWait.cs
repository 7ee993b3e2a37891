using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>One who waits for a customer's message. It ends once: with a message of which it was told, with one that it found, or with none.</summary>
internal sealed class ReplyWait(ConversationKey conversation)
{
    private readonly TaskCompletionSource<StoredEvent?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its end: the message of which it was told; null when it ended otherwise.</summary>
    public Task<StoredEvent?> End => _end.Task;

    /// <summary>Whether a message is of the customer, by the identifiers that stand in it. Others are found by looking into the history.</summary>
    public bool IsFor(StoredEvent stored) => stored.Conversation == conversation
        || (stored is { Link: { } link, Conversation.IsGroup: false } && stored.Number == conversation.Number
            && conversation.Customer is { } customer && (customer == link.Phone || customer == link.BusinessScopedId));

    /// <summary>Ends it with a message.</summary>
    /// <returns>False when it has ended before.</returns>
    public bool TryTell(StoredEvent stored) => _end.TrySetResult(stored);

    /// <summary>Ends it otherwise.</summary>
    /// <returns>False when it has ended before.</returns>
    public bool TryEnd() => _end.TrySetResult(result: null);
}
