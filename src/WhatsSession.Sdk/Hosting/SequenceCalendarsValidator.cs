using Microsoft.Extensions.Options;
using WhatsSession.Sequences;
using WhatsSession.Time;

namespace WhatsSession.Hosting;

/// <summary>Checks that the calendars of sequences open: what a calendar says depends on the time, so it is asked at start-up.</summary>
internal sealed class SequenceCalendarsValidator(SequenceSet sequences) : IValidateOptions<WhatsSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, WhatsSessionOptions options)
    {
        // By the system's clock: the application's own may depend on these options.
        var now = TimeProvider.System.GetInstant();
        var failures = sequences.All.Where(sequence => sequence.Calendar is { } calendar && calendar.NextOpening(now) is null)
            .Select(sequence => $"AddSequence(\"{sequence.Name}\"): the calendar of OnBusinessDays never opens after {now}. Add hours to it: "
                + "new WeeklyHours(…).Open(…).")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
