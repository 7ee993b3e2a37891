using System.Buffers;
using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Writes a message as the JSON body of <c>POST /{phone-number-id}/messages</c>.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number/message-api">Meta,
/// read November 2025.</see>
/// </remarks>
internal static class MessageWriter
{
    private static readonly JsonEncodedText MessagingProduct = JsonEncodedText.Encode("messaging_product");
    private static readonly JsonEncodedText RecipientType = JsonEncodedText.Encode("recipient_type");
    private static readonly JsonEncodedText CallbackData = JsonEncodedText.Encode("biz_opaque_callback_data");

    /// <summary>Writes the whole request.</summary>
    public static void WriteRequest(Utf8JsonWriter writer, ConversationKey conversation, Message message, in MessageEnvelope envelope)
    {
        writer.WriteStartObject();
        writer.WriteString(MessagingProduct, "whatsapp"u8);
        WriteRecipient(writer, conversation);
        if (envelope.ReplyTo is { } original && message is not ReactionMessage) // Which names its message itself.
        {
            writer.WriteStartObject("context"u8);
            writer.WriteString("message_id"u8, original.Value);
            writer.WriteEndObject();
        }

        writer.WriteOptional("recipient_identity_key_hash"u8, envelope.IdentityKeyHash);
        writer.WriteOptional("messaging_account_id"u8, envelope.MessagingAccountId);
        WriteContent(writer, message);
        if (!envelope.CallbackData.IsEmpty)
        {
            writer.WriteString(CallbackData, envelope.CallbackData);
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>Writes the request that marks a message as read.</summary>
    public static void WriteRead(Utf8JsonWriter writer, MessageId message, bool typing)
    {
        writer.WriteStartObject();
        writer.WriteString(MessagingProduct, "whatsapp"u8);
        writer.WriteString("status"u8, "read"u8);
        writer.WriteString("message_id"u8, message.Value);
        if (typing)
        {
            writer.WriteStartObject("typing_indicator"u8);
            writer.WriteString("type"u8, "text"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    /// <summary>The content alone, as it is kept in the history.</summary>
    public static byte[] WriteContent(Message message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, JsonFields.WriterOptions);
        writer.WriteStartObject();
        WriteContent(writer, message);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecipient(Utf8JsonWriter writer, ConversationKey conversation)
    {
        if (conversation.Group is { } group)
        {
            writer.WriteString(RecipientType, "group"u8);
            writer.WriteString("to"u8, group.Value);
            return;
        }

        // A BSUID in "to" is accepted and then never delivered (131026): it belongs into "recipient".
        writer.WriteString(RecipientType, "individual"u8);
        var customer = conversation.Customer ?? throw new ArgumentException("The conversation names no party.", nameof(conversation));
        writer.WriteString(customer.IsPhone ? "to"u8 : "recipient"u8, customer.Value);
    }

    private static void WriteContent(Utf8JsonWriter writer, Message message)
    {
        if (message is DirectSendMessage direct)
        {
            WriteContent(writer, direct.Content);
            writer.WriteString("category"u8, direct.Category == DirectSendCategory.Authentication ? "authentication"u8 : "utility"u8);
            writer.WriteOptional("ttl_seconds"u8, direct.TtlSeconds);
            return;
        }

        writer.WriteString("type"u8, message.Kind);
        switch (message)
        {
            case TextMessage text:
                writer.WriteStartObject("text"u8);
                writer.WriteOptional("preview_url"u8, text.PreviewUrl);
                writer.WriteString("body"u8, text.Body);
                writer.WriteEndObject();
                break;
            case MediaMessage media:
                MediaWriter.Write(writer, media);
                break;
            case LocationMessage location:
                writer.WriteStartObject("location"u8);
                writer.WriteLocation(location.Latitude, location.Longitude, location.Name, location.Address);
                writer.WriteEndObject();
                break;
            case ContactsMessage contacts:
                ContactsWriter.Write(writer, contacts);
                break;
            case PinMessage pin:
                WritePin(writer, pin);
                break;
            case ReactionMessage reaction:
                writer.WriteStartObject("reaction"u8);
                writer.WriteString("message_id"u8, reaction.MessageId.Value);
                writer.WriteString("emoji"u8, reaction.Emoji);
                writer.WriteEndObject();
                break;
            case InteractiveMessage interactive:
                InteractiveWriter.Write(writer, interactive);
                break;
            case TemplateMessage template:
                TemplateWriter.Write(writer, template);
                break;
            case RawMessage raw:
                writer.WriteContent(raw);
                break;
            default:
                throw new NotSupportedException($"{message.GetType().Name} has no wire form.");
        }
    }

    private static void WritePin(Utf8JsonWriter writer, PinMessage message)
    {
        writer.WriteStartObject("pin"u8);
        writer.WriteString("type"u8, message.ExpirationDays is null ? "unpin"u8 : "pin"u8);
        writer.WriteString("message_id"u8, message.Message.Value);
        writer.WriteOptional("expiration_days"u8, message.ExpirationDays);
        writer.WriteEndObject();
    }
}
