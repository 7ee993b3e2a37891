using System.Text.Json;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Control;

/// <summary>Groups over HTTP.</summary>
internal sealed class GroupPages(GroupDirectory groups, NumberDirectory numbers, MetaTime time, ChangeFeed changes)
{
    public GraphAnswer All() => GraphAnswer.Ok(groups.All, (json, all) =>
    {
        json.WriteStartArray();
        foreach (var group in all)
        {
            Write(json, group);
        }

        json.WriteEndArray();
    });

    public GraphAnswer Add(JsonElement root, FieldReader fields)
    {
        var id = fields.Text(root, "id", FieldReader.AnyLength);
        var number = fields.OptionalText(root, "number", FieldReader.AnyLength);
        var phones = Phones(root, fields);
        if (fields.Error is { } error)
        {
            return error;
        }

        return Answer(groups.Add(id, number is null ? numbers.Only() : numbers.Get(number), phones));
    }

    public GraphAnswer Suspend(string id, JsonElement root, FieldReader fields)
    {
        var group = groups.Find(Uri.UnescapeDataString(id));
        fields.Require(group is not null, GraphError.GroupUnknown);
        fields.Require(root, "suspended");
        fields.OptionalBoolean(root, "suspended");
        if (fields.Error is { } error)
        {
            return error;
        }

        group!.IsSuspended = root.GetProperty("suspended").GetBoolean();
        return Answer(group);
    }

    private static List<string> Phones(JsonElement root, FieldReader fields)
    {
        fields.Require(root, "participants");
        if (fields.Error is not null)
        {
            return [];
        }

        var list = root.GetProperty("participants");
        var isList = list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(static p => p.ValueKind == JsonValueKind.String);
        fields.Require(isList, GraphError.Invalid("Param 'participants' must be an array of phone numbers, as strings."));
        return isList ? [.. list.EnumerateArray().Select(static p => p.GetString()!)] : [];
    }

    private GraphAnswer Answer(Group group)
    {
        changes.Tell();
        return GraphAnswer.Ok(group, Write);
    }

    private void Write(Utf8JsonWriter json, Group group)
    {
        json.WriteStartObject();
        json.WriteString("id", group.Id);
        json.WriteString("number", group.Number.Id);
        json.WriteBoolean("suspended", group.IsSuspended);
        WriteTexts(json, "participants", group.Participants.Select(static p => p.Phone));
        WriteTexts(json, "pinned", group.PinnedAt(time.Now));
        if (group.Pair.Closes is { } closes)
        {
            json.WriteString("window_closes", time.OnClock(closes));
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
