namespace WhatsSession;

/// <summary>A free-form message, which may be sent only while the customer service window is open. Meta calls it a service message.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages">Meta, updated 21 May 2026.</see></remarks>
public abstract record SessionMessage : Message
{
    private protected SessionMessage()
    {
    }
}
