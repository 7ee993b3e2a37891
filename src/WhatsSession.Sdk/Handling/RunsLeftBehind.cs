using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;

namespace WhatsSession.Handling;

/// <summary>
/// The runs of handlers that outlasted their time and go on: whoever heeds no token cannot be ended, and may keep a thread for ever. They are counted by
/// handler, so that somebody hears of it, and one that has too many is called no more until some of them end. Other handlers, and other conversations, go on.
/// </summary>
internal sealed class RunsLeftBehind(ILogger<EventDispatcher> log)
{
    /// <summary>The most of one handler.</summary>
    public const int Most = 128;

    private readonly Dictionary<string, int> _runs = new(StringComparer.Ordinal);

    /// <summary>The handlers that have some, with how many.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Now
    {
        get
        {
            lock (_runs)
            {
                return [.. _runs.OrderBy(static runs => runs.Key, StringComparer.Ordinal)];
            }
        }
    }

    /// <exception cref="TimeoutException">The handler has as many as one may have.</exception>
    public void ThrowIfMost(string handler)
    {
        lock (_runs)
        {
            if (_runs.GetValueOrDefault(handler) < Most)
            {
                return;
            }
        }

        throw new TimeoutException(
            $"The handler \"{handler}\" is not called: {Most} of its runs go on after their time (WhatsSession:Dispatch:HandlerTimeout). Let it heed its "
            + "CancellationToken, and give what it waits for a time-out.");
    }

    /// <summary>Counts a run until it ends.</summary>
    public void Add(string handler, Task run)
    {
        int count;
        lock (_runs)
        {
            _runs[handler] = count = _runs.GetValueOrDefault(handler) + 1;
        }

        if (count is 1 or Most)
        {
            log.HandlerLeftBehind(handler, count, Most);
        }

        _ = run.ContinueWith(
            _ => Remove(handler), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Remove(string handler)
    {
        lock (_runs)
        {
            if (--_runs[handler] == 0)
            {
                _runs.Remove(handler);
            }
        }
    }
}
