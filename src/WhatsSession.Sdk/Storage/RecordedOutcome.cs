namespace WhatsSession.Storage;

/// <summary>What is recorded under an idempotency key.</summary>
/// <param name="Intent">The send that took the key.</param>
/// <param name="IsSameCustomer">
/// Whether that send was to the same customer as the asking send, with whatever identifiers, as far as the store knows at that time
/// (<see cref="IdentityRules"/>). A key that a recycled phone number took before it belonged to the new customer is a key of another customer.
/// </param>
/// <param name="Content">The fingerprint of that send's message, as it was given when the key was taken.</param>
/// <param name="Outcome">Its outcome as UTF-8 JSON that the SDK wrote; empty while it is not recorded.</param>
public readonly record struct RecordedOutcome(IntentId Intent, bool IsSameCustomer, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Outcome)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"outcome of {Intent}";
}
