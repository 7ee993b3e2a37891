using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads the contact cards of a message.</summary>
internal static class ContactCardParser
{
    public static ContactsReceived? Parse(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartArray ? new ContactsReceived { Cards = JsonText.ReadList(ref reader, Card) } : Skip(ref reader);

    private static ContactsReceived? Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    private static ContactCard Card(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var card = new ContactCard();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "origin":
                    card.Origin = new ContactOrigin(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "birthday":
                    card.Birthday = JsonText.Read(ref reader);
                    break;
                case "vcard":
                    card.VCard = JsonText.Read(ref reader);
                    break;
                case "phones":
                    card.Phones = JsonText.ReadList(ref reader, Phone);
                    break;
                case "emails":
                    card.Emails = JsonText.ReadList(ref reader, Email);
                    break;
                case "urls":
                    card.Links = JsonText.ReadList(ref reader, Link);
                    break;
                case "addresses":
                    card.Addresses = JsonText.ReadList(ref reader, Address);
                    break;
                case "name":
                    Name(ref reader, card);
                    break;
                case "org":
                    Organisation(ref reader, card);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return card;
    }

    private static void Name(ref Utf8JsonReader reader, ContactCard card)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "formatted_name":
                    card.FormattedName = JsonText.Read(ref reader);
                    break;
                case "first_name":
                    card.FirstName = JsonText.Read(ref reader);
                    break;
                case "middle_name":
                    card.MiddleName = JsonText.Read(ref reader);
                    break;
                case "last_name":
                    card.LastName = JsonText.Read(ref reader);
                    break;
                case "prefix":
                    card.Prefix = JsonText.Read(ref reader);
                    break;
                case "suffix":
                    card.Suffix = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Organisation(ref Utf8JsonReader reader, ContactCard card)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "company":
                    card.Company = JsonText.Read(ref reader);
                    break;
                case "department":
                    card.Department = JsonText.Read(ref reader);
                    break;
                case "title":
                    card.JobTitle = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static ContactCardPhone Phone(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var phone = new ContactCardPhone();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "phone":
                    phone.Number = JsonText.Read(ref reader);
                    break;
                case "wa_id":
                    phone.Customer = ContactParser.ReadCustomer(ref reader);
                    break;
                case "type":
                    phone.Kind = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return phone;
    }

    private static ContactCardEmail Email(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var email = new ContactCardEmail();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "email":
                    email.Address = JsonText.Read(ref reader);
                    break;
                case "type":
                    email.Kind = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return email;
    }

    private static ContactCardLink Link(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var link = new ContactCardLink();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "url":
                    link.Address = JsonText.Read(ref reader);
                    break;
                case "type":
                    link.Kind = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return link;
    }

    private static ContactCardAddress Address(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var address = new ContactCardAddress();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "street":
                    address.Street = JsonText.Read(ref reader);
                    break;
                case "city":
                    address.City = JsonText.Read(ref reader);
                    break;
                case "state":
                    address.State = JsonText.Read(ref reader);
                    break;
                case "zip":
                    address.PostalCode = JsonText.Read(ref reader);
                    break;
                case "country":
                    address.Country = JsonText.Read(ref reader);
                    break;
                case "country_code":
                    address.CountryCode = JsonText.Read(ref reader);
                    break;
                case "type":
                    address.Kind = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return address;
    }
}
