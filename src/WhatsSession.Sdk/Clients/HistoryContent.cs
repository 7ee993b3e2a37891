using System.Text.Json;
using WhatsSession.Storage;

namespace WhatsSession.Clients;

/// <summary>The parts of a message that can be shown, read from its JSON. The JSON of both sides names the kind and has an object with that name.</summary>
internal sealed class HistoryContent
{
    private static readonly HistoryContent Unreadable = new();

    public string Kind { get; private init; } = "";

    public string? Text { get; private init; }

    public string? TemplateName { get; private init; }

    public HistoryMedia? Media { get; private init; }

    public static HistoryContent Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Find("type") is { ValueKind: JsonValueKind.String } type
                ? Read(type.GetString()!, document.RootElement)
                : Unreadable;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A store keeps what it was given, half characters too: a line that cannot be read is shown without its words.
            return Unreadable;
        }
    }

    private static HistoryContent Read(string kind, JsonElement message)
    {
        var content = message.Find(kind) ?? default;
        return new HistoryContent
        {
            Kind = kind,
            Text = kind switch
            {
                "interactive" => TextOf(content, "body", "text") ?? TextOf(content, "button_reply", "title") ?? TextOf(content, "list_reply", "title")
                    ?? TextOf(content, "nfm_reply", "body"),
                "button" => TextOf(content, "text"),
                "reaction" => TextOf(content, "emoji"),
                "location" => TextOf(content, "name") ?? TextOf(content, "address"),
                _ => TextOf(content, "body") ?? TextOf(content, "caption"),
            },
            TemplateName = kind == "template" ? TextOf(content, "name") : null,
            Media = kind is "image" or "video" or "audio" or "document" or "sticker" ? MediaOf(content) : null,
        };
    }

    private static HistoryMedia MediaOf(JsonElement content) => new()
    {
        MediaId = TextOf(content, "id"),
        Link = TextOf(content, "link"),
        MimeType = TextOf(content, "mime_type"),
        FileName = TextOf(content, "filename"),
    };

    private static string? TextOf(JsonElement content, string outer, string inner) => content.Find(outer) is { } found ? TextOf(found, inner) : null;

    private static string? TextOf(JsonElement content, string name) =>
        content.Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
