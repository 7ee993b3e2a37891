using NodaTime;

namespace WhatsSession.Sequences;

/// <summary>A step as the program defines it.</summary>
/// <param name="Timing">What its time is counted from.</param>
/// <param name="Delay">The delay or the lead.</param>
/// <param name="Day">Of a step at a time of day: the day.</param>
/// <param name="Time">Of a step at a time of day: the time.</param>
/// <param name="Message">Makes the message.</param>
/// <param name="OrTemplate">Makes the template for a closed window; null for none.</param>
/// <param name="IsConstant">Whether the messages are the same for every run.</param>
internal sealed record SequenceStepDefinition(
    SequenceTiming Timing,
    Duration Delay,
    int Day,
    TimeOnly Time,
    Func<SequenceStart, Message> Message,
    Func<SequenceStart, TemplateMessage?>? OrTemplate,
    bool IsConstant)
{
    public SequenceStep Make(SequenceStart start) => new()
    {
        Timing = Timing,
        Delay = Delay,
        Day = Day,
        Time = Time,
        Message = Message(start)
            ?? throw new ArgumentException("A step of the sequence has no message: give one, or return one from its function.", nameof(start)),
        OrTemplate = OrTemplate?.Invoke(start),
    };
}
