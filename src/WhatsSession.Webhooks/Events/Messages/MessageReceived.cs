using NodaTime;
using WhatsSession.Events;

namespace WhatsSession;

/// <summary>A message by a customer.</summary>
public abstract class MessageReceived : CustomerEvent
{
    private MessageId _messageId;
    private CustomerEventKind _kind;
    private MessageContext? _context;
    private Referral? _referral;
    private IReadOnlyList<GraphError> _errors = [];

    /// <summary>Makes one with nothing in it: the properties are set where it is made.</summary>
    protected MessageReceived()
    {
    }

    /// <summary>Meta's id of the message.</summary>
    public MessageId MessageId
    {
        get => _messageId;
        init => _messageId = value;
    }

    /// <summary>
    /// Who wrote it: <see cref="CustomerEvent.Customer"/>. Every message from Meta names its customer. It is <c>default</c> only in a message that was made by
    /// hand without one.
    /// </summary>
    public CustomerId From => Customer.GetValueOrDefault();

    /// <summary>What kind of message it is: Meta's <c>type</c>.</summary>
    public CustomerEventKind Kind
    {
        get => _kind;
        init => _kind = value;
    }

    /// <summary>The message it answers, and whether it was forwarded; null when it does neither.</summary>
    public MessageContext? Context
    {
        get => _context;
        init => _context = value;
    }

    /// <summary>The ad or post that the customer came from; null when there was none.</summary>
    public Referral? Referral
    {
        get => _referral;
        init => _referral = value;
    }

    /// <summary>
    /// Why Meta could not deliver the whole message, for example because a medium is too large. Null when it could. The first of <see cref="Errors"/>.
    /// </summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in Meta's order; usually one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors
    {
        get => _errors;
        init => _errors = value ?? throw new ArgumentNullException(nameof(value), "Errors is null.");
    }

    internal sealed override EventId Id => new(MessageId.Value, "");

    /// <inheritdoc />
    public sealed override CustomerEventKind? Opener => Lane == EventLane.Live ? Kind : null;

    /// <inheritdoc />
    public sealed override MessageId? About => MessageId == default ? null : MessageId;

    /// <summary>Which message it is, and when it was written.</summary>
    internal void SetOrigin(MessageId messageId, Instant timestamp)
    {
        _messageId = messageId;
        SetTimestamp(timestamp);
    }

    /// <summary>The fields around the content. They may be read before the content is known.</summary>
    internal void SetSurroundings(CustomerEventKind kind, MessageContext? context, Referral? referral, IReadOnlyList<GraphError> errors)
    {
        _kind = kind;
        _context = context;
        _referral = referral;
        _errors = errors;
    }
}
