using NodaTime;

namespace WhatsSession.Sequences;

/// <summary>What follows for a run from what happened: pure, so that every host that shares the store decides alike.</summary>
internal static class SequencePlan
{
    private static readonly Duration LongestWait = Duration.FromDays(1);

    private static readonly Duration Chance = Duration.FromHours(1);

    /// <summary>Plans the next step, or completes the run. Steps whose time can never come are left out.</summary>
    /// <param name="run">The run, running.</param>
    /// <param name="now">The moment: the start, or the end of the step before. Delays count from it.</param>
    /// <param name="closesAt">When the customer service window closes; null when it is not open.</param>
    /// <param name="hours">When steps may go.</param>
    public static SequenceRun Next(SequenceRun run, Instant now, Instant? closesAt, in SequenceHours hours)
    {
        var steps = run.Steps.ToArray();
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].State != SequenceStepState.Waiting)
            {
                continue;
            }

            // The time of day of the step before is over with it, also on a clock that stands still.
            var from = steps[i].Timing == SequenceTiming.At && i > 0 && steps[i - 1] is { Timing: SequenceTiming.At, DueAt: { } before } && before >= now
                ? before + Duration.FromTicks(1)
                : now;
            if (DueOf(steps[i], run, from, closesAt, hours, out var never) is { } due)
            {
                steps[i] = steps[i] with { DueAt = due };
                return run with { Steps = steps, DueAt = due };
            }

            steps[i] = steps[i] with { State = SequenceStepState.Skipped, EndedAt = now, Reason = never };
        }

        return End(run with { Steps = steps }, SequenceState.Completed, now);
    }

    /// <summary>Notes what became of a step, and plans what comes after it, where the run still runs.</summary>
    /// <returns>Null when it was noted before.</returns>
    public static SequenceRun? EndStep(SequenceRun run, int index, SequenceStep ended, Instant? closesAt, in SequenceHours hours)
    {
        // Another host may have met the send while it was under way, and known no more than that.
        var known = run.Steps[index].State;
        if (known != SequenceStepState.Waiting && (known != SequenceStepState.Uncertain || ended.State == SequenceStepState.Uncertain))
        {
            return null;
        }

        var steps = run.Steps.ToArray();
        steps[index] = ended;
        var noted = run with { Steps = steps };

        // What was paused meanwhile stays so, with the time of its next step.
        return run.HasEnded || known != SequenceStepState.Waiting ? noted : Next(noted, ended.EndedAt.GetValueOrDefault(), closesAt, hours);
    }

    /// <summary>Lets a paused run go on. A step whose time came meanwhile goes now.</summary>
    public static SequenceRun Resume(SequenceRun run, Instant now)
    {
        var due = run.DueAt is { } planned ? Instant.Max(planned, now) : now;
        var steps = run.Steps.ToArray();
        if (NextOf(run) is { } next)
        {
            steps[next] = steps[next] with { DueAt = due };
        }

        return run with { State = SequenceState.Running, Steps = steps, DueAt = due };
    }

    /// <summary>
    /// Whether a step is so late that it is not to go any more: a day, and after quiet hours or closed days an hour more, for their end is its first chance.
    /// </summary>
    public static bool IsTooLate(SequenceStep step, Instant now, in SequenceHours hours) =>
        step.DueAt + LongestWait is { } late && now >= late && now >= (hours.NextAllowed(late) is { } allowed && allowed > late ? allowed + Chance : late);

    /// <summary>Ends a run.</summary>
    public static SequenceRun End(SequenceRun run, SequenceState state, Instant now) => run with { State = state, DueAt = null, EndedAt = now };

    /// <summary>The index of the step that comes next; null when there is none.</summary>
    public static int? NextOf(SequenceRun run)
    {
        for (var i = 0; i < run.Steps.Count; i++)
        {
            if (run.Steps[i].State == SequenceStepState.Waiting)
            {
                return i;
            }
        }

        return null;
    }

    private static Instant? DueOf(SequenceStep step, SequenceRun run, Instant now, Instant? closesAt, in SequenceHours hours, out string never)
    {
        never = "The calendar of the sequence has no business day any more.";
        switch (step.Timing)
        {
            case SequenceTiming.At:
                return hours.FindTime(run.StartedAt.InZone(hours.Zone).Date, step.Day, step.Time, now);
            case SequenceTiming.BeforeClosing when closesAt is not { } closes || closes <= now:
                never = "The customer service window was closed.";
                return null;
            case SequenceTiming.BeforeClosing:
                return hours.LastAllowed(Instant.Max(closesAt.GetValueOrDefault() - step.Delay, now), now);
            default:
                return hours.NextAllowed(now + step.Delay);
        }
    }
}
