using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>One step of a run: when it goes, what it says, and what became of it.</summary>
/// <remarks>Immutable. Equality is by value; messages inside compare by reference once they were stored. <see cref="ToString"/> shows no content.</remarks>
public sealed record SequenceStep
{
    /// <summary>What its time is counted from.</summary>
    /// <value><see cref="SequenceTiming.After"/> by default.</value>
    public SequenceTiming Timing { get; init; }

    /// <summary>How long after the step before, or how long before the window closes.</summary>
    /// <value>Zero by default.</value>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration Delay { get; init; }

    /// <summary>
    /// Of a step at a time of day: how many days after the day of the start it goes at the earliest. With a calendar only business days count.
    /// </summary>
    /// <value>0 by default.</value>
    public int Day { get; init; }

    /// <summary>Of a step at a time of day: the time, in the time zone of the run.</summary>
    /// <value>Midnight by default.</value>
    public TimeOnly Time { get; init; }

    /// <summary>The message. What a store kept is a <see cref="RawMessage"/> with the same JSON, or a <see cref="TemplateMessage"/>.</summary>
    [JsonConverter(typeof(MessageJsonConverter<Message>))]
    public required Message Message { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Message is null."); }

    /// <summary>The template that goes when the window is closed.</summary>
    /// <value>Null by default: none.</value>
    [JsonConverter(typeof(MessageJsonConverter<TemplateMessage>))]
    public TemplateMessage? OrTemplate { get; init; }

    /// <summary>When it was planned to go; null before its turn. Delays do not change it.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? DueAt { get; init; }

    /// <summary>What became of it.</summary>
    /// <value><see cref="SequenceStepState.Waiting"/> by default.</value>
    public SequenceStepState State { get; init; }

    /// <summary>When that happened; null while it waits.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? EndedAt { get; init; }

    /// <summary>Meta's id of the message; null when there is none.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Why it was not sent, in English; null when it was. No personal data.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it may go without an open window.</summary>
    internal bool HasTemplate => OrTemplate is not null || Message is not SessionMessage;

    /// <summary>The timing and the state.</summary>
    public override string ToString() => $"step ({Timing}, {State})";
}
