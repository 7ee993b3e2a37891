namespace WhatsSession.Reading;

/// <summary>What one change has shown so far. <c>field</c>, <c>metadata</c> and <c>contacts</c> may come after what they belong to.</summary>
internal sealed class ChangeScratch
{
    // More contacts than a payload has updates are hostile, and each costs many times its bytes.
    private const int MostContacts = 1024;

    private int _lastContact;

    /// <summary>How many events and contacts may still be made.</summary>
    public EventBudget Budget { get; } = new();

    public List<WhatsAppEvent> Events { get; } = [];

    public List<Contact> Contacts { get; } = [];

    public string? Field { get; set; }

    public PhoneNumberId? Number { get; set; }

    /// <summary>What Meta's agent says of the conversation that it hands over.</summary>
    public string? Summary { get; set; }

    /// <summary>Whether the value was read while its field was unknown, and holds what only the field explains.</summary>
    public bool NeedsField { get; set; }

    /// <summary>The contact that by its place belongs to a message: a guess that is right in nearly every payload.</summary>
    public Contact? ContactAt(int message) => Contacts.Count == 0 ? null : Contacts[Math.Min(message, Contacts.Count - 1)];

    /// <summary>The contact of the event's own customer, by user id and then by phone; never by position.</summary>
    public Contact? ContactOf(CustomerEvent about)
    {
        var user = about.ContactUser;
        var phone = about.ContactPhone;

        // Events mostly come in the order of their contacts. Sought from the last one that was found, a batch is not read once for each of its events.
        for (var i = 0; user is not null && i < Contacts.Count; i++)
        {
            if (ContactFromLast(i).BusinessScopedId == user)
            {
                return Found(i);
            }
        }

        for (var i = 0; phone is not null && i < Contacts.Count; i++)
        {
            var contact = ContactFromLast(i);
            if (contact.Phone == phone && (contact.BusinessScopedId is null || user is null))
            {
                return Found(i);
            }
        }

        return null;
    }

    /// <summary>Whether one more contact may be made.</summary>
    public bool TakesContact() => Contacts.Count < MostContacts && Budget.Take();

    public void Clear()
    {
        ClearValue();
        Field = null;
        Number = null;
        Budget.Mark();
    }

    /// <summary>Forgets all but what names the change, whose value is read again: what was made of it is not counted twice.</summary>
    public void Restart()
    {
        ClearValue();
        Budget.ReturnToMark();
    }

    /// <summary>Forgets all but what names the change: there is another value.</summary>
    public void ClearValue()
    {
        Events.Clear();
        Contacts.Clear();
        Summary = null;
        NeedsField = false;
        _lastContact = 0;
    }

    private Contact ContactFromLast(int offset) => Contacts[(_lastContact + offset) % Contacts.Count];

    private Contact Found(int offset)
    {
        _lastContact = (_lastContact + offset) % Contacts.Count;
        return Contacts[_lastContact];
    }
}
