using System.Text.Json;

namespace WhatsSession.Emulator.Http;

/// <summary>Reads a request's JSON object, and answers what no object is.</summary>
internal static class JsonBody
{
    public static GraphAnswer Read(GraphRequest request, Func<JsonElement, FieldReader, GraphAnswer> answer)
    {
        if (request.BodyTooLong)
        {
            return GraphError.Invalid("The body is too long.") with { HttpStatus = 413 };
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? answer(document.RootElement, new())
                : GraphError.Invalid("The body must be a JSON object.");
        }
        catch (JsonException)
        {
            return GraphError.Invalid("The body is not valid JSON.");
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for half of a surrogate pair in a name or a value, which is valid JSON and no text.
            return GraphError.Invalid("The body holds text that is not valid Unicode.");
        }
    }
}
