using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The form in which a run of a sequence outlives its process. Its messages are kept as those of sends are.</summary>
internal static class StoredSequence
{
    // A message's own JSON may be 64 levels deep; what holds it here comes on top.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 80 };

    public static byte[] Write(SequenceRun run)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, MessageJson.WriterOptions with { MaxDepth = 80 });
        writer.WriteStartObject();
        writer.WriteOptional("sequence"u8, run.Sequence);
        writer.WriteString("version"u8, run.Version);
        writer.WriteNumber("started_at"u8, run.StartedAt.ToUnixTimeTicks());
        WriteOptional(writer, "anchor"u8, run.Anchor);
        writer.WriteOptional("anchor_message"u8, run.AnchorMessage?.Value);
        writer.WriteBoolean("ends_on_answer"u8, run.EndsOnAnswer);
        writer.WriteString("time_zone"u8, run.TimeZone);
        writer.WriteOptional("has_calendar"u8, run.HasCalendar ? true : null);
        writer.WriteOptional("quiet_from"u8, run.QuietFrom?.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteOptional("quiet_to"u8, run.QuietTo?.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteNumber("state"u8, (int)run.State);
        WriteOptional(writer, "due_at"u8, run.DueAt);
        WriteOptional(writer, "ended_at"u8, run.EndedAt);
        writer.WriteStartObject("values"u8);
        foreach (var (name, value) in run.Values)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("steps"u8);
        foreach (var step in run.Steps)
        {
            Write(writer, step, run);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static SequenceRun Restore(IntentId id, ConversationKey conversation, long revision, ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content, Options);
        var root = document.RootElement;
        return new SequenceRun
        {
            Id = id,
            Conversation = conversation,
            Revision = revision,
            Sequence = root.FindText("sequence"),
            Version = root.FindText("version") ?? "",
            StartedAt = Instant.FromUnixTimeTicks(root.FindInt64("started_at")),
            Anchor = FindInstant(root, "anchor"),
            AnchorMessage = FindMessage(root, "anchor_message"),
            EndsOnAnswer = root.Find("ends_on_answer") is { ValueKind: JsonValueKind.True },
            TimeZone = root.FindText("time_zone") ?? "UTC",
            HasCalendar = root.Find("has_calendar") is not null,
            QuietFrom = FindTime(root, "quiet_from"),
            QuietTo = FindTime(root, "quiet_to"),
            State = (SequenceState)root.FindInt64("state"),
            DueAt = FindInstant(root, "due_at"),
            EndedAt = FindInstant(root, "ended_at"),
            Values = (root.Find("values") ?? throw new JsonException("The stored run has no values.")).EnumerateObject()
                .ToDictionary(static value => value.Name, static value => value.Value.GetString() ?? "", StringComparer.Ordinal),
            Steps =
            [
                .. (root.Find("steps") ?? throw new JsonException("The stored run has no steps.")).EnumerateArray()
                    .Select(step => RestoreStep(step, conversation)),
            ],
        };
    }

    private static void Write(Utf8JsonWriter writer, SequenceStep step, SequenceRun run)
    {
        // As the send that it becomes.
        var send = new SendIntent
        {
            Id = run.Id,
            Conversation = run.Conversation,
            CreatedAt = run.StartedAt,
            Message = step.Message,
            Fallback = step.OrTemplate,
        };
        var details = send.WriteDetails();
        writer.WriteStartObject();
        writer.WriteNumber("timing"u8, (int)step.Timing);
        writer.WriteNumber("delay"u8, step.Delay.BclCompatibleTicks);
        writer.WriteNumber("day"u8, step.Day);
        writer.WriteString("time"u8, step.Time.ToString("O", CultureInfo.InvariantCulture));
        writer.WritePropertyName("message"u8);
        writer.WriteRawValue(send.WriteContent(), skipInputValidation: true);
        if (details.Length > 0)
        {
            writer.WritePropertyName("details"u8);
            writer.WriteRawValue(details, skipInputValidation: true);
        }

        writer.WriteNumber("state"u8, (int)step.State);
        WriteOptional(writer, "due_at"u8, step.DueAt);
        WriteOptional(writer, "ended_at"u8, step.EndedAt);
        writer.WriteOptional("message_id"u8, step.MessageId?.Value);
        writer.WriteOptional("reason"u8, step.Reason);
        writer.WriteEndObject();
    }

    private static SequenceStep RestoreStep(JsonElement step, ConversationKey conversation)
    {
        var message = step.Find("message") ?? throw new JsonException("The stored step has no message.");
        var send = SendIntent.Restore(
            default,
            conversation,
            Encoding.UTF8.GetBytes(message.GetRawText()),
            step.Find("details") is { } details ? Encoding.UTF8.GetBytes(details.GetRawText()) : default(ReadOnlyMemory<byte>),
            evidence: null,
            NodaConstants.UnixEpoch);
        return new SequenceStep
        {
            Timing = (SequenceTiming)step.FindInt64("timing"),
            Delay = Duration.FromTicks(step.FindInt64("delay")),
            Day = step.FindNumber("day") ?? 0,
            Time = FindTime(step, "time") ?? TimeOnly.MinValue,
            Message = send.Message,
            OrTemplate = send.Fallback,
            State = (SequenceStepState)step.FindInt64("state"),
            DueAt = FindInstant(step, "due_at"),
            EndedAt = FindInstant(step, "ended_at"),
            MessageId = FindMessage(step, "message_id"),
            Reason = step.FindText("reason"),
        };
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Instant? at)
    {
        if (at is { } moment)
        {
            writer.WriteNumber(name, moment.ToUnixTimeTicks());
        }
    }

    private static Instant? FindInstant(JsonElement parent, string name) => parent.Find(name) is { } ticks ? Instant.FromUnixTimeTicks(ticks.GetInt64()) : null;

    private static MessageId? FindMessage(JsonElement parent, string name) => parent.FindText(name) is { } id ? MessageId.Parse(id) : null;

    private static TimeOnly? FindTime(JsonElement parent, string name) =>
        parent.FindText(name) is { } time ? TimeOnly.Parse(time, CultureInfo.InvariantCulture) : null;
}
