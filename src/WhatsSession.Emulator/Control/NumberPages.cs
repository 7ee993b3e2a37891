using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Control;

/// <summary>Business numbers over HTTP.</summary>
internal sealed class NumberPages(NumberDirectory numbers, ChangeFeed changes)
{
    public GraphAnswer All() => GraphAnswer.Ok(numbers.All, (json, all) =>
    {
        json.WriteStartArray();
        foreach (var number in all)
        {
            Write(json, number);
        }

        json.WriteEndArray();
    });

    public GraphAnswer Add(JsonElement root, FieldReader fields)
    {
        var id = fields.Text(root, "id", FieldReader.AnyLength);
        var standard = NumberRules.Standard(id, numbers.All.Count);
        var number = standard with
        {
            AccessToken = fields.OptionalText(root, "access_token", FieldReader.AnyLength) ?? standard.AccessToken,
            DisplayPhoneNumber = fields.OptionalText(root, "display_phone_number", FieldReader.AnyLength) ?? standard.DisplayPhoneNumber,
            VerifiedName = fields.OptionalText(root, "verified_name", FieldReader.AnyLength) ?? standard.VerifiedName,
            BusinessAccountId = fields.OptionalText(root, "business_account_id", FieldReader.AnyLength) ?? standard.BusinessAccountId,
            MessagesPerSecond = fields.OptionalInteger(root, "messages_per_second", 1, int.MaxValue, standard.MessagesPerSecond),
            AllowedRecipients = Phones(root, fields),
        };
        if (fields.Error is { } error)
        {
            return error;
        }

        return Answer(numbers.Add(number));
    }

    /// <summary>Changes what can change while the emulator runs.</summary>
    public GraphAnswer Change(string id, JsonElement root, FieldReader fields)
    {
        fields.Require(root, "allowed_recipients");
        var phones = Phones(root, fields);
        if (fields.Error is { } error)
        {
            return error;
        }

        var number = numbers.Get(id);
        numbers.Allow(NumberRules.Checked(number with { AllowedRecipients = phones }, []));
        return Answer(number);
    }

    private static List<string> Phones(JsonElement root, FieldReader fields)
    {
        if (!FieldReader.Has(root, "allowed_recipients"))
        {
            return [];
        }

        var list = root.GetProperty("allowed_recipients");
        var isList = list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(static p => p.ValueKind == JsonValueKind.String);
        fields.Require(isList, GraphError.Invalid("Param 'allowed_recipients' must be an array of phone numbers, as strings; empty for everyone."));
        return isList ? [.. list.EnumerateArray().Select(static p => p.GetString()!)] : [];
    }

    private GraphAnswer Answer(EmulatedNumber number)
    {
        changes.Tell();
        return GraphAnswer.Ok(number, Write);
    }

    private void Write(Utf8JsonWriter json, EmulatedNumber number)
    {
        json.WriteStartObject();
        json.WriteString("id", number.Id);
        json.WriteString("display_phone_number", number.DisplayPhoneNumber);
        json.WriteString("verified_name", number.VerifiedName);
        json.WriteString("business_account_id", number.BusinessAccountId);
        json.WriteNumber("messages_per_second", number.MessagesPerSecond);
        json.WriteStartArray("allowed_recipients");
        foreach (var phone in numbers.AllowedBy(number))
        {
            json.WriteStringValue(phone);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
