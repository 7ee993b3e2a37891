using System.Text.Json;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>The form in which the events that the SDK itself raises are kept in the outbox: their JSON is written and read by this type alone.</summary>
internal static class EngineEvent
{
    private const string Refused = "session_message_refused";
    private const string Expired = "held_message_expired";
    private const string Failed = "held_message_failed";

    public static StoredEvent OfRefusal(ConversationKey conversation, IntentId intent, MessageId message, SendIntent? send, Instant now) =>
        StoredEvent.OfEngine(
            Refused,
            conversation.Number,
            conversation,
            intent.ToString(),
            now,
            writer => WriteSend(writer, intent, message, send),
            new EventFacts { Intent = intent });

    public static StoredEvent OfExpiry(HeldMessage held, Instant now) => OfExpiry(held.Intent.Conversation, held.Id, held.Intent, now);

    public static StoredEvent OfExpiry(ConversationKey conversation, IntentId held, SendIntent? send, Instant now) =>
        StoredEvent.OfEngine(
            Expired, conversation.Number, conversation, held.ToString(), now, writer => WriteSend(writer, held, message: null, send));

    /// <param name="held">The message.</param>
    /// <param name="outcome">A refusal for good.</param>
    /// <param name="now">When.</param>
    public static StoredEvent OfFailure(HeldMessage held, SendOutcome outcome, Instant now) =>
        OfFailure(held.Intent.Conversation, held.Id, held.Intent, outcome, now);

    public static StoredEvent OfFailure(ConversationKey conversation, IntentId held, SendIntent? send, SendOutcome outcome, Instant now) =>
        StoredEvent.OfEngine(Failed, conversation.Number, conversation, held.ToString(), now, writer =>
        {
            WriteSend(writer, held, message: null, send);
            writer.WriteString("reason"u8, outcome.Describe());
            if (outcome is SendOutcome.Rejected { Error: var error })
            {
                writer.WritePropertyName("error"u8);
                GraphErrorRecord.Write(writer, error);
            }
        });

    /// <summary>Makes the event again; null when it is none of these.</summary>
    public static WhatsAppEvent? Restore(StoredEvent stored)
    {
        using var document = JsonDocument.Parse(stored.Raw);
        var root = document.RootElement;
        return stored.Field switch
        {
            Refused => new SessionMessageRefused(stored)
            {
                Intent = IntentId.Parse(root.FindText("intent")!),
                MessageId = MessageId.Parse(root.FindText("message")!),
                Content = ContentOf(root),
                CallbackData = root.FindText("callback_data"),
            },
            Expired => new HeldMessageExpired(stored)
            {
                HeldMessage = IntentId.Parse(root.FindText("intent")!),
                Content = ContentOf(root),
                CallbackData = root.FindText("callback_data"),
            },
            Failed => new HeldMessageFailed(stored)
            {
                HeldMessage = IntentId.Parse(root.FindText("intent")!),
                Reason = root.FindText("reason") ?? "",
                Error = root.Find("error") is { } error ? GraphErrorRecord.Read(error) : null,
                Content = ContentOf(root),
                CallbackData = root.FindText("callback_data"),
            },
            _ => null,
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
