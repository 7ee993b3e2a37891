using System.Text;
using System.Text.Json;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Work of the SDK itself that waits in the outbox until it is due, so that it survives a crash. No handler sees it.</summary>
internal sealed class EngineWork : WhatsAppEvent
{
    /// <summary>Sends a held message, for the customer has written.</summary>
    public const string Release = "held_message_release";

    /// <summary>Gives up a held message.</summary>
    public const string Expire = "held_message_expiry";

    /// <summary>Sends the fallback of a message that a status refused.</summary>
    public const string Fallback = "send_fallback";

    /// <summary>Sends a message again that a status refused within a window that had just opened.</summary>
    public const string Retry = "send_retry";

    /// <summary>Draws the consequences of a refusal by a status: Meta's word is that the window is closed.</summary>
    public const string Refusal = "send_refused";

    /// <summary>The same of a refusal that Meta may take back.</summary>
    public const string DoubtfulRefusal = "send_refused_in_doubt";

    /// <summary>Makes the next step of a run of a sequence. Its send is the run.</summary>
    public const string SequenceStep = "sequence_step";

    private readonly ConversationKey? _conversation;

    private EngineWork(StoredEvent stored, IntentId intent)
        : base(stored.ToKept())
    {
        _conversation = stored.Conversation;
        Intent = intent;
        Message = stored.Message;
    }

    /// <summary>The send it is about.</summary>
    public IntentId Intent { get; }

    /// <summary>The customer's event, or the moment, that it goes by.</summary>
    public Instant Anchor { get; private init; }

    /// <summary>The message it is about; null for none.</summary>
    public MessageId? Message { get; }

    /// <summary>The revision of the run that it was made for; 0 for other work.</summary>
    public long Revision { get; private init; }

    public override ConversationKey? Conversation => _conversation;

    /// <summary>The event to put into the outbox; its key is the send, the work and the anchor.</summary>
    public static StoredEvent ToEvent(SendIntent intent, string work, Instant anchor, Instant? dueAt, MessageId? message) => new()
    {
        Key = EventKey.Of(
            intent.Conversation.Number.Value, EventLane.Work, intent.Id.ToString(), FormattableString.Invariant($"{work}|{anchor.ToUnixTimeSeconds()}")),
        Lane = EventLane.Work,
        Field = work,
        Number = intent.Conversation.Number,
        Conversation = intent.Conversation,
        Timestamp = dueAt ?? anchor,
        ReceivedAt = dueAt ?? anchor,
        DueAt = dueAt,
        Message = message,
        Raw = Write(intent.Id, anchor.ToUnixTimeSeconds()),
    };

    /// <summary>The work of a run; its key is the run and its revision.</summary>
    public static StoredEvent OfSequence(SequenceRun run, Instant dueAt) => new()
    {
        Key = EventKey.Of(
            run.Conversation.Number.Value, EventLane.Work, run.Id.ToString(), FormattableString.Invariant($"{SequenceStep}|{run.Revision}")),
        Lane = EventLane.Work,
        Field = SequenceStep,
        Number = run.Conversation.Number,
        Conversation = run.Conversation,
        Timestamp = dueAt,
        ReceivedAt = dueAt,
        DueAt = dueAt,
        Raw = Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"intent":"{{run.Id}}","revision":{{run.Revision}}}""")),
    };

    /// <summary>The work that a refusal by a status makes. Handlers have the status itself, on their own lane, which may be another host's.</summary>
    /// <param name="refusal">The status.</param>
    /// <param name="timestamp">When it happened, clamped.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="dispatches">Whether anything is to follow from it.</param>
    public static StoredEvent OfRefusal(DeliveryUpdated refusal, Instant timestamp, Instant receivedAt, bool dispatches)
    {
        var (intent, anchor) = (refusal.Intent.GetValueOrDefault(), refusal.Evidence.ToUnixTimeSeconds());
        return new StoredEvent
        {
            Key = EventKey.Of(refusal.Number?.Value ?? "", EventLane.Work, intent.ToString(), $"{Refusal}|{refusal.MessageId.Value}"),
            Lane = EventLane.Work,
            Field = refusal.IsDoubtful ? DoubtfulRefusal : Refusal,
            Number = refusal.Number,
            Account = refusal.Account,
            Conversation = refusal.Conversation,
            Timestamp = timestamp,
            ReceivedAt = receivedAt,
            Dispatches = dispatches,
            Message = refusal.MessageId,
            Raw = Write(intent, anchor),
        };
    }

    /// <summary>Reads the work back from its event.</summary>
    public static EngineWork Restore(StoredEvent stored)
    {
        using var document = JsonDocument.Parse(stored.Raw);
        var root = document.RootElement;
        var intent = IntentId.TryParse(root.FindText("intent"), out var id) ? id : default;
        return new EngineWork(stored, intent)
        {
            Anchor = Instant.FromUnixTimeSeconds(root.FindInt64("anchor")),
            Revision = root.FindInt64("revision"),
        };
    }

    private static byte[] Write(IntentId intent, long anchor) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"intent":"{{intent}}","anchor":{{anchor}}}"""));
}
