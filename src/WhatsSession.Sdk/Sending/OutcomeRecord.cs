using System.Buffers;
using System.Text.Json;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>The form in which outcomes are kept under idempotency keys.</summary>
internal static class OutcomeRecord
{
    /// <summary>
    /// Whether the key is spent: Meta answered, may have the message, or the message is held. Otherwise nothing was done, and the same send may be tried again.
    /// </summary>
    public static bool IsKept(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted or SendOutcome.TemplateSent or SendOutcome.Ambiguous or SendOutcome.OptedOut => true,
        SendOutcome.Rejected rejected =>
            rejected.HeldMessage is not null
            || (rejected.Error.Category is not (GraphErrorCategory.NotReached or GraphErrorCategory.Unavailable) && !Postponement.IsOfToken(rejected.Error)),
        SendOutcome.WindowClosed closed => closed.HeldMessage is not null,
        SendOutcome.Throttled throttled => throttled.HeldMessage is not null,
        _ => false,
    };

    public static byte[] Write(SendOutcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer, MessageJson.WriterOptions);
        writer.WriteStartObject();
        switch (outcome)
        {
            case SendOutcome.Accepted accepted:
                writer.WriteString("accepted"u8, accepted.MessageId.Value);
                writer.WriteString("status"u8, accepted.Status.Name);
                break;
            case SendOutcome.TemplateSent sent:
                writer.WriteString("template_sent"u8, sent.MessageId.Value);
                writer.WriteString("status"u8, sent.Status.Name);
                Write(writer, "closed_at"u8, sent.ClosedAt);
                writer.WriteOptional("held"u8, sent.HeldMessage?.ToString());
                break;
            case SendOutcome.WindowClosed closed:
                writer.WriteString("closed"u8, closed.Reason.ToString());
                Write(writer, "closed_at"u8, closed.Since);
                writer.WriteOptional("fallback_already_sent"u8, closed.FallbackAlreadySent);
                Write(writer, "fallback_refusal"u8, closed.FallbackRefusal);
                writer.WriteOptional("held"u8, closed.HeldMessage?.ToString());
                break;
            case SendOutcome.Ambiguous ambiguous:
                writer.WriteString("ambiguous"u8, ambiguous.IntentId.ToString());
                writer.WriteString("cause"u8, ambiguous.Cause);
                Write(writer, ambiguous.Template);
                writer.WriteOptional("held"u8, ambiguous.HeldMessage?.ToString());
                break;
            case SendOutcome.Throttled throttled:
                writer.WriteNumber("throttled_until"u8, throttled.RetryAt.ToUnixTimeTicks());
                Write(writer, throttled.Template);
                writer.WriteOptional("held"u8, throttled.HeldMessage?.ToString());
                break;
            case SendOutcome.Rejected rejected:
                Write(writer, "rejected"u8, rejected.Error);
                Write(writer, rejected.Template);
                writer.WriteOptional("held"u8, rejected.HeldMessage?.ToString());
                break;
            case SendOutcome.OptedOut:
                writer.WriteBoolean("opted_out"u8, value: true);
                break;
            default:
                throw new ArgumentException($"{outcome.GetType().Name} is not kept.", nameof(outcome));
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static SendOutcome Read(ReadOnlyMemory<byte> record)
    {
        using var document = JsonDocument.Parse(record);
        var root = document.RootElement;
        if (root.FindText("accepted") is { } accepted)
        {
            return new SendOutcome.Accepted { MessageId = MessageId.Parse(accepted), Status = StatusOf(root) };
        }

        if (root.FindText("template_sent") is { } sent)
        {
            return new SendOutcome.TemplateSent
            {
                MessageId = MessageId.Parse(sent),
                Status = StatusOf(root),
                ClosedAt = TimeOf(root),
                HeldMessage = HeldIn(root),
            };
        }

        if (root.FindText("closed") is { } reason)
        {
            return new SendOutcome.WindowClosed
            {
                Reason = Enum.Parse<WindowClosedReason>(reason),
                Since = TimeOf(root),
                FallbackAlreadySent = root.Find("fallback_already_sent")?.GetBoolean(),
                FallbackRefusal = root.Find("fallback_refusal") is { } refusal ? GraphErrorRecord.Read(refusal) : null,
                HeldMessage = HeldIn(root),
            };
        }

        if (root.FindText("ambiguous") is { } intent)
        {
            return new SendOutcome.Ambiguous
            {
                IntentId = IntentId.Parse(intent),
                Cause = root.FindText("cause") ?? "",
                Template = TemplateIn(root),
                HeldMessage = HeldIn(root),
            };
        }

        if (root.Find("throttled_until") is { } ticks)
        {
            return new SendOutcome.Throttled { RetryAt = Instant.FromUnixTimeTicks(ticks.GetInt64()), Template = TemplateIn(root), HeldMessage = HeldIn(root) };
        }

        return root.Find("rejected") is { } error
            ? new SendOutcome.Rejected { Error = GraphErrorRecord.Read(error), Template = TemplateIn(root), HeldMessage = HeldIn(root) }
            : new SendOutcome.OptedOut();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Instant? at)
    {
        if (at is { } value)
        {
            writer.WriteNumber(name, value.ToUnixTimeTicks());
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, GraphError? error)
    {
        if (error is not null)
        {
            writer.WritePropertyName(name);
            GraphErrorRecord.Write(writer, error);
        }
    }

    private static void Write(Utf8JsonWriter writer, TemplateMessage? template)
    {
        if (template is not null)
        {
            writer.WritePropertyName("template_message"u8);
            writer.WriteRawValue(MessageJson.Write(template), skipInputValidation: true);
        }
    }

    private static AcceptedStatus StatusOf(JsonElement root) => new(root.FindText("status") ?? "");

    private static Instant? TimeOf(JsonElement root) => root.Find("closed_at") is { } ticks ? Instant.FromUnixTimeTicks(ticks.GetInt64()) : null;

    private static IntentId? HeldIn(JsonElement root) => root.FindText("held") is { } held ? IntentId.Parse(held) : null;

    private static TemplateMessage? TemplateIn(JsonElement root) =>
        root.Find("template_message") is { } content ? StoredContent.RestoreTemplate(content) : null;
}
