using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>Tells the customer the state of an order of an <see cref="OrderDetailsMessage"/>.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/payments">Meta, read November 2025.</see></remarks>
public sealed record OrderStatusMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text: 1 to 1,024 characters.</param>
    /// <param name="update">The order and its state.</param>
    /// <exception cref="ArgumentNullException"><paramref name="update"/> is null.</exception>
    public OrderStatusMessage(string body, OrderUpdate update)
        : base(body)
    {
        ArgumentNullException.ThrowIfNull(update);
        Update = update;
    }

    /// <summary>The order and its state.</summary>
    public OrderUpdate Update { get; init => field = RequiredPart.Of(value); }

    /// <inheritdoc />
    public override string InteractiveKind => "order_status";

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        Update.Check(ref violations, "interactive.action.parameters");
    }
}
