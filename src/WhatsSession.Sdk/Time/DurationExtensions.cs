using System.Runtime.CompilerServices;
using NodaTime;

namespace WhatsSession.Time;

/// <summary>Durations that callers give, as the framework's own.</summary>
internal static class DurationExtensions
{
    private static readonly Duration Shortest = Duration.FromTimeSpan(TimeSpan.MinValue);
    private static readonly Duration Longest = Duration.FromTimeSpan(TimeSpan.MaxValue);

    /// <exception cref="ArgumentOutOfRangeException">It is longer than 29,000 years, which no <see cref="TimeSpan"/> can be.</exception>
    public static TimeSpan ToTimeSpanOrThrow(this Duration duration, [CallerArgumentExpression(nameof(duration))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, Shortest, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, Longest, name);
        return duration.ToTimeSpan();
    }
}
