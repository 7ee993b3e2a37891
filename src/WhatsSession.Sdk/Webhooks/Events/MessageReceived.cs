namespace WhatsSession;

/// <summary>A message by a customer.</summary>
public abstract class MessageReceived : WhatsAppEvent
{
    private protected MessageReceived()
    {
    }

    /// <summary>Meta's id of the message.</summary>
    public MessageId MessageId { get; internal set; }

    /// <summary>What kind of message it is: Meta's <c>type</c>.</summary>
    public CustomerEventKind Kind { get; internal set; }

    /// <summary>The customer's phone number; null when the customer hides it.</summary>
    public CustomerId? Phone { get; internal set; }

    /// <summary>The customer's business-scoped user id; null in payloads from before April 2026.</summary>
    public CustomerId? BusinessScopedId { get; internal set; }

    /// <summary>The group it was written in; null in a private conversation.</summary>
    public GroupId? Group { get; internal set; }

    /// <summary>What the payload says of the customer; null when it says nothing.</summary>
    public Contact? Contact { get; internal set; }

    /// <summary>The message it answers, and whether it was forwarded; null when it does neither.</summary>
    public MessageContext? Context { get; internal set; }

    /// <summary>The customer: the BSUID where there is one, else the phone number; null when Meta named neither.</summary>
    public CustomerId? Customer => BusinessScopedId ?? Phone;

    /// <inheritdoc />
    public override ConversationKey? Conversation =>
        Number is not { } number ? null
        : Group is { } group ? new ConversationKey(number, group)
        : Customer is { } customer ? new ConversationKey(number, customer)
        : null;
}
