using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>Pins a message in a group, or unpins it. For groups only. At most three messages are pinned; a new one replaces the oldest.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups">Meta, read November 2025.</see></remarks>
public sealed record PinMessage : SessionMessage
{
    /// <summary>Pins a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="expirationDays">For how long: 1 to 30 days.</param>
    public PinMessage(MessageId message, int expirationDays)
    {
        Message = message;
        ExpirationDays = expirationDays;
    }

    private PinMessage(MessageId message) => Message = message;

    /// <summary>The message that is pinned or unpinned.</summary>
    public MessageId Message { get; init; }

    /// <summary>For how long it is pinned, in days; null unpins it.</summary>
    public int? ExpirationDays { get; init; }

    /// <inheritdoc />
    public override string Kind => "pin";

    /// <summary>Unpins a message.</summary>
    public static PinMessage Unpin(MessageId message) => new(message);

    private protected override void Check(ref ViolationList violations)
    {
        violations.Required("pin.message_id", Message.Value);
        if (ExpirationDays is { } days)
        {
            violations.Between("pin.expiration_days", days, 1, 30, " days");
        }
    }

    private protected override void CheckParty(ref ViolationList violations, ConversationKey conversation)
    {
        if (!conversation.IsGroup)
        {
            violations.Add("type", "is pin, which can be sent to a group only");
        }
    }
}
