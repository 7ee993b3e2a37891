using System.Globalization;
using WhatsSession.Events;

namespace WhatsSession;

/// <summary>
/// The status of the payment of an order that the business sent. It says nothing about the delivery of the message. The customer is its recipient.
/// </summary>
/// <remarks>
/// In India and Brazil. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/payments">Meta, read November 2026.</see>
/// </remarks>
public sealed class PaymentUpdated : CustomerEvent
{
    /// <summary>Meta's id of the message with the order.</summary>
    public MessageId MessageId { get; init; }

    /// <summary>The business's own id of the order, as it was sent; empty when absent.</summary>
    public string ReferenceId { get; init; } = "";

    /// <summary>How far the payment has come. Statuses may come late and out of order.</summary>
    public PaymentStatus Status { get; init; }

    /// <summary>The amount; null when absent.</summary>
    public PaymentAmount? Amount { get; init; }

    /// <summary>The currency of the amount by ISO 4217, such as <c>INR</c>; empty when absent.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The customer's attempt to pay; null when absent.</summary>
    public PaymentTransaction? Transaction { get; init; }

    /// <summary>Every error that Meta names here, in its order.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Errors is null."); } = [];

    /// <summary>Our id of the send; null when the message was not sent by this SDK.</summary>
    public IntentId? Intent { get; init; }

    /// <summary>The caller's own data that was sent with the message; null when there was none.</summary>
    public string? CallbackData { get; init; }

    /// <inheritdoc />
    public override MessageId? About => MessageId == default ? null : MessageId;

    // A customer may try more than once, and each try may be told of more than once.
    internal override EventId Id => new(MessageId.Value, Part);

    private string Part =>
        string.Create(CultureInfo.InvariantCulture, $"{Status.Name}|{Transaction?.Id}|{Transaction?.Status}|{Timestamp.ToUnixTimeSeconds()}");
}
