using System.Text.Json;

namespace WhatsSession.Storage;

/// <summary>The form in which the SDK keeps an error.</summary>
internal static class GraphErrorRecord
{
    public static void Write(Utf8JsonWriter writer, GraphError error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteOptional("error_subcode"u8, error.Subcode);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("message"u8, error.Message);
        writer.WriteOptional("details"u8, error.Details);
        writer.WriteOptional("error_user_title"u8, error.UserTitle);
        writer.WriteOptional("error_user_msg"u8, error.UserMessage);
        writer.WriteOptional("fbtrace_id"u8, error.TraceId);
        writer.WriteOptional("http_status"u8, error.HttpStatus);
        writer.WriteNumber("category"u8, (int)error.Category);
        writer.WriteEndObject();
    }

    public static GraphError Read(JsonElement error) => new()
    {
        Code = error.FindNumber("code") ?? 0,
        Subcode = error.FindNumber("error_subcode"),
        Type = error.FindText("type") ?? "",
        Message = error.FindText("message") ?? "",
        Details = error.FindText("details"),
        UserTitle = error.FindText("error_user_title"),
        UserMessage = error.FindText("error_user_msg"),
        TraceId = error.FindText("fbtrace_id"),
        HttpStatus = error.FindNumber("http_status"),
        Category = (GraphErrorCategory)(error.FindNumber("category") ?? 0),
    };
}
