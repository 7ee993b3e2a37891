namespace WhatsSession;

/// <summary>A tax, a shipping fee or a discount of an order.</summary>
/// <param name="Amount">How much.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record OrderCharge(OrderAmount Amount)
{
    /// <summary>A text about it.</summary>
    /// <value>Null by default.</value>
    public string? Description { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(OrderCharge);
}
