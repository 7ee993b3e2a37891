using System.Globalization;
using System.Text.Json;

namespace WhatsSession.Benchmarks;

/// <summary>What code written by hand reads out of a webhook with one text.</summary>
internal sealed record HandWrittenEvent(string Id, string Customer, long At, string Text, byte[] Json)
{
    /// <summary>Reads the only message of a webhook.</summary>
    public static HandWrittenEvent OfWebhook(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("messages"u8))
            {
                reader.Read();
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return OfMessage(body[start..(int)reader.BytesConsumed]);
            }
        }

        throw new InvalidOperationException("The webhook has no message.");
    }

    /// <summary>Reads a message by itself.</summary>
    public static HandWrittenEvent OfMessage(byte[] json)
    {
        string id = "", customer = "", text = "";
        var at = 0L;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("id"u8))
            {
                id = Next(ref reader);
            }
            else if (reader.ValueTextEquals("from_user_id"u8))
            {
                customer = Next(ref reader);
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                at = long.Parse(Next(ref reader), CultureInfo.InvariantCulture);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                text = Next(ref reader);
            }
        }

        return new HandWrittenEvent(id, customer, at, text, json);
    }

    private static string Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString()!;
    }
}
