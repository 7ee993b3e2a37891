using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhatsSession;

/// <summary>Writes a message as the JSON body of <c>POST /{phone-number-id}/messages</c>.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number/message-api">Meta, read November 2025.</see></remarks>
internal static class MessageWriter
{
    // The relaxed encoder writes UTF-8 as it is instead of \uXXXX: the body goes to an API, never into a page.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonEncodedText MessagingProduct = JsonEncodedText.Encode("messaging_product");
    private static readonly JsonEncodedText RecipientType = JsonEncodedText.Encode("recipient_type");
    private static readonly JsonEncodedText CallbackData = JsonEncodedText.Encode("biz_opaque_callback_data");

    /// <summary>Writes the whole request.</summary>
    public static void WriteRequest(Utf8JsonWriter writer, ConversationKey conversation, Message message, MessageId? replyTo, ReadOnlySpan<byte> callbackData)
    {
        writer.WriteStartObject();
        writer.WriteString(MessagingProduct, "whatsapp"u8);
        WriteRecipient(writer, conversation);
        if (replyTo is { } original)
        {
            writer.WriteStartObject("context"u8);
            writer.WriteString("message_id"u8, original.Value);
            writer.WriteEndObject();
        }

        WriteContent(writer, message);
        if (!callbackData.IsEmpty)
        {
            writer.WriteString(CallbackData, callbackData);
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
        using var writer = new Utf8JsonWriter(buffer, Options);
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
        writer.WriteString("type"u8, message.Kind);
        switch (message)
        {
            case TextMessage text:
                writer.WriteStartObject("text"u8);
                if (text.PreviewUrl is { } preview)
                {
                    writer.WriteBoolean("preview_url"u8, preview);
                }

                writer.WriteString("body"u8, text.Body);
                writer.WriteEndObject();
                break;
            case ImageMessage image:
                WriteMedia(writer, "image"u8, image.Source, image.Caption);
                break;
            case VideoMessage video:
                WriteMedia(writer, "video"u8, video.Source, video.Caption);
                break;
            case DocumentMessage document:
                WriteMedia(writer, "document"u8, document.Source, document.Caption, document.FileName);
                break;
            case VoiceMessage voice:
                WriteMedia(writer, "audio"u8, voice.Source, isVoice: true);
                break;
            case ReactionMessage reaction:
                writer.WriteStartObject("reaction"u8);
                writer.WriteString("message_id"u8, reaction.MessageId.Value);
                writer.WriteString("emoji"u8, reaction.Emoji);
                writer.WriteEndObject();
                break;
            case InteractiveMessage interactive:
                WriteInteractive(writer, interactive);
                break;
            case TemplateMessage template:
                WriteTemplate(writer, template);
                break;
            default:
                throw new NotSupportedException($"{message.GetType().Name} has no wire form.");
        }
    }

    private static void WriteMedia(Utf8JsonWriter writer, ReadOnlySpan<byte> name, MediaSource source, string? caption = null, string? fileName = null, bool isVoice = false)
    {
        writer.WriteStartObject(name);
        switch (source)
        {
            case MediaSource.Id id:
                writer.WriteString("id"u8, id.MediaId);
                break;
            case MediaSource.Link link:
                writer.WriteString("link"u8, link.Address.OriginalString);
                break;
            default:
                throw new NotSupportedException($"{source.GetType().Name} has no wire form.");
        }

        WriteOptional(writer, "caption"u8, caption);
        WriteOptional(writer, "filename"u8, fileName);
        if (isVoice)
        {
            writer.WriteBoolean("voice"u8, value: true);
        }

        writer.WriteEndObject();
    }

    private static void WriteInteractive(Utf8JsonWriter writer, InteractiveMessage message)
    {
        writer.WriteStartObject("interactive"u8);
        writer.WriteString("type"u8, message.InteractiveKind);
        WriteHeader(writer, message switch
        {
            ReplyButtonsMessage buttons => buttons.Header,
            ListMessage { Header: { } header } => header,
            _ => null,
        });
        WriteText(writer, "body"u8, message.Body);
        if (message.Footer is { } footer)
        {
            WriteText(writer, "footer"u8, footer);
        }

        writer.WriteStartObject("action"u8);
        switch (message)
        {
            case ReplyButtonsMessage buttons:
                WriteButtons(writer, buttons);
                break;
            case ListMessage list:
                WriteSections(writer, list);
                break;
            default:
                throw new NotSupportedException($"{message.GetType().Name} has no wire form.");
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter writer, MessageHeader? header)
    {
        if (header is null)
        {
            return;
        }

        writer.WriteStartObject("header"u8);
        switch (header)
        {
            case MessageHeader.Text text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Value);
                break;
            case MessageHeader.Image image:
                writer.WriteString("type"u8, "image"u8);
                WriteMedia(writer, "image"u8, image.Source);
                break;
            case MessageHeader.Video video:
                writer.WriteString("type"u8, "video"u8);
                WriteMedia(writer, "video"u8, video.Source);
                break;
            case MessageHeader.Document document:
                writer.WriteString("type"u8, "document"u8);
                WriteMedia(writer, "document"u8, document.Source, fileName: document.FileName);
                break;
            default:
                throw new NotSupportedException($"{header.GetType().Name} has no wire form.");
        }

        writer.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter writer, ReplyButtonsMessage message)
    {
        writer.WriteStartArray("buttons"u8);
        foreach (var button in message.Buttons)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "reply"u8);
            writer.WriteStartObject("reply"u8);
            writer.WriteString("id"u8, button.Id);
            writer.WriteString("title"u8, button.Title);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSections(Utf8JsonWriter writer, ListMessage message)
    {
        writer.WriteString("button"u8, message.Button);
        writer.WriteStartArray("sections"u8);
        foreach (var section in message.Sections)
        {
            writer.WriteStartObject();
            WriteOptional(writer, "title"u8, section.Title);
            writer.WriteStartArray("rows"u8);
            foreach (var row in section.Rows)
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, row.Id);
                writer.WriteString("title"u8, row.Title);
                WriteOptional(writer, "description"u8, row.Description);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTemplate(Utf8JsonWriter writer, TemplateMessage message)
    {
        writer.WriteStartObject("template"u8);
        writer.WriteString("name"u8, message.Name);
        writer.WriteStartObject("language"u8);
        writer.WriteString("code"u8, message.Language);
        writer.WriteEndObject();
        if (message.Body.Count > 0)
        {
            writer.WriteStartArray("components"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "body"u8);
            writer.WriteStartArray("parameters"u8);
            foreach (var parameter in message.Body)
            {
                WriteParameter(writer, parameter);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, TemplateParameter parameter)
    {
        writer.WriteStartObject();
        switch (parameter)
        {
            case TemplateParameter.Text text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Value);
                break;
            default:
                throw new NotSupportedException($"{parameter.GetType().Name} has no wire form.");
        }

        WriteOptional(writer, "parameter_name"u8, parameter.Name);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
