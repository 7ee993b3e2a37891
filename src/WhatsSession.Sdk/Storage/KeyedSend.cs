namespace WhatsSession.Storage;

/// <summary>The send that takes an idempotency key.</summary>
/// <param name="Intent">Its id.</param>
/// <param name="Conversation">
/// Its conversation. An erasure finds the key by it, whatever the outcome of the send is, and <see cref="RecordedOutcome.IsSameCustomer"/> depends on it.
/// </param>
/// <param name="Content">A fingerprint of its message, at most 32 bytes. It is kept with the key for <see cref="RecordedOutcome.Content"/>.</param>
public readonly record struct KeyedSend(IntentId Intent, ConversationKey Conversation, ReadOnlyMemory<byte> Content)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"keyed send {Intent}";
}
