using System.Buffers;
using System.Text.Json;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A turn in the form that stores keep: its messages, which never change from the moment it leaves the waiting ones.</summary>
public static class StoredTurn
{
    /// <summary>The event to put into the outbox. Its key is the conversation, the handler and the first message.</summary>
    /// <param name="handler">The name of the handler.</param>
    /// <param name="run">The messages, in the order of their arrival: at least one, all of one conversation.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="ArgumentException"><paramref name="run"/> is empty, or a message belongs to no conversation.</exception>
    public static StoredEvent ToEvent(string handler, IReadOnlyList<StoredEvent> run, Instant now)
    {
        ArgumentException.ThrowIfNullOrEmpty(handler);
        StoreArguments.ThrowIfAnyNull(run, nameof(run));
        if (run.Count == 0 || run[0].Conversation is not { } conversation)
        {
            throw new ArgumentException("A turn has at least one message of a conversation.", nameof(run));
        }

        var newest = NewestOf(run);
        return new StoredEvent
        {
            Key = EventKey.Of(conversation.Number.Value, EventLane.Turn, $"{conversation.Party}|{run[0].Key}", handler),
            Lane = EventLane.Turn,
            Field = handler,
            Number = conversation.Number,
            Account = newest.Account,
            Conversation = conversation,
            Link = newest.Link,
            Timestamp = newest.Timestamp,
            ReceivedAt = now,
            OpensWindow = run.Any(static message => message.OpensWindow),
            Message = newest.Message,
            DueAt = now,
            Raw = Write(run),
        };
    }

    /// <summary>Reads the messages back.</summary>
    /// <exception cref="JsonException">What was kept is not JSON.</exception>
    internal static List<KeptEvent> ReadRun(StoredEvent turn)
    {
        using var document = JsonDocument.Parse(turn.Raw);
        var run = new List<KeptEvent>();
        foreach (var message in document.RootElement.GetProperty("messages"u8).EnumerateArray())
        {
            run.Add(new KeptEvent
            {
                Key = EventKey.FromBytes(message.GetProperty("key"u8).GetBytesFromBase64()),
                Lane = EventLane.Live,
                Field = message.FindText("field") ?? "",
                Number = turn.Number,
                Account = message.FindText("account") is { } account ? BusinessAccountId.Parse(account) : null,
                Timestamp = Instant.FromUnixTimeTicks(message.FindInt64("at")),
                Raw = message.GetProperty("raw"u8).GetBytesFromBase64(),
                Contact = message.Find("contact") is { } contact ? contact.GetBytesFromBase64() : default,
            });
        }

        return run;
    }

    /// <summary>The latest message, of one second the one that arrived last.</summary>
    private static StoredEvent NewestOf(IReadOnlyList<StoredEvent> run)
    {
        var newest = run[0];
        foreach (var message in run)
        {
            newest = message.Timestamp >= newest.Timestamp ? message : newest;
        }

        return newest;
    }

    private static byte[] Write(IReadOnlyList<StoredEvent> run)
    {
        Span<byte> key = stackalloc byte[EventKey.Length];
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, MessageJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteStartArray("messages"u8);
        foreach (var message in run)
        {
            message.Key.WriteTo(key);
            writer.WriteStartObject();
            writer.WriteBase64String("key"u8, key);
            writer.WriteString("field"u8, message.Field);
            writer.WriteOptional("account"u8, message.Account?.Value);
            writer.WriteNumber("at"u8, message.Timestamp.ToUnixTimeTicks());

            // Byte for byte: whatever is in it is read as it was.
            writer.WriteBase64String("raw"u8, message.Raw.Span);
            if (!message.Contact.IsEmpty)
            {
                writer.WriteBase64String("contact"u8, message.Contact.Span);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
