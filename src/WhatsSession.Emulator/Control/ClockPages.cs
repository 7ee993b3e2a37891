using System.Globalization;
using System.Xml;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Control;

/// <summary>The clock over HTTP: for those who move it, and for those who follow it.</summary>
internal sealed class ClockPages(EmulatorClock clock, ClockFeed feed)
{
    /// <summary>The present moment; with <c>after</c> it waits for the change after that one.</summary>
    public async Task<GraphAnswer> GetAsync(string? after, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            return Answer(feed.Read());
        }

        return long.TryParse(after, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var known)
            ? Answer(await feed.NextAsync(known, cancellationToken).ConfigureAwait(false))
            : GraphError.Invalid($"'after' is the 'change' of an earlier answer, or -1 for none, not '{after}'.");
    }

    public async Task<GraphAnswer> AdvanceAsync(GraphRequest request)
    {
        if (request.Query("to") is { } to)
        {
            return await AdvanceToAsync(to).ConfigureAwait(false);
        }

        var by = request.Query("by");
        if (Duration(by) is not { } duration)
        {
            return GraphError.Invalid($"'by' is not a time: give seconds (3600) or an ISO 8601 duration (PT1H), not '{by}'.");
        }

        await feed.JumpAsync(duration).ConfigureAwait(false);
        return Answer(feed.Read());
    }

    public GraphAnswer Freeze(string? value)
    {
        if (!bool.TryParse(value, out var frozen))
        {
            return GraphError.Invalid($"'value' is true or false, not '{value}'.");
        }

        clock.Frozen = frozen;
        return Answer(feed.Read());
    }

    private async Task<GraphAnswer> AdvanceToAsync(string to)
    {
        if (!DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) || instant < clock.GetUtcNow())
        {
            return GraphError.Invalid($"'to' is not an instant ahead, such as 2026-11-23T10:00:00Z: '{to}'.");
        }

        EmulatorClock.Check(instant);
        await feed.JumpAsync(instant).ConfigureAwait(false);
        return Answer(feed.Read());
    }

    private static TimeSpan? Duration(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static GraphAnswer Answer(ClockReading reading) => GraphAnswer.Ok(reading, static (json, reading) =>
    {
        json.WriteStartObject();
        json.WriteString("now", reading.Now);
        json.WriteBoolean("frozen", reading.Frozen);
        json.WriteNumber("change", reading.Change);
        json.WriteEndObject();
    });
}
