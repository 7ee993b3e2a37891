using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Reading;

/// <summary>What can be known of a change behind the point where its payload is no JSON.</summary>
internal static class BrokenChange
{
    /// <summary>The field of the change where it stands last, behind the value, as it mostly does; null where it is not sure to be this change's.</summary>
    /// <param name="rest">The payload from the break on. In a text of a customer the quotes sought here would be escaped.</param>
    public static string? FieldBehind(ReadOnlySpan<byte> rest)
    {
        var name = "\"field\""u8;
        var at = rest.IndexOf(name);
        if (at < 0 || rest[..at].IndexOf("\"value\""u8) >= 0)
        {
            return null; // Another change began before it.
        }

        rest = rest[(at + name.Length)..].TrimStart(": \t\r\n"u8);
        var reader = new Utf8JsonReader(rest, isFinalBlock: false, state: default);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.String && rest[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8) is [(byte)'}', ..]
                ? Utf8Interner.Read(ref reader)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
