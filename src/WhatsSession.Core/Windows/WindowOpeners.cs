namespace WhatsSession;

/// <summary>Which events open a customer service window or extend it.</summary>
/// <remarks>
/// Messages, button, list and flow replies, the welcome request, calls by the customer (answered or missed) and accepted business calls open it
/// (<see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages">Meta, 21 May 2026</see>;
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/pricing">calling</see>). Statuses, echoes, history and system
/// notices never do. Where Meta's documentation does not say it, a switch here decides. All switches are off by default: if the SDK wrongly takes a window for
/// open, messages are refused; if it wrongly takes a window for closed, this costs only a template. Immutable; equality is by value.
/// </remarks>
public sealed record WindowOpeners
{
    /// <summary>The value with every switch off.</summary>
    public static WindowOpeners Default { get; } = new();

    /// <summary>Whether a customer's reaction opens a window. Meta does not document it.</summary>
    /// <value>False by default.</value>
    public bool Reactions { get; init; }

    /// <summary>Whether a message that the API cannot show opens a window. Meta does not document it.</summary>
    /// <value>False by default.</value>
    public bool UnsupportedMessages { get; init; }

    /// <summary>Whether the edit or removal of an earlier message opens a window. Meta does not document it.</summary>
    /// <value>False by default.</value>
    public bool Edits { get; init; }

    /// <summary>Whether a message of a kind this version does not know opens a window.</summary>
    /// <value>False by default.</value>
    public bool UnknownKinds { get; init; }

    /// <summary>Whether an event of this kind from a customer opens or extends the window.</summary>
    public bool Opens(CustomerEventKind kind) => kind.Name switch
    {
        "text" or "image" or "video" or "audio" or "voice" or "document" or "sticker" or "location" or "contacts" or "order" => true,
        "button" or "interactive" or "request_welcome" => true,
        "incoming_call" or "accepted_call" => true,
        "reaction" => Reactions,
        "unsupported" or "unknown" => UnsupportedMessages,
        "edit" or "revoke" => Edits,
        "system" => false,
        _ => UnknownKinds,
    };
}
