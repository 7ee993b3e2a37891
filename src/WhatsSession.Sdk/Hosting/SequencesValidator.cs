using Microsoft.Extensions.Options;
using WhatsSession.Sequences;
using WhatsSession.Time;

namespace WhatsSession.Hosting;

/// <summary>Checks of sequences what other options or the time decide: that their calendars open, and that no step before closing is due too late.</summary>
internal sealed class SequencesValidator(SequenceSet sequences) : IValidateOptions<WhatsSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, WhatsSessionOptions options)
    {
        // By the system's clock: the application's own may depend on these options.
        var now = TimeProvider.System.GetInstant();
        var failures = sequences.All.Where(sequence => sequence.Calendar is { } calendar && calendar.NextOpening(now) is null)
            .Select(sequence => $"AddSequence(\"{sequence.Name}\"): the calendar of OnBusinessDays never opens after {now}. Add hours to it: "
                + "new WeeklyHours(…).Open(…).")
            .ToList();
        failures.AddRange(sequences.All.SelectMany(sequence => sequence.Steps
            .Where(step => step.Timing == SequenceTiming.BeforeClosing && step.Delay <= NodaTime.Duration.FromTimeSpan(options.Guard.Margin))
            .Select(step => $"AddSequence(\"{sequence.Name}\"): BeforeClosing({step.Delay.ToTimeSpan():c}, …) is within WhatsSession:Guard:Margin "
                + $"({options.Guard.Margin:c}), in which no session message goes. Give a longer time, or a shorter margin.")));
        failures.AddRange(sequences.All.Where(sequence => Follow(sequence, []).Contains(sequence)).Select(sequence =>
            $"AddSequence(\"{sequence.Name}\"): its templates start other sequences, whose templates start it again, without end. Use other templates, or "
            + "start one of them in another way."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>The sequences that a sequence starts by its templates, at once or later, as far as the templates are known before a run.</summary>
    private HashSet<SequenceDefinition> Follow(SequenceDefinition sequence, HashSet<SequenceDefinition> found)
    {
        foreach (var next in sequences.All.Where(other => sequence.ConstantTemplates.Any(other.StartTemplates.ContainsKey)).Where(found.Add))
        {
            Follow(next, found);
        }

        return found;
    }
}
