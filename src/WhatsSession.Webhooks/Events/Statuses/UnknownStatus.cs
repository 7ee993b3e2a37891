using WhatsSession.Events;

namespace WhatsSession;

/// <summary>
/// A status that is not about the delivery of a message, and that this version does not know. <see cref="Kind"/> says what it is about;
/// <see cref="WhatsAppEvent.Raw"/> has the whole status.
/// </summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status">Meta, read November 2026.</see>
/// </remarks>
public sealed class UnknownStatus : CustomerEvent
{
    /// <summary>What it is about: Meta's <c>type</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The status: Meta's <c>status</c>; empty when absent.</summary>
    public string Status { get; init; } = "";

    /// <summary>The message it is about; null when it names none.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Every error that Meta names here, in its order.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Errors is null."); } = [];

    /// <inheritdoc />
    public override MessageId? About => MessageId;

    // Of one kind a message may have many: they are told apart by what they say.
    internal override EventId Id => new("", "");
}
