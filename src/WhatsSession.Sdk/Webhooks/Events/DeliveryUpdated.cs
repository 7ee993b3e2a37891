namespace WhatsSession;

/// <summary>Meta tells how far a message of the business has come.</summary>
public sealed class DeliveryUpdated : WhatsAppEvent
{
    /// <summary>Meta's id of the message.</summary>
    public MessageId MessageId { get; internal set; }

    /// <summary>How far it has come. Statuses may come late and out of order.</summary>
    public DeliveryStatus Status { get; internal set; }

    /// <summary>The recipient's phone number; null when it is hidden or the recipient is a group.</summary>
    public CustomerId? Phone { get; internal set; }

    /// <summary>The recipient's business-scoped user id; null when the payload has none.</summary>
    public CustomerId? BusinessScopedId { get; internal set; }

    /// <summary>The group it was sent to; null in a private conversation.</summary>
    public GroupId? Group { get; internal set; }

    /// <summary>Why it failed; null unless <see cref="Status"/> is failed.</summary>
    public GraphError? Error { get; internal set; }

    /// <summary>Our id of the send; null when the message was not sent by this SDK.</summary>
    public IntentId? Intent { get; internal set; }

    /// <summary>The caller's own data that was sent with the message; null when there was none.</summary>
    public string? CallbackData { get; internal set; }

    /// <inheritdoc />
    public override ConversationKey? Conversation =>
        Number is not { } number ? null
        : Group is { } group ? new ConversationKey(number, group)
        : (BusinessScopedId ?? Phone) is { } customer ? new ConversationKey(number, customer)
        : null;
}
