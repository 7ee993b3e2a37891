using System.Buffers;
using System.Text.Json;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The form in which a message outlives its process: the JSON that Meta gets, and beside it what that JSON does not say.</summary>
internal static class StoredContent
{
    // A message's own JSON may be 64 levels deep; what holds it here comes on top.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 72 };

    public static byte[] WriteDetails(SendIntent intent)
    {
        if (intent is { Message: SessionMessage, Fallback: null, FallbackKey: null, WhenReopened.HoldFor: null }
            && intent is { ReplyTo: null, CallbackData: null, IdentityKeyHash: null, Seen: null })
        {
            return [];
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, MessageJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteOptional("marketing"u8, IsMarketing(intent.Message));
        writer.WriteOptional("fallback_key"u8, intent.FallbackKey);
        writer.WriteOptional("reply_to"u8, intent.ReplyTo?.Value);
        writer.WriteOptional("callback_data"u8, intent.CallbackData);
        writer.WriteOptional("identity_key_hash"u8, intent.IdentityKeyHash);
        if (intent.WhenReopened.HoldFor is { } hold)
        {
            writer.WriteNumber("hold_seconds"u8, hold.TotalSeconds);
        }

        if (intent.Seen is { } seen)
        {
            writer.WriteNumber("seen_at"u8, seen.At.ToUnixTimeSeconds());
            writer.WriteOptional("seen_message"u8, seen.Message?.Value);
        }

        if (intent.Fallback is { } fallback)
        {
            writer.WriteOptional("fallback_marketing"u8, IsMarketing(fallback));
            writer.WritePropertyName("fallback"u8);
            writer.WriteRawValue(MessageJson.Write(fallback), skipInputValidation: true);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static SendIntent Restore(
        IntentId id, ConversationKey conversation, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> details, Instant? evidence, Instant createdAt)
    {
        using var document = details.IsEmpty ? null : JsonDocument.Parse(details, Options);
        var kept = document?.RootElement ?? default;
        return new SendIntent
        {
            Id = id,
            Conversation = conversation,
            Message = RestoreMessage(content, kept.Find("marketing") is not null),
            Evidence = evidence,
            CreatedAt = createdAt,
            Fallback = kept.Find("fallback") is { } fallback ? (TemplateMessage)RestoreMessage(fallback, kept.Find("fallback_marketing") is not null) : null,
            FallbackKey = kept.FindText("fallback_key"),
            WhenReopened = kept.Find("hold_seconds") is { } hold ? WhenReopened.Hold(Duration.FromSeconds(hold.GetDouble())) : WhenReopened.Discard,
            ReplyTo = kept.FindText("reply_to") is { } replyTo ? MessageId.Parse(replyTo) : null,
            CallbackData = kept.FindText("callback_data"),
            IdentityKeyHash = kept.FindText("identity_key_hash"),
            Seen = kept.Find("seen_at") is { } seen
                ? new InboundPoint(
                    Instant.FromUnixTimeSeconds(seen.GetInt64()), kept.FindText("seen_message") is { } message ? MessageId.Parse(message) : null)
                : null,
        };
    }

    /// <summary>A template message of its content.</summary>
    public static TemplateMessage RestoreTemplate(JsonElement content) => (TemplateMessage)RestoreMessage(content, isMarketing: false);

    private static bool? IsMarketing(Message message) => message is TemplateMessage { Marketing: not null } ? true : null;

    private static Message RestoreMessage(ReadOnlyMemory<byte> content, bool isMarketing)
    {
        using var document = JsonDocument.Parse(content, Options);
        return RestoreMessage(document.RootElement, isMarketing);
    }

    private static Message RestoreMessage(JsonElement content, bool isMarketing)
    {
        var kind = content.FindText("type") ?? throw new JsonException("The stored message names no type.");
        var body = content.Find(kind) ?? throw new JsonException("The stored message has no content.");
        if (kind == "template")
        {
            return new TemplateMessage(body.FindText("name") ?? "", body.Find("language") is { } language ? language.FindText("code") ?? "" : "")
            {
                Json = body.GetRawText(),
                Marketing = isMarketing
                    ? new MarketingDelivery
                    {
                        IsStrict = content.FindText("product_policy") is { } policy ? policy == "STRICT" : null,
                        SharesActivity = content.Find("message_activity_sharing")?.GetBoolean(),
                    }
                    : null,
            };
        }

        var raw = new RawMessage(kind, body.GetRawText());
        return content.FindText("category") is not { } category
            ? raw
            : new DirectSendMessage(raw, category == "authentication" ? DirectSendCategory.Authentication : DirectSendCategory.Utility)
            {
                TtlSeconds = content.FindNumber("ttl_seconds"),
            };
    }
}
