using System.Globalization;
using System.Text.Json;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>The updates of a webhook, field by field.</summary>
/// <remarks>
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages,
/// read 10 March 2026; user ids per /business-scoped-user-ids, 7 May 2026.
/// </remarks>
internal static class WebhookParts
{
    public static byte[] Message(InboundMessage message, Action<Utf8JsonWriter> writeContent) => WireJson.Fragment((message, writeContent), static (json, s) =>
    {
        var message = s.message;
        json.WriteStartObject();
        WriteSender(json, message.Customer);
        json.WriteString("id", message.Id);
        WriteTimestamp(json, message.At);
        json.WriteString("type", message.Type);
        s.writeContent(json);
        if (message.Group is { } group)
        {
            json.WriteString("group_id", group.Id);
        }

        if (message.AnswerTo is { } answered)
        {
            json.WriteStartObject("context");
            json.WriteString("from", message.Number.DisplayPhoneNumber);
            json.WriteString("id", answered);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    public static byte[] Status(OutboundMessage message, MessageStage stage, string status, DateTimeOffset at) =>
        WireJson.Fragment((message, stage, status, at), static (json, s) =>
        {
            var (message, stage, status, at) = s;
            var failed = stage == MessageStage.Failed;
            json.WriteStartObject();
            json.WriteString("id", message.Id);
            json.WriteString("status", status);
            WriteTimestamp(json, at);
            WriteRecipient(json, message, failed);
            if (stage is MessageStage.Sent or MessageStage.Delivered)
            {
                WriteConversation(json, message, stage);
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
        });

    /// <summary>The customer paid an order: a status of type <c>payment</c>.</summary>
    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/payments, as of November 2026.</remarks>
    public static byte[] Payment(Person payer, string messageId, PayableOrder order, DateTimeOffset at) =>
        WireJson.Fragment((payer, messageId, order, at), static (json, s) =>
        {
            var (payer, messageId, order, at) = s;
            json.WriteStartObject();
            json.WriteString("id", messageId);
            if (!payer.HidesPhone)
            {
                json.WriteString("recipient_id", payer.Phone);
            }

            json.WriteString("recipient_user_id", payer.UserId);
            json.WriteString("type", "payment");
            json.WriteString("status", "captured");
            WriteTimestamp(json, at);
            json.WriteStartObject("payment");
            json.WriteString("reference_id", order.ReferenceId);
            if (order.Amount is { } amount)
            {
                json.WritePropertyName("amount");
                json.WriteRawValue(amount);
            }

            if (order.Currency is { } currency)
            {
                json.WriteString("currency", currency);
            }

            json.WriteStartObject("transaction");
            json.WriteString("id", "txn-" + order.ReferenceId);
            json.WriteString("type", "upi");
            json.WriteString("status", "success");
            json.WriteNumber("created_timestamp", at.ToUnixTimeSeconds());
            json.WriteNumber("updated_timestamp", at.ToUnixTimeSeconds());
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });

    /// <summary>One event of a call by the customer.</summary>
    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/calling, as of November 2026.</remarks>
    public static byte[] Call(Person customer, EmulatedNumber number, CallEvent call) => WireJson.Fragment((customer, number, call), static (json, s) =>
    {
        var (customer, number, call) = s;
        json.WriteStartObject();
        json.WriteString("id", call.Id);
        json.WriteString("event", call.Name);
        WriteTimestamp(json, call.At);
        json.WriteString("direction", "USER_INITIATED");
        WriteSender(json, customer);
        json.WriteString("to", number.DisplayPhoneNumber);
        WriteCallDetails(json, call);
        json.WriteEndObject();
    });

    /// <summary>The customer stopped or resumed marketing messages.</summary>
    public static byte[] Preference(Person customer, bool stops, DateTimeOffset at) => WireJson.Fragment((customer, stops, at), static (json, s) =>
    {
        var (customer, stops, at) = s;
        json.WriteStartObject();
        if (!customer.HidesPhone)
        {
            json.WriteString("wa_id", customer.Phone);
        }

        json.WriteString("user_id", customer.UserId);
        json.WriteString("detail", stops ? "User requested to stop marketing messages" : "User requested to resume marketing messages");
        json.WriteString("category", "marketing_messages");
        json.WriteString("value", stops ? "stop" : "resume");
        json.WriteNumber("timestamp", at.ToUnixTimeSeconds());
        json.WriteEndObject();
    });

    /// <summary>The customer's number changed: a message of type <c>system</c>, which names the sender by the new user id.</summary>
    /// <remarks>
    /// As Meta's changelog of 11 August 2026 has it: <c>previous_user_id</c> is the old one, and the field <c>user_id_update</c> never comes.
    /// </remarks>
    public static byte[] NumberChange(NumberChange change, string id, DateTimeOffset at) => WireJson.Fragment((change, id, at), static (json, s) =>
    {
        var (change, id, at) = s;
        json.WriteStartObject();
        if (!change.Hidden)
        {
            json.WriteString("from", change.OldPhone);
        }

        json.WriteString("from_user_id", change.NewUserId);
        json.WriteString("id", id);
        WriteTimestamp(json, at);
        json.WriteString("type", "system");
        json.WriteStartObject("system");
        var body = change.Hidden ? "changed" : $"changed from {change.OldPhone} to {change.NewPhone}";
        json.WriteString("body", $"User {change.Name} {body}");
        json.WriteString("type", change.Hidden ? "user_changed_user_id" : "user_changed_number");
        if (!change.Hidden)
        {
            json.WriteString("wa_id", change.NewPhone);
        }

        json.WriteString("user_id", change.NewUserId);
        json.WriteString("previous_user_id", change.OldUserId);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>What an account may not do for a while.</summary>
    public static byte[] Restriction(string kind, DateTimeOffset until) => WireJson.Fragment((kind, until), static (json, s) =>
    {
        json.WriteStartObject();
        json.WriteString("event", "ACCOUNT_RESTRICTION");
        json.WriteStartArray("restriction_info");
        json.WriteStartObject();
        json.WriteString("restriction_type", s.kind);
        json.WriteNumber("expiration", s.until.ToUnixTimeSeconds());
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static void WriteTimestamp(Utf8JsonWriter json, DateTimeOffset at) => json.WriteString("timestamp", Seconds(at));

    /// <summary>How a transcription looks is not known: that there is one is all that is told.</summary>
    private static void WriteCallDetails(Utf8JsonWriter json, CallEvent call)
    {
        switch (call.Name)
        {
            case "connect":
                json.WriteStartObject("session");
                json.WriteString("sdp_type", "offer");
                json.WriteString("sdp", "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n");
                json.WriteEndObject();
                break;
            case "terminate":
                json.WriteString("status", call.Answered ? "COMPLETED" : "FAILED");
                if (call.Answered)
                {
                    json.WriteString("start_time", Seconds(call.At - call.Duration));
                    json.WriteString("end_time", Seconds(call.At));
                    json.WriteNumber("duration", (int)call.Duration.TotalSeconds);
                }

                break;
            case "call_recording_available":
                json.WriteStartObject("recording");
                json.WriteString("id", Seconds(call.At));
                json.WriteString("mime_type", "audio/ogg");
                json.WriteEndObject();
                break;
            default:
                break;
        }
    }

    private static void WriteSender(Utf8JsonWriter json, Person customer)
    {
        if (!customer.HidesPhone)
        {
            json.WriteString("from", customer.Phone);
        }

        json.WriteString("from_user_id", customer.UserId);
    }

    private static void WriteRecipient(Utf8JsonWriter json, OutboundMessage message, bool failed)
    {
        if (message.Group is { } group)
        {
            json.WriteString("recipient_id", group.Id);
            json.WriteString("recipient_type", "group");
            WriteParticipant(json, message.Customer);
            return;
        }

        if ((message.Phone ?? (message.Customer is { HidesPhone: false } open ? open.Phone : null)) is { } phone)
        {
            json.WriteString("recipient_id", phone);
        }

        // A failure of a message to a phone number does not reveal the user id.
        if (message.UserId is { } userId && !(failed && message.Phone is not null))
        {
            json.WriteString("recipient_user_id", userId);
        }
    }

    /// <summary>That a message is sent or failed is said of the group as a whole.</summary>
    private static void WriteParticipant(Utf8JsonWriter json, Person? participant)
    {
        if (participant is null)
        {
            return;
        }

        if (!participant.HidesPhone)
        {
            json.WriteString("recipient_participant_id", participant.Phone);
        }

        json.WriteString("recipient_participant_user_id", participant.UserId);
    }

    /// <summary>Since v24 only in a free entry point window.</summary>
    private static void WriteConversation(Utf8JsonWriter json, OutboundMessage message, MessageStage stage)
    {
        if (message.FreeEntry is not { } free)
        {
            return;
        }

        json.WriteStartObject("conversation");
        json.WriteString("id", free.Id);
        if (stage == MessageStage.Sent)
        {
            json.WriteString("expiration_timestamp", Seconds(free.Closes));
        }

        json.WriteStartObject("origin");
        json.WriteString("type", "referral_conversion");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePricing(Utf8JsonWriter json, OutboundMessage message, DateTimeOffset at)
    {
        var isFreeEntry = message.FreeEntry is not null;
        var isFree = isFreeEntry || message.IsFreeService || message.IsReaction;
        var charged = !isFree && Pricing.IsCharged(message.Category, message.InsideWindow, message.IsDirectSend, at);
        json.WriteStartObject("pricing");
        json.WriteBoolean("billable", charged);
        json.WriteString("pricing_model", "PMP");
        var free = isFreeEntry ? "free_entry_point" : message.Group is null ? "free_customer_service" : "free_group_customer_service";
        json.WriteString("type", charged ? "regular" : free);
        if (charged && message.IsExempt && at >= Pricing.ExemptionMarked)
        {
            json.WriteString("subtype", "paid_exempt");
        }

        json.WriteString("category", isFreeEntry ? "referral_conversion" : message.Group is null ? message.Category : "group_" + message.Category);
        json.WriteEndObject();
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
