using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>Puts updates into the envelope of a webhook: one entry per account; one change per number for its messages and statuses, and one for each other update.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages, read 10 March 2026.</remarks>
internal static class WebhookBody
{
    private const string Unknown = "emulator_unknown";

    public static byte[] Compose(IReadOnlyList<WebhookItem> items, bool unknownFields = false, bool unknownTypes = false) =>
        WireJson.Write((items, unknownFields, unknownTypes), static (json, s) =>
        {
            json.WriteStartObject();
            json.WriteString("object", "whatsapp_business_account");
            json.WriteStartArray("entry");
            foreach (var account in s.items.GroupBy(static i => i.AccountId, StringComparer.Ordinal))
            {
                WriteEntry(json, account, s.unknownFields, s.unknownTypes);
            }

            json.WriteEndArray();
            WriteUnknown(json, s.unknownFields);
            json.WriteEndObject();
        });

    private static void WriteEntry(Utf8JsonWriter json, IGrouping<string, WebhookItem> account, bool unknownFields, bool unknownTypes)
    {
        json.WriteStartObject();
        json.WriteString("id", account.Key);
        json.WriteStartArray("changes");
        foreach (var change in account.GroupBy(static i => i.Field is WebhookItem.Messages ? (object)i.Number! : i))
        {
            WriteChange(json, [.. change], unknownFields);
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
        var written = new List<byte[]>();
        foreach (var contact in items.Select(static i => i.Contact).OfType<byte[]>())
        {
            if (written.Exists(w => w.AsSpan().SequenceEqual(contact)))
            {
                continue;
            }

            if (written.Count == 0)
            {
                json.WriteStartArray("contacts");
            }

            written.Add(contact);
            json.WriteRawValue(contact, skipInputValidation: true);
        }

        if (written.Count > 0)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteArrays(Utf8JsonWriter json, IReadOnlyList<WebhookItem> items, bool unknownFields)
    {
        foreach (var array in items.GroupBy(static i => i.Array!, StringComparer.Ordinal))
        {
            json.WriteStartArray(array.Key);
            foreach (var item in array)
            {
                WriteElement(json, item.Element, unknownFields);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteElement(Utf8JsonWriter json, byte[] element, bool unknownFields) =>
        json.WriteRawValue(unknownFields ? [.. element.AsSpan(0, element.Length - 1), .. ",\"emulator_unknown\":{\"list\":[1,null,{}]}}"u8] : element, skipInputValidation: true);

    private static void WriteUnknown(Utf8JsonWriter json, bool unknownFields)
    {
        if (unknownFields)
        {
            json.WriteString(Unknown, "a field nobody knows");
        }
    }
}
