using Microsoft.Extensions.Options;
using WhatsSession.Handling;
using WhatsSession.Time;

namespace WhatsSession.Hosting;

/// <summary>Checks the calendars of overdue replies: that they open, and that one alert has one calendar.</summary>
internal sealed class ReplyCalendarsValidator(IEnumerable<HandlerBinding> handlers) : IValidateOptions<WhatsSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, WhatsSessionOptions options)
    {
        // By the system's clock: the application's own may depend on these options.
        var now = TimeProvider.System.GetInstant();
        var overdue = handlers.OfType<ReplyOverdueBinding>().Where(static handler => handler.Calendar is not null).ToList();
        var failures = overdue.Where(handler => handler.Calendar!.NextOpening(now) is null)
            .Select(handler => $"OnReplyOverdue \"{handler.Name}\": the calendar never opens after {now}. Add hours to it: new WeeklyHours(…).Open(…).")
            .ToList();
        for (var i = 1; i < overdue.Count; i++)
        {
            if (overdue.Take(i).FirstOrDefault(other => other.Overlaps(overdue[i]) && other.Calendar != overdue[i].Calendar) is { } first)
            {
                failures.Add(
                    $"OnReplyOverdue \"{first.Name}\" and \"{overdue[i].Name}\" are for the same time and have different calendars. Give them one calendar, "
                    + "different times, or a number each (ForNumber).");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
