using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Writes the contacts of a message.</summary>
internal static class ContactsWriter
{
    public static void Write(Utf8JsonWriter writer, ContactsMessage message)
    {
        writer.WriteStartArray("contacts"u8);
        for (var i = 0; i < message.Contacts.Count; i++)
        {
            Write(writer, message.Contacts[i]);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ContactDetails contact)
    {
        writer.WriteStartObject();
        if (contact.Addresses.Count > 0)
        {
            writer.WriteStartArray("addresses"u8);
            for (var i = 0; i < contact.Addresses.Count; i++)
            {
                Write(writer, contact.Addresses[i]);
            }

            writer.WriteEndArray();
        }

        if (contact.Birthday is { } birthday)
        {
            writer.WriteString("birthday"u8, LocalDatePattern.Iso.Format(birthday.WithCalendar(CalendarSystem.Iso)));
        }

        if (contact.Emails.Count > 0)
        {
            writer.WriteStartArray("emails"u8);
            for (var i = 0; i < contact.Emails.Count; i++)
            {
                WriteTyped(writer, "email"u8, contact.Emails[i].Address, contact.Emails[i].Type);
            }

            writer.WriteEndArray();
        }

        Write(writer, contact.Name);
        if (contact.Organization is { } organization)
        {
            writer.WriteStartObject("org"u8);
            writer.WriteOptional("company"u8, organization.Company);
            writer.WriteOptional("department"u8, organization.Department);
            writer.WriteOptional("title"u8, organization.Title);
            writer.WriteEndObject();
        }

        if (contact.Phones.Count > 0)
        {
            writer.WriteStartArray("phones"u8);
            for (var i = 0; i < contact.Phones.Count; i++)
            {
                WriteTyped(writer, "phone"u8, contact.Phones[i].Number, contact.Phones[i].Type, contact.Phones[i].WhatsAppId);
            }

            writer.WriteEndArray();
        }

        if (contact.Urls.Count > 0)
        {
            writer.WriteStartArray("urls"u8);
            for (var i = 0; i < contact.Urls.Count; i++)
            {
                WriteTyped(writer, "url"u8, contact.Urls[i].Address?.OriginalString, contact.Urls[i].Type);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ContactName name)
    {
        writer.WriteStartObject("name"u8);
        writer.WriteString("formatted_name"u8, name.Formatted);
        writer.WriteOptional("first_name"u8, name.First);
        writer.WriteOptional("last_name"u8, name.Last);
        writer.WriteOptional("middle_name"u8, name.Middle);
        writer.WriteOptional("suffix"u8, name.Suffix);
        writer.WriteOptional("prefix"u8, name.Prefix);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ContactAddress address)
    {
        writer.WriteStartObject();
        writer.WriteOptional("street"u8, address.Street);
        writer.WriteOptional("city"u8, address.City);
        writer.WriteOptional("state"u8, address.State);
        writer.WriteOptional("zip"u8, address.Zip);
        writer.WriteOptional("country"u8, address.Country);
        writer.WriteOptional("country_code"u8, address.CountryCode);
        writer.WriteOptional("type"u8, address.Type);
        writer.WriteEndObject();
    }

    private static void WriteTyped(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value, string? type, CustomerId? whatsAppId = null)
    {
        writer.WriteStartObject();
        writer.WriteString(name, value);
        writer.WriteOptional("type"u8, type);
        writer.WriteOptional("wa_id"u8, whatsAppId?.Value);
        writer.WriteEndObject();
    }
}
