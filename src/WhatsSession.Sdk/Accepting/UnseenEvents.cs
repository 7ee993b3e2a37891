using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Shared;
using WhatsSession.Storage;

namespace WhatsSession.Accepting;

/// <summary>
/// Tells of accepted events that nobody will see: they are too old for handlers, or of a number that no option names. Whoever sets up an endpoint would
/// otherwise see a 200 and nothing else.
/// </summary>
internal sealed class UnseenEvents(
    WhatsSessionSettings settings, WhatsSessionMetrics metrics, RecurringWarnings recurring, ILogger<WebhookAcceptor> log)
{
    // Of the sample that Meta's app dashboard sends: https://developers.facebook.com/docs/whatsapp, read November 2026.
    private const string SampleAccount = "0";
    private const string SampleNumber = "123456123";

    // Many ids would be a mistake or a gateway of many customers; the first ones say enough.
    private const int MostToldNumbers = 100;

    private readonly ConcurrentDictionary<PhoneNumberId, bool> _told = new();

    /// <returns>How many events are too old for handlers.</returns>
    public int Tell(IngestBatch batch)
    {
        var tooOld = 0;
        var isSample = false;
        var oldest = Duration.Zero;
        foreach (var stored in batch.Events)
        {
            if (stored.Account?.Value == SampleAccount || stored.Number?.Value == SampleNumber)
            {
                isSample = true;
            }
            else if (stored.Number is { } number && !settings.ById.ContainsKey(number) && _told.Count < MostToldNumbers && _told.TryAdd(number, true))
            {
                log.NumberUnknown(number);
            }

            // The work that an event makes is not the webhook's.
            if (!stored.Dispatches && stored.Lane != EventLane.Work)
            {
                tooOld++;
                oldest = Duration.Max(oldest, stored.ReceivedAt - stored.Timestamp);
            }
        }

        if (tooOld > 0)
        {
            metrics.CountTooOld(tooOld);
        }

        if (isSample)
        {
            log.DashboardSample();
        }
        else if (tooOld > 0)
        {
            // Samples of another age are other samples; with a wrong clock all are as old.
            var days = (int)oldest.TotalDays;
            var level = recurring.LevelOf(nameof(Log.EventsTooOld), days.ToString(CultureInfo.InvariantCulture));
            log.EventsTooOld(level, tooOld, days);
        }

        return tooOld;
    }
}
