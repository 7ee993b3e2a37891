namespace WhatsSession;

/// <summary>An amount of money as Meta writes it: 45900 with the offset 100 is 459.00.</summary>
/// <param name="Value">The amount in the smallest unit.</param>
/// <param name="Offset">How many of the smallest unit make one; 100 for most currencies.</param>
/// <remarks>Equality is by value. <c>default</c> is no amount.</remarks>
public readonly record struct PaymentAmount(long Value, long Offset)
{
    /// <summary>The amount in the currency's own unit. Without an offset it is the value itself.</summary>
    public decimal ToDecimal() => Offset > 1 ? Value / (decimal)Offset : Value;

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(PaymentAmount);
}
