namespace WhatsSession;

/// <summary>
/// A contact card inside a message. It may be about anybody. Only a card with <see cref="ContactOrigin.Requested"/> has the sender's own number.
/// </summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/contacts">Meta, read November 2025.</see>
/// </remarks>
public sealed class ContactCard
{
    /// <summary>Why it was sent; empty in payloads from before 2026.</summary>
    public ContactOrigin Origin { get; init; }

    /// <summary>The whole name; null when the card has none.</summary>
    public string? FormattedName { get; init; }

    /// <summary>The first name; null when absent.</summary>
    public string? FirstName { get; init; }

    /// <summary>The middle name; null when absent.</summary>
    public string? MiddleName { get; init; }

    /// <summary>The last name; null when absent.</summary>
    public string? LastName { get; init; }

    /// <summary>The part before the name, such as a title; null when absent.</summary>
    public string? Prefix { get; init; }

    /// <summary>The part after the name; null when absent.</summary>
    public string? Suffix { get; init; }

    /// <summary>The birthday as it was written, usually YYYY-MM-DD; null when absent.</summary>
    public string? Birthday { get; init; }

    /// <summary>The company; null when absent.</summary>
    public string? Company { get; init; }

    /// <summary>The department; null when absent.</summary>
    public string? Department { get; init; }

    /// <summary>The title within the company; null when absent.</summary>
    public string? JobTitle { get; init; }

    /// <summary>The phone numbers.</summary>
    public IReadOnlyList<ContactCardPhone> Phones { get; init; } = [];

    /// <summary>The e-mail addresses.</summary>
    public IReadOnlyList<ContactCardEmail> Emails { get; init; } = [];

    /// <summary>The web addresses.</summary>
    public IReadOnlyList<ContactCardLink> Links { get; init; } = [];

    /// <summary>The postal addresses.</summary>
    public IReadOnlyList<ContactCardAddress> Addresses { get; init; } = [];

    /// <summary>The card as vCard text; null when absent.</summary>
    public string? VCard { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactCard);
}
