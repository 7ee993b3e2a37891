using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>One product of an order.</summary>
/// <param name="RetailerId">Your id of the product.</param>
/// <param name="Name">Its name, as it is shown.</param>
/// <param name="Amount">The price of one.</param>
/// <param name="Quantity">How many: at least 1.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record OrderLine(string RetailerId, string Name, OrderAmount Amount, int Quantity)
{
    /// <summary>The reduced price of one.</summary>
    /// <value>Null by default.</value>
    public OrderAmount? SaleAmount { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(OrderLine);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.Required(path + ".retailer_id", RetailerId);
        violations.Required(path + ".name", Name);
        violations.Between(path + ".quantity", Quantity, 1, int.MaxValue);
    }
}
