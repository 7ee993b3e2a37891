using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>One or more contacts, which the customer can save to the address book.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record ContactsMessage : SessionMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="contacts">1 to 257 contacts; Meta recommends far fewer.</param>
    /// <exception cref="ArgumentException"><paramref name="contacts"/> is null or has a null in it.</exception>
    public ContactsMessage(params ContactDetails[] contacts) => Contacts = CopiedList.Of(contacts);

    /// <summary>The contacts.</summary>
    public IReadOnlyList<ContactDetails> Contacts { get; init => field = CopiedList.Checked(value); }

    /// <inheritdoc />
    public override string Kind => "contacts";

    private protected override void Check(ref ViolationList violations)
    {
        violations.Count("contacts", Contacts.Count, 1, 257, "contacts");
        for (var i = 0; i < Contacts.Count; i++)
        {
            Contacts[i].Check(ref violations, $"contacts[{i}]");
        }
    }
}
