using NodaTime;
using WhatsSession.Sequences;

namespace WhatsSession.Sdk.Tests.Sequences;

[WithoutEmulator("Pure: what follows for a run from what happened.")]
public sealed class SequencePlanTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 12, 0);

    private static readonly Duration Hour = Duration.FromHours(1);

    private static readonly SequenceHours Always = new(DateTimeZone.Utc, QuietFrom: null, QuietTo: null, Calendar: null);

    private static readonly SequenceHours ByDay = Always with { QuietFrom = new TimeOnly(20, 0), QuietTo = new TimeOnly(8, 0) };

    [Fact]
    public void Next_StepsWhoseTimeNeverComes_AreLeftOut()
    {
        var run = Run(Before(Hour), Before(Hour), After(Hour * 2));

        var planned = SequencePlan.Next(run, Start, closesAt: null, Always);

        planned.Steps.Select(static step => step.State).Should().Equal(SequenceStepState.Skipped, SequenceStepState.Skipped, SequenceStepState.Waiting);
        (planned.State, planned.DueAt, planned.Steps[2].DueAt).Should().Be((SequenceState.Running, Start + (Hour * 2), Start + (Hour * 2)));
        SequencePlan.Next(Run(Before(Hour)), Start, closesAt: null, Always).Should().Match<SequenceRun>(ended => ended.State == SequenceState.Completed && ended.DueAt == null && ended.EndedAt == Start);
    }

    [Fact]
    public void Next_BeforeClosing_IsTheLeadOrAtOnceWhileTheWindowIsOpen()
    {
        DueOf(Start + (Hour * 3)).Should().Be(Start + (Hour * 2));
        DueOf(Start + Hour).Should().Be(Start);
        DueOf(Start + Duration.FromTicks(1)).Should().Be(Start);
        DueOf(Start).Should().BeNull("it is closed");

        static Instant? DueOf(Instant closes) => SequencePlan.Next(Run(Before(Hour)), Start, closes, Always).DueAt;
    }

    [Fact]
    public void EndStep_Running_PlansTheNextFromThen()
    {
        var run = SequencePlan.Next(Run(After(Hour), After(Hour)), Start, closesAt: null, Always);

        var next = SequencePlan.EndStep(run, 0, Ended(run.Steps[0], Start + (Hour * 3)), closesAt: null, Always)!;

        next.DueAt.Should().Be(Start + (Hour * 4));
        SequencePlan.NextOf(next).Should().Be(1);
        SequencePlan.EndStep(next, 0, Ended(run.Steps[0], Start), closesAt: null, Always).Should().BeNull("it was noted");
        SequencePlan.EndStep(next, 1, Ended(run.Steps[1], Start + (Hour * 4)), closesAt: null, Always)!.State.Should().Be(SequenceState.Completed);
    }

    [Fact]
    public void EndStep_PausedOrEndedMeanwhile_StaysSoWithTheStepNoted()
    {
        var run = SequencePlan.Next(Run(After(Hour), After(Hour)), Start, closesAt: null, Always);
        var ended = Ended(run.Steps[0], Start + Hour);

        var paused = SequencePlan.EndStep(run with { State = SequenceState.Paused }, 0, ended, closesAt: null, Always)!;
        (paused.State, paused.DueAt).Should().Be((SequenceState.Paused, Start + (Hour * 2)));
        var cancelled = SequencePlan.EndStep(SequencePlan.End(run, SequenceState.Cancelled, Start), 0, ended, closesAt: null, Always)!;
        (cancelled.State, cancelled.DueAt, cancelled.Steps[0].State).Should().Be((SequenceState.Cancelled, default(Instant?), SequenceStepState.Sent));
    }

    // Another host met the send while this one made it.
    [Fact]
    public void EndStep_UncertainBefore_IsReplacedByWhatIsKnown()
    {
        var run = SequencePlan.Next(Run(After(Hour), After(Hour)), Start, closesAt: null, Always);
        var uncertain = SequencePlan.EndStep(run, 0, Ended(run.Steps[0], Start + Hour) with { State = SequenceStepState.Uncertain }, closesAt: null, Always)!;

        var known = SequencePlan.EndStep(uncertain, 0, Ended(run.Steps[0], Start + (Hour * 5)), closesAt: null, Always)!;

        (known.Steps[0].State, known.DueAt).Should().Be((SequenceStepState.Sent, Start + (Hour * 2)));
    }

    [Fact]
    public void Resume_StepWhoseTimeCame_GoesNow()
    {
        var paused = SequencePlan.Next(Run(After(Hour)), Start, closesAt: null, Always) with { State = SequenceState.Paused };

        SequencePlan.Resume(paused, Start).DueAt.Should().Be(Start + Hour);
        var late = SequencePlan.Resume(paused, Start + Duration.FromDays(9));
        (late.State, late.DueAt, late.Steps[0].DueAt).Should().Be((SequenceState.Running, Start + Duration.FromDays(9), Start + Duration.FromDays(9)));
    }

    [Fact]
    public void IsTooLate_ADayLate_IsSoUnlessQuietHoursHaveJustEnded()
    {
        var step = After(Hour) with { DueAt = Start };
        var late = Start + Duration.FromDays(1);
        SequencePlan.IsTooLate(step, late - Duration.FromTicks(1), ByDay).Should().BeFalse();
        SequencePlan.IsTooLate(step, late, ByDay).Should().BeTrue();

        // Due a minute before the quiet hours, and met by a limit: its first chance is the morning after the next.
        step = step with { DueAt = Instant.FromUtc(2026, 11, 23, 20, 0) };
        SequencePlan.IsTooLate(step, Instant.FromUtc(2026, 11, 24, 8, 0), ByDay).Should().BeFalse();
        SequencePlan.IsTooLate(step, Instant.FromUtc(2026, 11, 25, 8, 59), ByDay).Should().BeFalse();
        SequencePlan.IsTooLate(step, Instant.FromUtc(2026, 11, 25, 9, 0), ByDay).Should().BeTrue();
        SequencePlan.IsTooLate(After(Hour), Start, ByDay).Should().BeFalse("it has no time yet");
    }

    private static SequenceRun Run(params SequenceStep[] steps) => new()
    {
        Id = IntentId.New(),
        Conversation = new ConversationKey(PhoneNumberId.Parse("314159265358979"), CustomerId.Parse("15550001234")),
        Sequence = "cart",
        StartedAt = Start,
        Steps = steps,
    };

    private static SequenceStep After(Duration delay) => new() { Delay = delay, Message = new TextMessage("Still there?") };

    private static SequenceStep Before(Duration lead) => After(lead) with { Timing = SequenceTiming.BeforeClosing };

    private static SequenceStep Ended(SequenceStep step, Instant at) => step with { State = SequenceStepState.Sent, EndedAt = at };
}
