using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// A run of a follow-up sequence for one customer, or a scheduled message. It holds its steps as they were when it started, so a later version of the program
/// does not change it.
/// </summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed record SequenceRun
{
    private readonly Instant? _anchor;

    /// <summary>Its id. The ids of its sends follow from it.</summary>
    public required IntentId Id { get; init; }

    /// <summary>The conversation.</summary>
    public required ConversationKey Conversation { get; init; }

    /// <summary>The name of the sequence.</summary>
    /// <value>Null by default: it is a scheduled message.</value>
    public string? Sequence { get; init; }

    /// <summary>The version of the sequence that the run began with.</summary>
    /// <value>Empty by default.</value>
    public string Version { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Version is null."); } = "";

    /// <summary>When it started.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant StartedAt { get; init; }

    /// <summary>The customer's event that it started after, in whole seconds: anything later from the customer ends it. Null when none was known.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Anchor
    {
        get => _anchor;
        init => _anchor = value?.ToSecond();
    }

    /// <summary>The message of <see cref="Anchor"/>; null when it is not known, or is none.</summary>
    public MessageId? AnchorMessage { get; init; }

    /// <summary>Whether it ends when the customer writes, reacts or calls.</summary>
    /// <value>True by default; a scheduled message decides it itself.</value>
    public bool EndsOnAnswer { get; init; } = true;

    /// <summary>The IANA name of the time zone of its days, times and quiet hours.</summary>
    /// <value>UTC by default.</value>
    public string TimeZone { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "TimeZone is null."); } = "UTC";

    /// <summary>Whether it goes by business days: only a host that has the calendar of the sequence sends its steps.</summary>
    public bool HasCalendar { get; init; }

    /// <summary>The start of the quiet hours, in which nothing is sent (inclusive).</summary>
    /// <value>Null by default: there are none.</value>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>The end of the quiet hours (exclusive). A time before <see cref="QuietFrom"/> is on the next day.</summary>
    /// <value>Null by default.</value>
    public TimeOnly? QuietTo { get; init; }

    /// <summary>The values that it was started with.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyDictionary<string, string> Values
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value), "Values is null.");
    } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The steps, in their order: those that are done, and those that wait.</summary>
    public required IReadOnlyList<SequenceStep> Steps
    {
        get;
        init
        {
            StoreArguments.ThrowIfAnyNull(value, nameof(Steps));
            field = value;
        }
    }

    /// <summary>How it stands.</summary>
    /// <value><see cref="SequenceState.Running"/> by default.</value>
    public SequenceState State { get; init; }

    /// <summary>When its next step goes; null when it has ended.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? DueAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? EndedAt { get; init; }

    /// <summary>Counts its changes. A change of an older revision is not kept.</summary>
    /// <value>1 by default.</value>
    public long Revision { get; init; } = 1;

    /// <summary>Whether it has ended, so that nothing is sent any more.</summary>
    public bool HasEnded => State is not (SequenceState.Running or SequenceState.Paused);

    /// <summary>The customer's event after which anything newer is an answer. Without one anything is.</summary>
    internal InboundPoint Point => new(Anchor ?? NodaConstants.UnixEpoch, AnchorMessage);

    /// <summary>Makes a run again from what a store kept.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="conversation">Its conversation.</param>
    /// <param name="revision">Its revision.</param>
    /// <param name="content">What <see cref="WriteContent"/> gave.</param>
    /// <exception cref="System.Text.Json.JsonException">The JSON is not what this type writes.</exception>
    public static SequenceRun Restore(IntentId id, ConversationKey conversation, long revision, ReadOnlyMemory<byte> content) =>
        StoredSequence.Restore(id, conversation, revision, content);

    /// <summary>All but its id, conversation and revision as UTF-8 JSON, for stores that keep bytes.</summary>
    public byte[] WriteContent() => StoredSequence.Write(this);

    /// <summary>
    /// The work to put into the outbox when this revision of the run is kept: it is due with the next step. Null when there is none to wait for, because the
    /// run is paused or has ended.
    /// </summary>
    public StoredEvent? ToWork() => State == SequenceState.Running && DueAt is { } due ? EngineWork.OfSequence(this, due) : null;

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"run {Id} ({State})";
}
