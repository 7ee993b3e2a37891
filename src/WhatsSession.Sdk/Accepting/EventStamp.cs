using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Shared;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Accepting;

/// <summary>Makes of what was read what is kept: stamped with the time of receipt, with the facts that it tells.</summary>
internal sealed class EventStamp(
    WhatsSessionSettings settings, HandlerSet handlers, WhatsSessionMetrics metrics, HeardTime heard, RecurringWarnings recurring, ILogger<WebhookAcceptor> log)
{
    private readonly IReadOnlyList<PlannedTurn> _turns = handlers.TurnsIn(settings);

    /// <summary>The batch of a webhook that arrives now, with its body where it could not be read to its end.</summary>
    public IngestBatch Batch(ReadOnlySpan<byte> body, List<WhatsAppEvent> events, string? problem)
    {
        heard.Tell(events);
        var now = heard.Read();
        var batch = Batch(events, now.Latest, now);
        if (problem is null)
        {
            return batch;
        }

        log.WebhookQuarantined(body.Length, problem);
        metrics.CountQuarantined();
        return new IngestBatch
        {
            Events = batch.Events,
            Quarantined = body.ToArray(),
            QuarantineReason = problem,
            ReceivedAt = batch.ReceivedAt,
            MetaTime = batch.MetaTime,
            Alerts = batch.Alerts,
            Turns = batch.Turns,
            Lanes = batch.Lanes,
        };
    }

    /// <summary>The batch of events that were received at some moment.</summary>
    public IngestBatch Batch(List<WhatsAppEvent> events, Instant receivedAt)
    {
        heard.Tell(events);
        return Batch(events, receivedAt, heard.Read());
    }

    private IngestBatch Batch(List<WhatsAppEvent> events, Instant receivedAt, TimeReading now)
    {
        var latest = Instant.Max(receivedAt, now.Meta ?? receivedAt);

        // Meta redelivers for up to 7 days. What is older than the horizon raises state and causes no effects.
        var oldest = Retention.Since(now.Present);
        var stored = events.ConvertAll(read => Stamp(read, receivedAt, latest, oldest));
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is DeliveryUpdated status && status.IsRefusal)
            {
                stored.Add(EngineWork.OfRefusal(status, stored[i].Timestamp, receivedAt, stored[i].Dispatches));
            }
        }

        return new IngestBatch
        {
            Events = stored,
            ReceivedAt = now.Latest,
            MetaTime = now.Meta,
            Alerts = handlers.Planner.Alerts,
            Turns = _turns,
            Lanes = handlers.Lanes.Taken,
        };
    }

    /// <summary>All that may overtake an answer makes a turn, so that somebody answers.</summary>
    private static TurnPart PartOf(WhatsAppEvent read) => read switch
    {
        { Lane: not EventLane.Live } or not MessageReceived => TurnPart.None,
        ButtonReplied or ListReplied or FlowReplied => TurnPart.Tap,
        _ => TurnPart.Line,
    };

    private StoredEvent Stamp(WhatsAppEvent read, Instant receivedAt, Instant latest, Instant oldest)
    {
        // A time that is missing or unreadable came out of the reader as 1970. The event is handled all the same; but when its window would close is not known.
        var hasTime = read.Timestamp != NodaConstants.UnixEpoch;
        var timestamp = hasTime ? CustomerServiceWindow.Clamp(read.Timestamp, latest) : receivedAt;
        if (timestamp < read.Timestamp)
        {
            // The clock is of all numbers.
            var level = recurring.LevelOf(nameof(Log.TimestampClamped));
            log.TimestampClamped(level, read);
            metrics.CountClamped();
        }
        else if (!hasTime && read.Conversation is not null)
        {
            var level = recurring.LevelOf(nameof(Log.TimestampMissing), number: read.Number?.Value);
            log.TimestampMissing(level, read);
        }

        metrics.CountEvent(read, receivedAt);
        return new StoredEvent
        {
            Key = read.Key,
            Lane = read.Lane,
            Field = read.Field,
            Number = read.Number,
            Account = read.Account,
            Conversation = read.Conversation,
            Link = read.Link,
            Timestamp = timestamp,
            ReceivedAt = receivedAt,
            HasOwnTime = hasTime && timestamp >= read.Timestamp,
            OpensWindow = hasTime && read is { Conversation: not null, Opener: { } kind } && settings.Openers.Opens(kind),
            Dispatches = !hasTime || read.Lane == EventLane.History || timestamp >= oldest,
            ConcernsSdk = read is TemplateEvent,
            Turn = PartOf(read),
            Message = read.About,
            Facts = FactsReader.Read(read, timestamp, settings.EchoesAnswer && hasTime),
            Raw = read.Raw,
            Contact = read is CustomerEvent { Contact: { } contact } ? ContactWriter.Write(contact) : default,
        };
    }
}
