using System.Text.Json;
using WhatsSession.Messages;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>The JSON of a message as the Cloud API takes it: its type and its content, without recipient, quoted message and callback data.</summary>
public static class MessageJson
{
    /// <summary>How this JSON is written: UTF-8 as it is instead of <c>\uXXXX</c>, for it goes to an API, never into a page.</summary>
    public static JsonWriterOptions WriterOptions => JsonFields.WriterOptions;

    /// <summary>Writes a message as an object.</summary>
    /// <param name="message">The message. Its content has been uploaded: it has ids or links in the place of files.</param>
    /// <returns>The JSON as UTF-8.</returns>
    /// <exception cref="ArgumentException">The message has content that is not uploaded.</exception>
    public static byte[] Write(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return MessageWriter.WriteContent(message);
    }

    /// <summary>Refuses a message that has a text which must be JSON and is none, before anything is stored or written.</summary>
    /// <param name="message">The message; null passes.</param>
    /// <exception cref="ArgumentException">It has such a text.</exception>
    public static void ThrowIfInvalid(Message? message) => MessageChecks.ThrowIfInvalid(message);
}
