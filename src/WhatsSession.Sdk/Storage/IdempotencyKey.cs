namespace WhatsSession.Storage;

/// <summary>A caller's own key of a send, unique per business number for 8 days.</summary>
/// <param name="Number">The business number.</param>
/// <param name="Key">The key.</param>
/// <remarks>Equality is by value, ordinal. <see cref="ToString"/> is redacted.</remarks>
public readonly record struct IdempotencyKey(PhoneNumberId Number, string Key)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"idempotency key of {Number}";
}
