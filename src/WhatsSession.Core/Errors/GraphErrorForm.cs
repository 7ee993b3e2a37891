using System.Text.Json;
using WhatsSession.Json;

namespace WhatsSession.Errors;

/// <summary>The JSON of an error: what Meta said, and what the SDK makes of it.</summary>
internal static class GraphErrorForm
{
    public static void Write(Utf8JsonWriter writer, GraphError error, JsonSerializerOptions options)
    {
        var fields = new JsonFields(writer, options);
        writer.WriteStartObject();
        fields.Number(nameof(GraphError.Code), error.Code);
        fields.Number(nameof(GraphError.Subcode), error.Subcode);
        fields.Text(nameof(GraphError.Type), error.Type);
        fields.Text(nameof(GraphError.Message), error.Message);
        fields.Text(nameof(GraphError.Details), error.Details);
        fields.Text(nameof(GraphError.UserTitle), error.UserTitle);
        fields.Text(nameof(GraphError.UserMessage), error.UserMessage);
        fields.Text(nameof(GraphError.TraceId), error.TraceId);
        fields.Number(nameof(GraphError.HttpStatus), error.HttpStatus);
        fields.Choice(nameof(GraphError.Category), error.Category);
        fields.Flag(nameof(GraphError.IsOfRepeatableRequest), error.IsOfRepeatableRequest);
        fields.Flag(nameof(GraphError.IsSafeToRetry), error.IsSafeToRetry);
        fields.Name(nameof(GraphError.Advice));
        Write(writer, fields, error.Advice);
        writer.WriteEndObject();
    }

    public static GraphError Read(JsonElement json, JsonSerializerOptions options)
    {
        var found = new JsonFound(json, options, nameof(GraphError));
        return new GraphError
        {
            Code = found.Int(nameof(GraphError.Code)) ?? 0,
            Subcode = found.Int(nameof(GraphError.Subcode)),
            Type = found.Text(nameof(GraphError.Type)) ?? "",
            Message = found.Text(nameof(GraphError.Message)) ?? "",
            Details = found.Text(nameof(GraphError.Details)),
            UserTitle = found.Text(nameof(GraphError.UserTitle)),
            UserMessage = found.Text(nameof(GraphError.UserMessage)),
            TraceId = found.Text(nameof(GraphError.TraceId)),
            HttpStatus = found.Int(nameof(GraphError.HttpStatus)),
            Category = found.Choice<GraphErrorCategory>(nameof(GraphError.Category)) ?? default,
            IsOfRepeatableRequest = found.Flag(nameof(GraphError.IsOfRepeatableRequest)) ?? false,
        };
    }

    private static void Write(Utf8JsonWriter writer, JsonFields fields, GraphAdvice advice)
    {
        writer.WriteStartObject();
        fields.Text(nameof(GraphAdvice.Text), advice.Text);
        fields.Name(nameof(GraphAdvice.Retry));
        writer.WriteStartObject();
        switch (advice.Retry)
        {
            case GraphRetry.Wait wait:
                writer.WriteString(GraphRetry.KindInJson, GraphRetry.WaitInJson);
                fields.Time(nameof(GraphRetry.Wait.First), wait.First);
                fields.Number(nameof(GraphRetry.Wait.Factor), wait.Factor);
                break;
            case GraphRetry.Once once:
                writer.WriteString(GraphRetry.KindInJson, GraphRetry.OnceInJson);
                fields.Text(nameof(GraphRetry.Once.What), once.What);
                break;
            default:
                writer.WriteString(GraphRetry.KindInJson, GraphRetry.NeverInJson);
                break;
        }

        writer.WriteEndObject();
        fields.Flag(nameof(GraphAdvice.IsRetryable), advice.IsRetryable);
        writer.WriteEndObject();
    }
}
