using System.Globalization;
using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>The bodies of webhooks, field <c>messages</c>.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages, read 10 March 2026; user ids per /business-scoped-user-ids, 7 May 2026.</remarks>
internal static class WebhookJson
{
    public static byte[] Inbound(InboundMessage message) => WireJson.Write(message, static (json, message) =>
    {
        StartValue(json, message.Number);
        WriteContacts(json, message.Customer, withUsername: true);
        json.WriteStartArray("messages");
        json.WriteStartObject();
        if (!message.Customer.HidesPhone)
        {
            json.WriteString("from", message.Customer.Phone);
        }

        json.WriteString("from_user_id", message.Customer.UserId);
        json.WriteString("id", message.Id);
        WriteTimestamp(json, message.At);
        json.WriteString("type", message.Type);
        message.WriteContent(json);
        if (message.AnswerTo is { } answered)
        {
            json.WriteStartObject("context");
            json.WriteString("from", message.Number.DisplayPhoneNumber);
            json.WriteString("id", answered);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        EndValue(json);
    });

    public static byte[] Status(OutboundMessage message, MessageStage stage, string status, DateTimeOffset at) =>
        WireJson.Write((message, stage, status, at), static (json, s) =>
        {
            var (message, stage, status, at) = s;
            var failed = stage == MessageStage.Failed;
            StartValue(json, message.Number);
            if (!failed && message.Customer is { } known)
            {
                WriteContacts(json, known, withUsername: stage is MessageStage.Delivered or MessageStage.Read);
            }

            json.WriteStartArray("statuses");
            json.WriteStartObject();
            json.WriteString("id", message.Id);
            json.WriteString("status", status);
            WriteTimestamp(json, at);
            if ((message.Phone ?? (message.Customer is { HidesPhone: false } open ? open.Phone : null)) is { } phone)
            {
                json.WriteString("recipient_id", phone);
            }

            // A failure of a message to a phone number does not reveal the user id.
            if (message.UserId is { } userId && !(failed && message.Phone is not null))
            {
                json.WriteString("recipient_user_id", userId);
            }

            if (stage is MessageStage.Sent or MessageStage.Delivered)
            {
                WritePricing(json, message, at);
            }

            if (message.OpaqueData is { } opaque)
            {
                json.WriteString("biz_opaque_callback_data", opaque);
            }

            if (failed)
            {
                json.WriteStartArray("errors");
                message.Failure!.WriteForWebhook(json);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndArray();
            EndValue(json);
        });

    private static void StartValue(Utf8JsonWriter json, EmulatedNumber number)
    {
        json.WriteStartObject();
        json.WriteString("object", "whatsapp_business_account");
        json.WriteStartArray("entry");
        json.WriteStartObject();
        json.WriteString("id", number.BusinessAccountId);
        json.WriteStartArray("changes");
        json.WriteStartObject();
        json.WriteStartObject("value");
        json.WriteString("messaging_product", "whatsapp");
        json.WriteStartObject("metadata");
        json.WriteString("display_phone_number", number.DisplayPhoneNumber);
        json.WriteString("phone_number_id", number.Id);
        json.WriteEndObject();
    }

    private static void EndValue(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteString("field", "messages");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteContacts(Utf8JsonWriter json, EmulatedCustomer customer, bool withUsername)
    {
        json.WriteStartArray("contacts");
        json.WriteStartObject();
        json.WriteStartObject("profile");
        json.WriteString("name", customer.Name);
        if (withUsername && customer.Username is { } username)
        {
            json.WriteString("username", username);
        }

        json.WriteEndObject();
        if (!customer.HidesPhone)
        {
            json.WriteString("wa_id", customer.Phone);
        }

        json.WriteString("user_id", customer.UserId);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WritePricing(Utf8JsonWriter json, OutboundMessage message, DateTimeOffset at)
    {
        var charged = Pricing.IsCharged(message.Category, message.InsideWindow, at);
        json.WriteStartObject("pricing");
        json.WriteBoolean("billable", charged);
        json.WriteString("pricing_model", "PMP");
        json.WriteString("type", charged ? "regular" : "free_customer_service");
        json.WriteString("category", message.Category);
        json.WriteEndObject();
    }

    private static void WriteTimestamp(Utf8JsonWriter json, DateTimeOffset at) =>
        json.WriteString("timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
}
