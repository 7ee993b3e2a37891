namespace WhatsSession.Storage;

/// <summary>The send that takes an idempotency key.</summary>
/// <param name="Intent">Its id.</param>
/// <param name="Conversation">
/// Its conversation: an erasure finds the key by it, whatever became of the send, and <see cref="RecordedOutcome.IsSameCustomer"/> is told by it.
/// </param>
/// <param name="Content">What tells its message from others, at most 32 bytes: kept beside the key for <see cref="RecordedOutcome.Content"/>.</param>
public readonly record struct KeyedSend(IntentId Intent, ConversationKey Conversation, ReadOnlyMemory<byte> Content)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"keyed send {Intent}";
}
