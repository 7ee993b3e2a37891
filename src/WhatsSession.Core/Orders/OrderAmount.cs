namespace WhatsSession;

/// <summary>An amount of money in hundredths of the order's currency: 12990 is 129.90.</summary>
/// <param name="Hundredths">The amount times 100.</param>
/// <remarks>Equality is by value. <c>default</c> is zero.</remarks>
public readonly record struct OrderAmount(long Hundredths)
{
    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(OrderAmount);
}
