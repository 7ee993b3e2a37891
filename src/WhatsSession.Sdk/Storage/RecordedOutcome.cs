namespace WhatsSession.Storage;

/// <summary>What is recorded under an idempotency key.</summary>
/// <param name="Intent">The send that took the key.</param>
/// <param name="IsSameCustomer">
/// Whether that send went to the customer of the send that asks, by whichever identifiers, as the store knows them when it is asked
/// (<see cref="IdentityRules"/>). What a recycled phone took before it was known as the new customer's is another customer's.
/// </param>
/// <param name="Content">What tells the message of that send from others, as it was given when the key was taken.</param>
/// <param name="Outcome">Its outcome as UTF-8 JSON that the SDK wrote; empty while it is not recorded.</param>
public readonly record struct RecordedOutcome(IntentId Intent, bool IsSameCustomer, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Outcome)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"outcome of {Intent}";
}
