using System.Text.Json;
using WhatsSession.Messages;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>The JSON of a message for the Cloud API: its type and its content, without recipient, quoted message and callback data.</summary>
public static class MessageJson
{
    /// <summary>
    /// How this JSON is written: characters are not escaped as <c>\uXXXX</c>, because the JSON is sent to an API and never put into a web page.
    /// </summary>
    public static JsonWriterOptions WriterOptions => JsonFields.WriterOptions;

    /// <summary>Writes a message as an object.</summary>
    /// <param name="message">The message. Its content must already be uploaded: it has ids or links in place of files.</param>
    /// <returns>The JSON as UTF-8.</returns>
    /// <exception cref="ArgumentException">The message has content that is not uploaded.</exception>
    public static byte[] Write(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return MessageWriter.WriteContent(message);
    }

    /// <summary>Refuses a message with a text that must be JSON but is not valid JSON, before anything is stored or written.</summary>
    /// <param name="message">The message; null is accepted.</param>
    /// <exception cref="ArgumentException">It has such a text.</exception>
    public static void ThrowIfInvalid(Message? message) => MessageChecks.ThrowIfInvalid(message);
}
