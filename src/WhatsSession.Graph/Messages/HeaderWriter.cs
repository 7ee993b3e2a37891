using System.Text.Json;

namespace WhatsSession.Messages;

/// <summary>Writes what stands above the body of an interactive message or a card.</summary>
internal static class HeaderWriter
{
    public static void Write(Utf8JsonWriter writer, InteractiveMessage message)
    {
        switch (message)
        {
            case ReplyButtonsMessage { Header: { } header }:
                Write(writer, header);
                break;
            case CtaUrlMessage { Header: { } header }:
                Write(writer, header);
                break;
            case FlowMessage { Header: { } header }:
                Write(writer, header);
                break;
            case ListMessage { Header: { } text }:
                Write(writer, text);
                break;
            case ProductListMessage products:
                Write(writer, products.Header);
                break;
            case OrderDetailsMessage { HeaderImage: { } image }:
                Write(writer, "image"u8, image);
                break;
        }
    }

    public static void Write(Utf8JsonWriter writer, MessageHeader header)
    {
        switch (header)
        {
            case MessageHeader.Text text:
                Write(writer, text.Value);
                break;
            case MessageHeader.Image image:
                Write(writer, "image"u8, image.Source);
                break;
            case MessageHeader.Video video:
                Write(writer, "video"u8, video.Source);
                break;
            case MessageHeader.Document document:
                Write(writer, "document"u8, document.Source, document.FileName);
                break;
            default:
                throw new NotSupportedException($"{header.GetType().Name} has no wire form.");
        }
    }

    private static void Write(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject("header"u8);
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> kind, MediaSource source, string? fileName = null)
    {
        writer.WriteStartObject("header"u8);
        writer.WriteString("type"u8, kind);
        MediaWriter.Write(writer, kind, source, fileName: fileName);
        writer.WriteEndObject();
    }
}
