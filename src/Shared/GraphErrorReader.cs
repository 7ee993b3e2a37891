using System.Text.Json;

namespace WhatsSession.Shared;

/// <summary>Reads an error of Meta in both of its forms: the body of an answer, and an element of <c>errors</c> in a webhook.</summary>
internal static class GraphErrorReader
{
    /// <summary>Reads the errors of the array that the reader stands on, and leaves it on its end; what was read before when there is none.</summary>
    public static IReadOnlyList<GraphError> ReadAll(ref Utf8JsonReader reader, IReadOnlyList<GraphError> before) =>
        JsonText.ReadList(ref reader, static (ref Utf8JsonReader element) => Read(ref element, httpStatus: null)) is { Count: > 0 } errors ? errors : before;

    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    public static GraphError Read(ref Utf8JsonReader reader, int? httpStatus)
    {
        int? code = null;
        int? subcode = null;
        string? type = null, title = null, message = null, details = null, userTitle = null, userMessage = null, traceId = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("code"u8))
            {
                code = ToInt32(JsonText.ReadInt64(ref reader));
            }
            else if (name.SequenceEqual("error_subcode"u8))
            {
                subcode = ToInt32(JsonText.ReadInt64(ref reader));
            }
            else if (name.SequenceEqual("error_data"u8))
            {
                details = ReadDetails(ref reader) ?? details;
            }
            else if (name.SequenceEqual("message"u8))
            {
                message = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("title"u8))
            {
                title = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("type"u8))
            {
                type = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("error_user_title"u8))
            {
                userTitle = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("error_user_msg"u8))
            {
                userMessage = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("fbtrace_id"u8))
            {
                traceId = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new GraphError
        {
            Code = code ?? 0,
            Subcode = subcode,
            Type = type ?? "",
            Message = message ?? title ?? "",
            Details = details,
            UserTitle = userTitle,
            UserMessage = userMessage,
            TraceId = traceId,
            HttpStatus = httpStatus,
            Category = code is { } known ? GraphErrorCodes.CategoryOf(known) : GraphErrorCategory.Unknown, // Meta's 0 is a code of its own.
        };
    }

    // An object with "details", or a bare string.
    private static string? ReadDetails(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return JsonText.Read(ref reader);
        }

        string? details = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("details"u8))
            {
                details = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return details;
    }

    private static int? ToInt32(long? value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : null;
}
