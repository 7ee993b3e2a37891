namespace WhatsSession;

/// <summary>A contact card inside a message. It may be about anyone: only one with <see cref="ContactOrigin.Requested"/> tells the sender's own number.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/contacts">Meta, read November 2025.</see></remarks>
public sealed class ContactCard
{
    /// <summary>Why it was sent; empty in payloads from before 2026.</summary>
    public ContactOrigin Origin { get; internal set; }

    /// <summary>The whole name; null when the card has none.</summary>
    public string? FormattedName { get; internal set; }

    /// <summary>The first name; null when absent.</summary>
    public string? FirstName { get; internal set; }

    /// <summary>The middle name; null when absent.</summary>
    public string? MiddleName { get; internal set; }

    /// <summary>The last name; null when absent.</summary>
    public string? LastName { get; internal set; }

    /// <summary>What stands before the name, such as a title; null when absent.</summary>
    public string? Prefix { get; internal set; }

    /// <summary>What stands behind the name; null when absent.</summary>
    public string? Suffix { get; internal set; }

    /// <summary>The birthday as it was written, mostly YYYY-MM-DD; null when absent.</summary>
    public string? Birthday { get; internal set; }

    /// <summary>The company; null when absent.</summary>
    public string? Company { get; internal set; }

    /// <summary>The department; null when absent.</summary>
    public string? Department { get; internal set; }

    /// <summary>The title within the company; null when absent.</summary>
    public string? JobTitle { get; internal set; }

    /// <summary>The phone numbers.</summary>
    public IReadOnlyList<ContactCardPhone> Phones { get; internal set; } = [];

    /// <summary>The e-mail addresses.</summary>
    public IReadOnlyList<ContactCardEmail> Emails { get; internal set; } = [];

    /// <summary>The web addresses.</summary>
    public IReadOnlyList<ContactCardLink> Links { get; internal set; } = [];

    /// <summary>The postal addresses.</summary>
    public IReadOnlyList<ContactCardAddress> Addresses { get; internal set; } = [];

    /// <summary>The card as vCard text; null when absent.</summary>
    public string? VCard { get; internal set; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactCard);
}
