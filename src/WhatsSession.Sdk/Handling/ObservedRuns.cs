using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;

namespace WhatsSession.Handling;

/// <summary>Measures what runs on events, and tells of its failures.</summary>
internal sealed class ObservedRuns(WhatsSessionMetrics metrics, TimeProvider clock, ILogger<EventDispatcher> log)
{
    public Run Begin(string handler, WhatsAppEvent received, int attempt) => new(this, handler, received, attempt, clock.GetTimestamp());

    /// <summary>One try of one handler.</summary>
    internal readonly struct Run(ObservedRuns runs, string handler, WhatsAppEvent received, int attempt, long started)
    {
        public void Succeed() => End(postponed: null);

        /// <summary>Nothing failed.</summary>
        /// <param name="postponed">Why it comes again; null when it is done.</param>
        public void End(Exception? postponed)
        {
            if (postponed is null)
            {
                runs.TellHandled(handler, received, attempt, started);
            }

            Record(postponed);
        }

        public Exception Fail(Exception exception, Activity? span = null)
        {
            runs.Log.HandlerFailed(exception, handler, received, attempt, DispatchVerdict.MostAttempts);
            WhatsSessionActivities.Fail(span, exception);
            Record(exception);
            return exception;
        }

        private void Record(Exception? failure) => runs.Record(handler, received, started, failure);
    }

    private ILogger Log => log;

    private void TellHandled(string handler, WhatsAppEvent received, int attempt, long started)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.EventHandled(handler, received, (long)clock.GetElapsedTime(started).TotalMilliseconds, attempt);
        }
    }

    private void Record(string handler, WhatsAppEvent received, long started, Exception? failure) =>
        metrics.RecordHandler(handler, received, clock.GetElapsedTime(started), failure);
}
