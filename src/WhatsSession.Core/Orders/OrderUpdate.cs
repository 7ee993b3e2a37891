using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>The new state of an order, for an <see cref="OrderStatusMessage"/> or a template.</summary>
/// <param name="ReferenceId">Your id of the order, as in its <see cref="OrderDetails"/>.</param>
/// <param name="Status">The state.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record OrderUpdate(string ReferenceId, OrderStatus Status)
{
    /// <summary>A text about the state.</summary>
    /// <value>Null by default.</value>
    public string? Description { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(OrderUpdate);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.Required(path + ".reference_id", ReferenceId);
        violations.Required(path + ".order.status", Status.Name);
        violations.Optional(path + ".order.description", Description);
    }
}
