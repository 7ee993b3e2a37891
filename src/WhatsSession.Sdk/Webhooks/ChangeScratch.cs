namespace WhatsSession;

/// <summary>What one change has shown so far. <c>field</c>, <c>metadata</c> and <c>contacts</c> may come after what they belong to.</summary>
internal sealed class ChangeScratch
{
    public List<WhatsAppEvent> Events { get; } = [];

    public List<string> Participants { get; } = [];

    public List<Contact> Contacts { get; } = [];

    public string? Field { get; set; }

    public PhoneNumberId? Number { get; set; }

    /// <summary>The contact that by its place belongs to a message: a guess that is right in nearly every payload.</summary>
    public Contact? ContactAt(int message) => Contacts.Count == 0 ? null : Contacts[Math.Min(message, Contacts.Count - 1)];

    public void Clear()
    {
        Events.Clear();
        Participants.Clear();
        Contacts.Clear();
        Field = null;
        Number = null;
    }
}
