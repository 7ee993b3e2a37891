using System.Globalization;
using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Sending;

/// <summary>What Meta checks in the content of a free-form message before accepting it.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/messages, read 10 March 2026.</remarks>
internal static class ContentRules
{
    private const int LongestBody = 4096;
    private const int LongestCaption = 1024;
    private const int LongestFilename = 240;
    private const int MostContacts = 257;

    /// <returns>What the customer reads: body or caption.</returns>
    public static string Check(JsonElement root, string type, MediaRules media, FieldReader fields)
    {
        switch (type)
        {
            case "text":
                return CheckText(fields.Object(root, type), fields);
            case "image" or "video" or "audio" or "document" or "sticker":
                return CheckMedia(fields.Object(root, type), type, media, fields);
            case "interactive":
                var interactive = fields.Object(root, type);
                fields.IsInsideContent = true;
                return new InteractiveRules(media, fields).Check(interactive);
            case "reaction":
                CheckReaction(root, fields);
                return "";
            case "pin":
                GroupRules.CheckPin(fields.Object(root, type), fields);
                return "";
            case "location":
                CheckLocation(fields.Object(root, type), fields);
                return "";
            case "contacts":
                CheckContacts(fields.Objects(root, type, 1, MostContacts), fields);
                return "";
            default:
                fields.Refuse(GraphError.Invalid($"Param 'type' does not know '{type}'."));
                return "";
        }
    }

    /// <summary>Coordinates come as numbers or as strings.</summary>
    public static void CheckLocation(JsonElement location, FieldReader fields)
    {
        CheckCoordinate(location, "latitude", 90, fields);
        CheckCoordinate(location, "longitude", 180, fields);
        fields.OptionalText(location, "name", FieldReader.AnyLength);
        fields.OptionalText(location, "address", FieldReader.AnyLength);
    }

    private static string CheckText(JsonElement text, FieldReader fields)
    {
        fields.OptionalBoolean(text, "preview_url");
        return fields.Text(text, "body", LongestBody);
    }

    private static string CheckMedia(JsonElement content, string type, MediaRules media, FieldReader fields)
    {
        media.Check(content, type, fields);
        fields.Require(
            type is not ("audio" or "sticker") || !FieldReader.Has(content, "caption"),
            GraphError.Invalid($"Unexpected key 'caption' on param '{type}'."));
        fields.Require(type is "document" || !FieldReader.Has(content, "filename"), GraphError.Invalid($"Unexpected key 'filename' on param '{type}'."));
        fields.Require(type is "audio" || !FieldReader.Has(content, "voice"), GraphError.Invalid($"Unexpected key 'voice' on param '{type}'."));
        fields.OptionalBoolean(content, "voice");
        fields.OptionalText(content, "filename", LongestFilename);
        return fields.OptionalText(content, "caption", LongestCaption) ?? "";
    }

    private static void CheckCoordinate(JsonElement location, string name, double limit, FieldReader fields)
    {
        fields.Require(location, name);
        if (fields.Error is not null)
        {
            return;
        }

        var field = location.GetProperty(name);
        var isNumber = field.ValueKind == JsonValueKind.Number ? field.TryGetDouble(out var value)
            : double.TryParse(field.ValueKind == JsonValueKind.String ? field.GetString() : null, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        fields.Require(
            isNumber && Math.Abs(value) <= limit,
            GraphError.BadValue(string.Create(CultureInfo.InvariantCulture, $"'{name}' is a number from -{limit} to {limit}.")));
    }

    /// <summary>A name is <c>formatted_name</c> and at least one of its parts.</summary>
    private static void CheckContacts(List<JsonElement> contacts, FieldReader fields)
    {
        string[] parts = ["first_name", "last_name", "middle_name", "suffix", "prefix"];
        foreach (var contact in contacts)
        {
            var name = fields.Object(contact, "name");
            fields.Text(name, "formatted_name", FieldReader.AnyLength);
            fields.RequireGiven(Array.Exists(parts, p => FieldReader.Has(name, p)), "first_name");
            if (fields.OptionalText(contact, "birthday", FieldReader.AnyLength) is { } birthday)
            {
                fields.Require(
                    DateOnly.TryParseExact(birthday, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                    GraphError.BadValue("'birthday' is written YYYY-MM-DD."));
            }

            foreach (var list in (string[])["addresses", "emails", "phones", "urls"])
            {
                if (FieldReader.Has(contact, list))
                {
                    fields.Objects(contact, list, 0, FieldReader.AnyLength);
                }
            }
        }
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
