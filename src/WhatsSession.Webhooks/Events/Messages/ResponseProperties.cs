using System.Text;
using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Events;

/// <summary>Reads the JSON that arrives as a text inside the answer to a flow or to a request for an address.</summary>
internal static class ResponseProperties
{
    /// <summary>
    /// The scalars of the object, or of the object inside it that is called <paramref name="part"/>, as text;
    /// those that were read so far where the text is not JSON.
    /// </summary>
    public static Dictionary<string, string> Read(string json, string? part = null)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), JsonText.Options);
            if (reader.Read() && JsonText.EntersObject(ref reader))
            {
                Read(ref reader, part, values);
            }
        }
        catch (JsonException)
        {
            // The customer's device wrote it; whatever it is, the message is read.
        }

        return values;
    }

    private static void Read(ref Utf8JsonReader reader, string? part, Dictionary<string, string> values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Read(ref reader)!;
            reader.Read();
            if (part is null)
            {
                if (JsonText.Read(ref reader) is { } value)
                {
                    values[name] = value;
                }
            }
            else if (name != part)
            {
                reader.Skip();
            }
            else if (JsonText.EntersObject(ref reader))
            {
                Read(ref reader, part: null, values);
            }
        }
    }
}
