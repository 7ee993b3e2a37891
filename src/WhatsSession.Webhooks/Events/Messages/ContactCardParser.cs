using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads the contact cards of a message.</summary>
internal static class ContactCardParser
{
    /// <summary>Reads the value that the reader stands on; null when it is no array.</summary>
    public static ContactsReceived? Parse(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        var cards = ObjectReader.ReadList(utf8, ref reader, Card);
        return isArray ? new ContactsReceived { Cards = cards } : null;
    }

    private static ContactCard Card(in ObjectReader o)
    {
        var name = o.Object("name"u8);
        var organisation = o.Object("org"u8);
        return new ContactCard
        {
            Origin = o.Word("origin"u8, static name => new ContactOrigin(name)),
            Birthday = o.Text("birthday"u8),
            VCard = o.Text("vcard"u8),
            Phones = o.List("phones"u8, Phone),
            Emails = o.List("emails"u8, Email),
            Links = o.List("urls"u8, Link),
            Addresses = o.List("addresses"u8, Address),
            FormattedName = name.Text("formatted_name"u8),
            FirstName = name.Text("first_name"u8),
            MiddleName = name.Text("middle_name"u8),
            LastName = name.Text("last_name"u8),
            Prefix = name.Text("prefix"u8),
            Suffix = name.Text("suffix"u8),
            Company = organisation.Text("company"u8),
            Department = organisation.Text("department"u8),
            JobTitle = organisation.Text("title"u8),
        };
    }

    private static ContactCardPhone Phone(in ObjectReader o) => new() { Number = o.Text("phone"u8), Customer = o.Customer("wa_id"u8), Kind = o.Text("type"u8) };

    private static ContactCardEmail Email(in ObjectReader o) => new() { Address = o.Text("email"u8), Kind = o.Text("type"u8) };

    private static ContactCardLink Link(in ObjectReader o) => new() { Address = o.Text("url"u8), Kind = o.Text("type"u8) };

    private static ContactCardAddress Address(in ObjectReader o) => new()
    {
        Street = o.Text("street"u8),
        City = o.Text("city"u8),
        State = o.Text("state"u8),
        PostalCode = o.Text("zip"u8),
        Country = o.Text("country"u8),
        CountryCode = o.Text("country_code"u8),
        Kind = o.Text("type"u8),
    };
}
