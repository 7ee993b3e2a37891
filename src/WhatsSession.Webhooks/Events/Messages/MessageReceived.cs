using WhatsSession.Events;

namespace WhatsSession;

/// <summary>A message by a customer.</summary>
public abstract class MessageReceived : CustomerEvent
{
    private protected MessageReceived()
    {
    }

    /// <summary>Meta's id of the message.</summary>
    public MessageId MessageId { get; internal set; }

    /// <summary>What kind of message it is: Meta's <c>type</c>.</summary>
    public CustomerEventKind Kind { get; internal set; }

    /// <summary>The message it answers, and whether it was forwarded; null when it does neither.</summary>
    public MessageContext? Context { get; internal set; }

    /// <summary>The ad or post that the customer came through; null when it was none.</summary>
    public Referral? Referral { get; internal set; }

    /// <summary>Why Meta could not pass the message on whole, such as a medium that is too large; null when it could. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in its order; mostly one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; internal set; } = [];

    internal sealed override EventId Id => new(MessageId.Value, "");

    /// <inheritdoc />
    public sealed override CustomerEventKind? Opener => Lane == EventLane.Live ? Kind : null;

    /// <inheritdoc />
    public sealed override MessageId? About => MessageId == default ? null : MessageId;
}
