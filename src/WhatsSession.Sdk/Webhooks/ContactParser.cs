using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WhatsSession;

/// <summary>Reads and writes one element of <c>contacts</c>.</summary>
internal static class ContactParser
{
    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    public static Contact Parse(ref Utf8JsonReader reader)
    {
        var contact = new Contact();
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("profile"u8))
            {
                ParseProfile(ref reader, contact);
            }
            else if (name.SequenceEqual("wa_id"u8))
            {
                contact.Phone = Customer(JsonText.Read(ref reader));
            }
            else if (name.SequenceEqual("user_id"u8))
            {
                contact.BusinessScopedId = Customer(JsonText.Read(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return contact;
    }

    /// <summary>A contact in Meta's own shape, for the store.</summary>
    public static byte[] Write(Contact contact)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer, MessageWriter.Options);
        writer.WriteStartObject();
        writer.WriteStartObject("profile"u8);
        WriteOptional(writer, "name"u8, contact.Name);
        WriteOptional(writer, "username"u8, contact.Username);
        writer.WriteEndObject();
        WriteOptional(writer, "wa_id"u8, contact.Phone?.Value);
        WriteOptional(writer, "user_id"u8, contact.BusinessScopedId?.Value);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An identifier that may be absent; one that does not parse is not guessed at.</summary>
    public static CustomerId? Customer(string? text) => CustomerId.TryParse(text, out var customer) ? customer : null;

    /// <summary>Reads an identifier; where it is the one that is known already, that one, so that its text is kept once.</summary>
    public static CustomerId? ReadCustomer(ref Utf8JsonReader reader, CustomerId? known) =>
        known is { } id && reader.TokenType == JsonTokenType.String && Ascii.Equals(reader.ValueSpan, id.Value) ? known : Customer(JsonText.Read(ref reader));

    private static void ParseProfile(ref Utf8JsonReader reader, Contact contact)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("name"u8))
            {
                contact.Name = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("username"u8))
            {
                contact.Username = JsonText.Read(ref reader);
                if (contact.Username is ['@', .. var bare])
                {
                    contact.Username = bare;
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
