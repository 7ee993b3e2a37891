using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Templates;

/// <summary>Reads templates as Meta lists them.</summary>
internal static class TemplateReader
{
    public static CreatedTemplate? ReadCreated(ReadOnlySpan<byte> body) => PageReader.ReadObject(body, ReadCreated);

    public static TemplateDefinition? ReadOne(ReadOnlySpan<byte> body)
    {
        var bytes = body.ToArray(); // A lambda cannot hold a span.
        return PageReader.ReadObject(body, (ref Utf8JsonReader reader) => Read(ref reader, bytes));
    }

    public static GraphPage<TemplateDefinition>? ReadPage(ReadOnlySpan<byte> body)
    {
        var bytes = body.ToArray();
        return PageReader.Read(body, (ref Utf8JsonReader reader) => Read(ref reader, bytes));
    }

    private static CreatedTemplate? ReadCreated(ref Utf8JsonReader reader)
    {
        string? id = null, status = null, category = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                id = JsonText.ReadId(ref reader);
            }
            else if (name.SequenceEqual("status"u8))
            {
                status = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("category"u8))
            {
                category = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return id is { Length: > 0 } ? new CreatedTemplate(id, new TemplateStatus(status ?? ""), new TemplateCategory(category ?? "")) : null;
    }

    /// <summary>Null when the object names no template.</summary>
    private static TemplateDefinition? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var template = new TemplateDefinition { Name = "", Language = "" };
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "id":
                    template = template with { Id = JsonText.ReadId(ref reader) ?? "" };
                    break;
                case "name":
                    template = template with { Name = JsonText.ReadId(ref reader) ?? "" };
                    break;
                case "language":
                    template = template with { Language = JsonText.Read(ref reader) ?? "" };
                    break;
                case "category":
                    template = template with { Category = new TemplateCategory(JsonText.Read(ref reader) ?? "") };
                    break;
                case "previous_category":
                    var previous = JsonText.Read(ref reader);
                    template = template with { PreviousCategory = previous is { Length: > 0 } ? new TemplateCategory(previous) : null };
                    break;
                case "sub_category":
                    template = template with { SubCategory = JsonText.Read(ref reader) };
                    break;
                case "status":
                    template = template with { Status = new TemplateStatus(JsonText.Read(ref reader) ?? "") };
                    break;
                case "rejected_reason":
                    template = template with { RejectedReason = JsonText.Read(ref reader) is { Length: > 0 } reason ? new TemplateRejection(reason) : null };
                    break;
                case "quality_score":
                    template = template with { Quality = ReadQuality(ref reader) };
                    break;
                case "parameter_format":
                    template = template with { ParameterFormat = new TemplateParameterFormat(JsonText.Read(ref reader) ?? "") };
                    break;
                case "message_send_ttl_seconds":
                    var seconds = JsonText.ReadInt64(ref reader);
                    template = template with { MessageSendTtlSeconds = seconds is >= int.MinValue and <= int.MaxValue ? (int)seconds : null };
                    break;
                case "components":
                    template = template with { Components = TemplateComponentReader.Read(ref reader, body) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return template.Name.Length == 0 ? null : template;
    }

    private static TemplateQuality? ReadQuality(ref Utf8JsonReader reader)
    {
        string? score = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("score"u8))
                {
                    score = JsonText.Read(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else
        {
            score = JsonText.Read(ref reader);
        }

        return score is { Length: > 0 } ? new TemplateQuality(score) : null;
    }
}
