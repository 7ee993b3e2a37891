namespace WhatsSession.Storage;

/// <summary>What is recorded under an idempotency key.</summary>
/// <param name="Intent">The send that took the key.</param>
/// <param name="Content">What tells that send from others, as it was given when the key was taken.</param>
/// <param name="Outcome">Its outcome as UTF-8 JSON that the SDK wrote; empty while it is not recorded.</param>
public readonly record struct RecordedOutcome(IntentId Intent, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Outcome)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"outcome of {Intent}";
}
