using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>An order to pay, for an <see cref="OrderDetailsMessage"/> or a template.</summary>
/// <remarks>Immutable. Equality is by value, but the lists compare by reference.</remarks>
public sealed record OrderDetails
{
    /// <summary>Your id of the order, unique for each.</summary>
    public required string ReferenceId { get; init; }

    /// <summary>Whether the goods are physical.</summary>
    /// <value>True by default: <c>physical-goods</c>; else <c>digital-goods</c>.</value>
    public bool IsPhysical { get; init; } = true;

    /// <summary>Meta's word for the way of payment, such as <c>br</c> or <c>upi</c>.</summary>
    public required string PaymentType { get; init; }

    /// <summary>The name of the payment configuration, where the payment type has one.</summary>
    /// <value>Null by default.</value>
    public string? PaymentConfiguration { get; init; }

    /// <summary>The ways to pay.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<PaymentSetting> PaymentSettings { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>The currency's three capital letters of ISO 4217, such as <c>BRL</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>The amount to pay: the subtotal plus tax and shipping, minus the discount.</summary>
    public required OrderAmount Total { get; init; }

    /// <summary>The state of the order.</summary>
    /// <value><see cref="OrderStatus.Pending"/> by default.</value>
    public OrderStatus Status { get; init; } = OrderStatus.Pending;

    /// <summary>The products: at least one.</summary>
    public required IReadOnlyList<OrderLine> Items { get; init => field = CopiedList.Checked(value); }

    /// <summary>The price of all products.</summary>
    public required OrderAmount Subtotal { get; init; }

    /// <summary>The tax.</summary>
    public required OrderCharge Tax { get; init => field = RequiredPart.Of(value); }

    /// <summary>The shipping fee.</summary>
    /// <value>Null by default.</value>
    public OrderCharge? Shipping { get; init; }

    /// <summary>The discount.</summary>
    /// <value>Null by default.</value>
    public OrderCharge? Discount { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(OrderDetails);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.Required(path + ".reference_id", ReferenceId);
        violations.Required(path + ".payment_type", PaymentType);
        violations.Optional(path + ".payment_configuration", PaymentConfiguration);
        violations.CurrencyCode(path + ".currency", Currency);
        violations.Required(path + ".order.status", Status.Name);
        violations.Text(path + ".order.tax.description", Tax.Description);
        violations.Text(path + ".order.shipping.description", Shipping?.Description);
        violations.Text(path + ".order.discount.description", Discount?.Description);
        if (Items.Count == 0)
        {
            violations.Add(path + ".order.items", "is empty; an order needs at least one item", limit: 1, actual: 0);
        }

        for (var i = 0; i < Items.Count; i++)
        {
            Items[i].Check(ref violations, $"{path}.order.items[{i}]");
        }

        for (var i = 0; i < PaymentSettings.Count; i++)
        {
            PaymentSettings[i].Check(ref violations, $"{path}.payment_settings[{i}]");
        }
    }
}
