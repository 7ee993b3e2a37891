using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Messages;

/// <summary>Writes media, in messages of their own and in headers.</summary>
internal static class MediaWriter
{
    public static void Write(Utf8JsonWriter writer, MediaMessage message)
    {
        switch (message)
        {
            case ImageMessage image:
                Write(writer, "image"u8, image.Source, image.Caption);
                break;
            case VideoMessage video:
                Write(writer, "video"u8, video.Source, video.Caption);
                break;
            case DocumentMessage document:
                Write(writer, "document"u8, document.Source, document.Caption, document.FileName);
                break;
            case AudioMessage audio:
                Write(writer, "audio"u8, audio.Source);
                break;
            case VoiceMessage voice:
                Write(writer, "audio"u8, voice.Source, isVoice: true);
                break;
            case StickerMessage sticker:
                Write(writer, "sticker"u8, sticker.Source);
                break;
            default:
                throw new NotSupportedException($"{message.GetType().Name} has no wire form.");
        }
    }

    public static void Write(
        Utf8JsonWriter writer, ReadOnlySpan<byte> name, MediaSource source, string? caption = null, string? fileName = null, bool? isVoice = null)
    {
        writer.WriteStartObject(name);
        switch (source)
        {
            case null:
                throw new ArgumentException("The message has a medium without a source.", nameof(source));
            case MediaSource.Id id:
                writer.WriteString("id"u8, id.MediaId);
                break;
            case MediaSource.Link link:
                writer.WriteString("link"u8, link.Address.OriginalString);
                break;
            default:
                throw new ArgumentException(
                    "The message has content that is not uploaded. Media.UploadAsync gives an id for it; "
                    + "a Conversation does both in one call.",
                    nameof(source));
        }

        writer.WriteOptional("caption"u8, caption);
        writer.WriteOptional("filename"u8, fileName);
        writer.WriteOptional("voice"u8, isVoice);
        writer.WriteEndObject();
    }
}
