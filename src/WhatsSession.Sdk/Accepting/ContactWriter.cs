using System.Buffers;
using System.Text.Json;

namespace WhatsSession.Accepting;

/// <summary>Writes a contact in Meta's own shape, for the store.</summary>
internal static class ContactWriter
{
    // What is larger than any true contact is given back.
    private const int LargestKept = 4096;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Write(Contact contact)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(LargestKept);
        var writer = _writer ??= new Utf8JsonWriter(buffer, MessageJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteStartObject("profile"u8);
        WriteOptional(writer, "name"u8, contact.Name);
        WriteOptional(writer, "username"u8, contact.Username);
        writer.WriteEndObject();
        WriteOptional(writer, "wa_id"u8, contact.Phone?.Value);
        WriteOptional(writer, "user_id"u8, contact.BusinessScopedId?.Value);
        WriteOptional(writer, "parent_user_id"u8, contact.ParentBusinessScopedId?.Value);
        WriteOptional(writer, "identity_key_hash"u8, contact.IdentityHash);
        WriteOptional(writer, "conversation_context"u8, contact.ConversationSummary);
        writer.WriteEndObject();
        writer.Flush();
        var written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > LargestKept)
        {
            (_buffer, _writer) = (null, null);
        }
        else
        {
            buffer.ResetWrittenCount();
            writer.Reset();
        }

        return written;
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
