using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A free-form message, which may be sent only while the customer service window is open. Meta calls it a service message.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages">Meta, updated 21 May 2026.</see>
/// </remarks>
public abstract record SessionMessage : Message
{
    private protected SessionMessage()
    {
    }

    // Texts, media and pins. See https://developers.facebook.com/documentation/business-messaging/whatsapp/groups, read November 2025.
    private protected virtual bool GoesToGroups => false;

    private protected override void CheckParty(ref ViolationList violations, ConversationKey conversation)
    {
        if (conversation.IsGroup && !GoesToGroups)
        {
            violations.Add("type", $"is {Kind}, which cannot be sent to a group");
        }
    }
}
