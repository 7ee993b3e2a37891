using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>
/// Puts updates into the envelope of a webhook: one entry per account; one change per number for its messages and statuses, and one for each other update.
/// </summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages, read 10 March 2026.</remarks>
internal static class WebhookBody
{
    private const string Unknown = "emulator_unknown";

    private static ReadOnlySpan<byte> UnknownMember => ",\"emulator_unknown\":{\"list\":[1,null,{}]}}"u8;

    public static byte[] Compose(IReadOnlyList<WebhookItem> items, bool unknownFields = false, bool unknownTypes = false) =>
        WireJson.Write((items: Flat(items), unknownFields, unknownTypes), static (json, s) =>
        {
            json.WriteStartObject();
            json.WriteString("object", "whatsapp_business_account");
            json.WriteStartArray("entry");
            foreach (var account in Groups(s.items, static i => i.AccountId))
            {
                WriteEntry(json, account, s.unknownFields, s.unknownTypes);
            }

            json.WriteEndArray();
            WriteUnknown(json, s.unknownFields);
            json.WriteEndObject();
        });

    private static IReadOnlyList<WebhookItem> Flat(IReadOnlyList<WebhookItem> items) =>
        items.Any(static i => i.Parts.Count > 0) ? [.. items.SelectMany(static i => i.Parts.Count > 0 ? i.Parts : [i])] : items;

    private static void WriteEntry(Utf8JsonWriter json, IReadOnlyList<WebhookItem> account, bool unknownFields, bool unknownTypes)
    {
        json.WriteStartObject();
        json.WriteString("id", account[0].AccountId);
        json.WriteStartArray("changes");
        foreach (var change in Groups(account, static i => i.Field is WebhookItem.Messages ? i.Number! : i))
        {
            WriteChange(json, change, unknownFields);
        }

        if (unknownTypes)
        {
            json.WriteStartObject();
            json.WriteStartObject("value");
            json.WriteString("event", "EMULATED");
            json.WriteEndObject();
            json.WriteString("field", Unknown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteUnknown(json, unknownFields);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, IReadOnlyList<WebhookItem> items, bool unknownFields)
    {
        var first = items[0];
        json.WriteStartObject();
        json.WritePropertyName("value");
        if (first.Array is null)
        {
            WriteElement(json, first.Element, unknownFields);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("messaging_product", "whatsapp");
            WriteMetadata(json, first.Number!);
            WriteContacts(json, items);
            WriteArrays(json, items, unknownFields);
            WriteUnknown(json, unknownFields);
            json.WriteEndObject();
        }

        json.WriteString("field", first.Field);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, EmulatedNumber number)
    {
        json.WriteStartObject("metadata");
        json.WriteString("display_phone_number", number.DisplayPhoneNumber);
        json.WriteString("phone_number_id", number.Id);
        json.WriteEndObject();
    }

    private static void WriteContacts(Utf8JsonWriter json, IReadOnlyList<WebhookItem> items)
    {
        var contacts = Contacts(items);
        if (contacts.Count == 0)
        {
            return;
        }

        json.WriteStartArray("contacts");
        foreach (var contact in contacts)
        {
            json.WriteRawValue(contact, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    /// <summary>Each once.</summary>
    private static List<byte[]> Contacts(IReadOnlyList<WebhookItem> items)
    {
        var contacts = new List<byte[]>(1);
        foreach (var item in items)
        {
            if (item.Contact is { } contact && (items.Count == 1 || !contacts.Exists(c => c.AsSpan().SequenceEqual(contact))))
            {
                contacts.Add(contact);
            }
        }

        return contacts;
    }

    private static void WriteArrays(Utf8JsonWriter json, IReadOnlyList<WebhookItem> items, bool unknownFields)
    {
        foreach (var array in Groups(items, static i => i.Array!))
        {
            json.WriteStartArray(array[0].Array!);
            foreach (var item in array)
            {
                WriteElement(json, item.Element, unknownFields);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>By a key, in order of appearance; most webhooks carry one update and need no look-up.</summary>
    private static IEnumerable<IReadOnlyList<WebhookItem>> Groups(IReadOnlyList<WebhookItem> items, Func<WebhookItem, object> key) =>
        items.Count == 1 ? [items] : items.GroupBy(key).Select(static g => g.ToList());

    private static void WriteElement(Utf8JsonWriter json, byte[] element, bool unknownFields) =>
        json.WriteRawValue(unknownFields ? [.. element.AsSpan(0, element.Length - 1), .. UnknownMember] : element, skipInputValidation: true);

    private static void WriteUnknown(Utf8JsonWriter json, bool unknownFields)
    {
        if (unknownFields)
        {
            json.WriteString(Unknown, "a field nobody knows");
        }
    }
}
