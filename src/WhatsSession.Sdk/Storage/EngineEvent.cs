using System.Buffers;
using System.Text.Json;
using NodaTime;

namespace WhatsSession;

/// <summary>The form in which the events that the SDK itself raises are kept in the outbox: their JSON is written and read by this type alone.</summary>
internal static class EngineEvent
{
    private const string Refused = "session_message_refused";
    private const string Expired = "held_message_expired";
    private const string Failed = "held_message_failed";
    private const string Conflict = "identity_conflict";

    public static StoredEvent OfRefusal(ConversationKey conversation, IntentId intent, MessageId message, SendIntent? send, Instant now) =>
        Make(Refused, conversation.Number, conversation, intent.ToString(), now, writer => WriteSend(writer, intent, message, send), intent);

    public static StoredEvent OfExpiry(HeldMessage held, Instant now) =>
        Make(Expired, held.Intent.Conversation.Number, held.Intent.Conversation, held.Id.ToString(), now, writer => WriteSend(writer, held.Id, message: null, held.Intent));

    /// <param name="held">The message.</param>
    /// <param name="outcome">A refusal for good.</param>
    /// <param name="now">When.</param>
    public static StoredEvent OfFailure(HeldMessage held, SendOutcome outcome, Instant now) =>
        Make(Failed, held.Intent.Conversation.Number, held.Intent.Conversation, held.Id.ToString(), now, writer =>
        {
            WriteSend(writer, held.Id, message: null, held.Intent);
            writer.WriteString("reason"u8, outcome.Describe());
            if (outcome is SendOutcome.Rejected { Error: var error })
            {
                writer.WritePropertyName("error"u8);
                GraphErrorRecord.Write(writer, error);
            }
        });

    public static StoredEvent OfConflict(PhoneNumberId number, CustomerId phone, CustomerId first, CustomerId second, Instant now) =>
        Make(Conflict, number, conversation: null, phone.Value, now, writer =>
        {
            writer.WriteString("phone"u8, phone.Value);
            writer.WriteString("first"u8, first.Value);
            writer.WriteString("second"u8, second.Value);
        });

    public static WhatsAppEvent Restore(StoredEvent stored)
    {
        if (stored.Field == WindowAlert.FieldName)
        {
            return Place(new WindowClosing(WindowAlert.Restore(stored)), stored);
        }

        using var document = JsonDocument.Parse(stored.Raw);
        var root = document.RootElement;
        return Place(
            stored.Field switch
            {
                Refused => new SessionMessageRefused(stored.Conversation!.Value)
                {
                    Intent = IntentId.Parse(root.FindText("intent")!),
                    MessageId = MessageId.Parse(root.FindText("message")!),
                    Content = ContentOf(root),
                    CallbackData = root.FindText("callback_data"),
                },
                Expired => new HeldMessageExpired(stored.Conversation!.Value)
                {
                    HeldMessage = IntentId.Parse(root.FindText("intent")!),
                    Content = ContentOf(root),
                    CallbackData = root.FindText("callback_data"),
                },
                Failed => new HeldMessageFailed(stored.Conversation!.Value)
                {
                    HeldMessage = IntentId.Parse(root.FindText("intent")!),
                    Reason = root.FindText("reason") ?? "",
                    Error = root.Find("error") is { } error ? GraphErrorRecord.Read(error) : null,
                    Content = ContentOf(root),
                    CallbackData = root.FindText("callback_data"),
                },
                Conflict => new IdentityConflict { Phone = CustomerId.Parse(root.FindText("phone")!), First = CustomerId.Parse(root.FindText("first")!), Second = CustomerId.Parse(root.FindText("second")!) },
                _ => throw new NotSupportedException($"The stored event \"{stored.Field}\" was written by a newer version."),
            },
            stored);
    }

    private static WhatsAppEvent Place(WhatsAppEvent restored, StoredEvent stored)
    {
        restored.Key = stored.Key;
        restored.Lane = stored.Lane;
        restored.Field = stored.Field;
        restored.Number = stored.Number;
        restored.Account = stored.Account;
        restored.Timestamp = stored.Timestamp;
        restored.Raw = stored.Raw;
        return restored;
    }

    private static StoredEvent Make(string field, PhoneNumberId number, ConversationKey? conversation, string id, Instant now, Action<Utf8JsonWriter> write, IntentId? send = null)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, MessageWriter.Options);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new StoredEvent
        {
            Key = EventKey.Of(number.Value, EventLane.Alert, id, field),
            Lane = EventLane.Alert,
            Field = field,
            Number = number,
            Conversation = conversation,
            Timestamp = now,
            ReceivedAt = now,
            Facts = send is null ? null : new EventFacts { Intent = send },
            Raw = buffer.WrittenSpan.ToArray(),
        };
    }

    private static void WriteSend(Utf8JsonWriter writer, IntentId intent, MessageId? message, SendIntent? send)
    {
        writer.WriteString("intent"u8, intent.ToString());
        writer.WriteOptional("message"u8, message?.Value);
        writer.WriteOptional("callback_data"u8, send?.CallbackData);
        if (send is not null)
        {
            writer.WritePropertyName("content"u8);
            writer.WriteRawValue(send.WriteContent(), skipInputValidation: true);
        }
    }

    private static ReadOnlyMemory<byte> ContentOf(JsonElement root) =>
        root.Find("content") is { } content ? System.Text.Encoding.UTF8.GetBytes(content.GetRawText()) : default;
}
