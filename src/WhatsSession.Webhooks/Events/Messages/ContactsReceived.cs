namespace WhatsSession;

/// <summary>A customer sent contact cards, or answered a request for contact details.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/contacts">Meta, read November 2025.</see>
/// </remarks>
public sealed class ContactsReceived : MessageReceived
{
    /// <summary>The cards, in the order of the payload.</summary>
    public IReadOnlyList<ContactCard> Cards { get; init; } = [];
}
