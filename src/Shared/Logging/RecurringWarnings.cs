using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Shared;

/// <summary>
/// Warnings that outsiders, a clock or Meta can set off again and again: one of a kind is a warning once in a quarter of an hour, and at Debug in between.
/// </summary>
/// <remarks>Thread-safe. It allocates only for a matter that is new.</remarks>
internal sealed class RecurringWarnings(TimeProvider clock)
{
    private static readonly TimeSpan While = TimeSpan.FromMinutes(15);

    // Matters are numbers times a few reasons. What comes beyond that many at once stays at Debug: the first ones say enough.
    private const int Most = 1000;

    // When each was told last.
    private readonly ConcurrentDictionary<Matter, long> _told = new();

    /// <summary>How to tell of a matter now.</summary>
    /// <param name="line">The name of the line.</param>
    /// <param name="reason">What makes it another matter: the reason, an error.</param>
    /// <param name="number">The business number; null when it is of none.</param>
    public LogLevel LevelOf(string line, string? reason = null, string? number = null) =>
        IsNews(new Matter(line, reason, number)) ? LogLevel.Warning : LogLevel.Debug;

    private bool IsNews(Matter matter)
    {
        var now = clock.GetTimestamp();
        if (_told.TryGetValue(matter, out var last))
        {
            return IsOver(last, now) && _told.TryUpdate(matter, now, last);
        }

        if (_told.Count >= Most)
        {
            foreach (var told in _told)
            {
                if (IsOver(told.Value, now))
                {
                    _told.TryRemove(told);
                }
            }

            if (_told.Count >= Most)
            {
                return false;
            }
        }

        return _told.TryAdd(matter, now);
    }

    private bool IsOver(long last, long now) => clock.GetElapsedTime(last, now) >= While;

    private readonly record struct Matter(string Line, string? Reason, string? Number);
}
