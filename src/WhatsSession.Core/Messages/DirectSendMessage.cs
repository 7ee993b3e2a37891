using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>
/// Direct Send: a free-form message that needs no window and no template of yours, at the price of its category.
/// The account must be eligible (error 100 otherwise).
/// </summary>
/// <remarks>
/// Meta makes a template from it. For utility the content is a text of 1 to 1,024 characters, a <see cref="CtaUrlMessage"/>, a
/// <see cref="ReplyButtonsMessage"/> or a <see cref="VoiceCallMessage"/>. For authentication it is a text. For anything else use <see cref="RawMessage"/>. It
/// cannot be sent to groups; authentication can be sent only to phone numbers.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send">Meta, 31 July 2026.</see>
/// </remarks>
public sealed record DirectSendMessage : Message
{
    /// <summary>Makes the message.</summary>
    /// <param name="content">What the customer sees.</param>
    /// <param name="category">The category.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public DirectSendMessage(SessionMessage content, DirectSendCategory category)
    {
        ArgumentNullException.ThrowIfNull(content);
        Content = content;
        Category = category;
    }

    /// <summary>What the customer sees.</summary>
    public SessionMessage Content { get; init => field = RequiredPart.Of(value); }

    /// <summary>The category.</summary>
    public DirectSendCategory Category { get; init; }

    /// <summary>
    /// For how many seconds Meta tries to deliver it: 30 to 43,200 for utility, 30 to 900 for authentication. Meta then drops a message that was not
    /// delivered, without a status.
    /// </summary>
    /// <value>Null by default: 30 days for utility, 600 seconds for authentication.</value>
    public int? TtlSeconds { get; init; }

    /// <inheritdoc />
    public override string Kind => Content.Kind;

    private protected override void Check(ref ViolationList violations)
    {
        if (TtlSeconds is { } seconds)
        {
            violations.Between("ttl_seconds", seconds, 30, Category == DirectSendCategory.Authentication ? 900 : 43200, " seconds");
        }

        if (Content is TextMessage text)
        {
            violations.Required("text.body", text.Body, 1024);
            return;
        }

        Content.CheckContent(ref violations);
        if (Content is not (RawMessage or CtaUrlMessage or ReplyButtonsMessage or VoiceCallMessage)
            || (Category == DirectSendCategory.Authentication && Content is not RawMessage))
        {
            violations.Add("type", "is not a kind of message that can be sent directly in this category");
        }
    }

    private protected override void CheckParty(ref ViolationList violations, ConversationKey conversation)
    {
        if (conversation.IsGroup)
        {
            violations.Add("type", "is sent directly, which cannot be done to a group");
            return;
        }

        if (Category == DirectSendCategory.Authentication)
        {
            violations.NoUserId(conversation);
        }

        Content.CheckContentFor(ref violations, conversation);
    }
}
