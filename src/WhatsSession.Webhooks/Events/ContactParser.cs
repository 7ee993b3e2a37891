using System.Text;
using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Events;

/// <summary>Reads one element of <c>contacts</c>.</summary>
internal static class ContactParser
{
    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    public static Contact Parse(ref Utf8JsonReader reader)
    {
        string? name = null, username = null, identityHash = null, summary = null;
        CustomerId? phone = null, user = null, parent = null;
        while (JsonText.NextProperty(ref reader, out var property))
        {
            if (property.SequenceEqual("profile"u8))
            {
                ParseProfile(ref reader, ref name, ref username);
            }
            else if (property.SequenceEqual("wa_id"u8))
            {
                phone = ReadCustomer(ref reader);
            }
            else if (property.SequenceEqual("user_id"u8))
            {
                user = ReadCustomer(ref reader);
            }
            else if (property.SequenceEqual("parent_user_id"u8))
            {
                parent = ReadCustomer(ref reader);
            }
            else if (property.SequenceEqual("identity_key_hash"u8))
            {
                identityHash = JsonText.Read(ref reader);
            }
            else if (property.SequenceEqual("conversation_context"u8))
            {
                summary = ReadSummary(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new Contact
        {
            Name = name,
            Username = username,
            Phone = phone,
            BusinessScopedId = user,
            ParentBusinessScopedId = parent,
            IdentityHash = identityHash,
            ConversationSummary = summary,
        };
    }

    /// <summary>Reads an identifier; null when it does not parse: it is not guessed at.</summary>
    public static CustomerId? ReadCustomer(ref Utf8JsonReader reader) => Customer(JsonText.ReadId(ref reader));

    /// <summary>The identifier that a text is; null when it is none.</summary>
    public static CustomerId? Customer(string? text) => CustomerId.TryParse(text, out var customer) ? customer : null;

    /// <summary>Reads a username; Meta writes it with and without the at sign.</summary>
    public static string? ReadUsername(ref Utf8JsonReader reader) => JsonText.Read(ref reader) switch
    {
        ['@', .. var bare] => bare,
        var username => username,
    };

    /// <summary>Reads what Meta's agent says of a conversation: its own object, or the bare text that is kept of it.</summary>
    public static string? ReadSummary(ref Utf8JsonReader reader) => ReadSummary(ref reader, levels: 2);

    // The text may stand in an object of its own; what a hostile payload nests further is not followed.
    private static string? ReadSummary(ref Utf8JsonReader reader, int levels)
    {
        if (reader.TokenType != JsonTokenType.StartObject || levels == 0)
        {
            return JsonText.Read(ref reader);
        }

        string? summary = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("summary"u8) || name.SequenceEqual("text"u8))
            {
                summary = ReadSummary(ref reader, levels - 1) ?? summary;
            }
            else
            {
                reader.Skip();
            }
        }

        return summary;
    }

    /// <summary>Reads an identifier; where it is the one that is known already, that one, so that its text is kept once.</summary>
    public static CustomerId? ReadCustomer(ref Utf8JsonReader reader, CustomerId? known) =>
        known is { } id && reader.TokenType == JsonTokenType.String && Ascii.Equals(reader.ValueSpan, id.Value) ? known : ReadCustomer(ref reader);

    private static void ParseProfile(ref Utf8JsonReader reader, ref string? name, ref string? username)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        while (JsonText.NextProperty(ref reader, out var property))
        {
            if (property.SequenceEqual("name"u8))
            {
                name = JsonText.Read(ref reader);
            }
            else if (property.SequenceEqual("username"u8))
            {
                username = ReadUsername(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
