using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>What Meta checks in the content of a free-form message before accepting it.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/messages, read 10 March 2026.</remarks>
internal static class ContentRules
{
    private const int LongestBody = 4096;
    private const int LongestCaption = 1024;
    private const int LongestFilename = 240;
    private const int MostContacts = 257;

    /// <returns>What the customer reads: body or caption.</returns>
    public static string Check(JsonElement root, string type, FieldReader fields)
    {
        switch (type)
        {
            case "text":
                return fields.Text(fields.Object(root, type), "body", LongestBody);
            case "image" or "video" or "audio" or "document" or "sticker":
                return CheckMedia(fields.Object(root, type), type, fields);
            case "interactive":
                return InteractiveRules.Check(fields.Object(root, type), fields);
            case "reaction":
                CheckReaction(root, fields);
                return "";
            case "location":
                var location = fields.Object(root, type);
                fields.Require(location, "latitude");
                fields.Require(location, "longitude");
                return "";
            case "contacts":
                fields.Objects(root, type, 1, MostContacts);
                return "";
            default:
                fields.Refuse(GraphError.UnsupportedType(type));
                return "";
        }
    }

    /// <summary>Media is given by an uploaded id or by a link, never both.</summary>
    public static void CheckSource(JsonElement media, FieldReader fields)
    {
        var hasId = !string.IsNullOrEmpty(fields.OptionalText(media, "id", FieldReader.AnyLength));
        var link = fields.OptionalText(media, "link", FieldReader.AnyLength);
        var hasLink = !string.IsNullOrEmpty(link);
        fields.Require(hasId || hasLink, GraphError.Missing("id or link"));
        fields.Require(!hasId || !hasLink, GraphError.Invalid("Give 'id' or 'link', not both."));
        fields.Require(!hasLink || (Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")), GraphError.BadValue("'link' is not an http or https URL."));
    }

    private static string CheckMedia(JsonElement media, string type, FieldReader fields)
    {
        CheckSource(media, fields);
        fields.Require(type is not ("audio" or "sticker") || !FieldReader.Has(media, "caption"), GraphError.Invalid($"Unexpected key 'caption' on param '{type}'."));
        fields.OptionalText(media, "filename", LongestFilename);
        return fields.OptionalText(media, "caption", LongestCaption) ?? "";
    }

    /// <summary>An empty emoji takes the reaction back; a missing one is an error.</summary>
    private static void CheckReaction(JsonElement root, FieldReader fields)
    {
        var reaction = fields.Object(root, "reaction");
        fields.Text(reaction, "message_id", FieldReader.AnyLength);
        fields.Require(reaction, "emoji");
        fields.OptionalText(reaction, "emoji", FieldReader.AnyLength);
        fields.Require(!FieldReader.Has(root, "context"), GraphError.Invalid("A reaction takes no 'context'."));
    }
}
