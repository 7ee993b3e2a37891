using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>What Meta checks in an interactive message; kinds other than buttons and lists only in what all kinds share.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages and …/interactive-list-messages, read 10 March 2026.</remarks>
internal static class InteractiveRules
{
    private const int LongestBody = 1024;
    private const int LongestListBody = 4096;
    private const int LongestHeader = 60;
    private const int LongestFooter = 60;
    private const int MostRows = 10;

    /// <returns>The body.</returns>
    public static string Check(JsonElement interactive, FieldReader fields)
    {
        var type = fields.Text(interactive, "type", FieldReader.AnyLength);
        var isList = string.Equals(type, "list", StringComparison.Ordinal);
        var isButton = string.Equals(type, "button", StringComparison.Ordinal);
        var text = "";
        if (isList || isButton || FieldReader.Has(interactive, "body"))
        {
            text = fields.Text(fields.Object(interactive, "body"), "text", isList ? LongestListBody : LongestBody);
        }

        if (FieldReader.Has(interactive, "footer"))
        {
            fields.Text(fields.Object(interactive, "footer"), "text", LongestFooter);
        }

        if (FieldReader.Has(interactive, "header"))
        {
            CheckHeader(fields.Object(interactive, "header"), mediaAllowed: !isList, fields);
        }

        var action = fields.Object(interactive, "action");
        if (isButton)
        {
            CheckButtons(action, fields);
        }
        else if (isList)
        {
            CheckList(action, fields);
        }

        return text;
    }

    private static void CheckHeader(JsonElement header, bool mediaAllowed, FieldReader fields)
    {
        var type = fields.Text(header, "type", FieldReader.AnyLength);
        if (type is "text")
        {
            fields.Text(header, "text", LongestHeader);
        }
        else if (mediaAllowed && type is ("image" or "video" or "document"))
        {
            ContentRules.CheckSource(fields.Object(header, type), fields);
        }
        else
        {
            fields.Refuse(GraphError.BadValue($"A header of type '{type}' is not allowed here."));
        }
    }

    private static void CheckButtons(JsonElement action, FieldReader fields)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var button in fields.Objects(action, "buttons", 1, 3))
        {
            var reply = fields.Object(button, "reply");
            fields.Require(ids.Add(fields.Text(reply, "id", 256)), GraphError.BadValue("The button ids must differ."));
            fields.Require(titles.Add(fields.Text(reply, "title", 20)), GraphError.BadValue("The button titles must differ."));
        }
    }

    private static void CheckList(JsonElement action, FieldReader fields)
    {
        fields.Text(action, "button", 20);
        var sections = fields.Objects(action, "sections", 1, 10);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            var title = fields.OptionalText(section, "title", 24);
            fields.Require(sections.Count == 1 || !string.IsNullOrEmpty(title), GraphError.Missing("title"));
            foreach (var row in fields.Objects(section, "rows", 1, MostRows))
            {
                fields.Require(ids.Add(fields.Text(row, "id", 200)), GraphError.BadValue("The row ids must differ."));
                fields.Text(row, "title", 24);
                fields.OptionalText(row, "description", 72);
            }
        }

        fields.Require(ids.Count <= MostRows, GraphError.BadValue($"A list takes at most {MostRows} rows in all its sections together, not {ids.Count}."));
    }
}
