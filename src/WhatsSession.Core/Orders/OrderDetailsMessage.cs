using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>An order with a button to review and pay it. For businesses of Brazil and India.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/payments">Meta, read November 2025.</see></remarks>
public sealed record OrderDetailsMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text: 1 to 1,024 characters.</param>
    /// <param name="details">The order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="details"/> is null.</exception>
    public OrderDetailsMessage(string body, OrderDetails details)
        : base(body)
    {
        ArgumentNullException.ThrowIfNull(details);
        Details = details;
    }

    /// <summary>An image above the body.</summary>
    /// <value>Null by default: no image.</value>
    public MediaSource? HeaderImage { get; init; }

    /// <summary>The order.</summary>
    public OrderDetails Details { get; init => field = RequiredPart.Of(value); }

    /// <inheritdoc />
    public override string InteractiveKind => "order_details";

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        HeaderImage?.Check(ref violations, "interactive.header.image", MediaKind.Image);
        Details.Check(ref violations, "interactive.action.parameters");
    }
}
