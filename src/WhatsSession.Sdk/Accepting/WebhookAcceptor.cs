using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Accepting;

/// <summary>The way in: signature, reader, store. Nothing is acknowledged before the store has it.</summary>
internal sealed class WebhookAcceptor(IWhatsSessionStore store, WhatsSessionSettings settings, IEnumerable<HandlerBinding> handlers, DeliveryWaits waits, WhatsSessionMetrics metrics, TimeProvider clock, ILogger<WebhookAcceptor> log)
{
    /// <summary>Meta redelivers for up to 7 days. What is older than this raises state and causes no effects.</summary>
    private static readonly Duration Horizon = Retention.Horizon;

    private readonly IngestCoalescer _ingest = new(store);
    private readonly HandledLanes _lanes = new([.. handlers]);
    private readonly IReadOnlyCollection<PlannedAlert> _alerts = HandledAlerts.PlannerOf(handlers).Alerts;

    /// <summary>Called when an event was kept that a handler may take.</summary>
    public Action? Due { get; set; }

    public ValueTask<AcceptResult> AcceptAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken) => AcceptAsync(body, signature, verifies: true, cancellationToken);

    public ValueTask<AcceptResult> AcceptWithoutVerificationAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => AcceptAsync(body, signature: null, verifies: false, cancellationToken);

    private ValueTask<AcceptResult> AcceptAsync(ReadOnlyMemory<byte> body, string? signature, bool verifies, CancellationToken cancellationToken) =>
        WhatsSessionActivities.HasListeners || metrics.CountsWebhooks
            ? AcceptObservedAsync(body, signature, verifies, cancellationToken)
            : AcceptUnobservedAsync(body, signature, verifies, cancellationToken);

    private async ValueTask<AcceptResult> AcceptObservedAsync(ReadOnlyMemory<byte> body, string? signature, bool verifies, CancellationToken cancellationToken)
    {
        using var span = WhatsSessionActivities.StartAccept(body.Length);
        try
        {
            var result = await AcceptUnobservedAsync(body, signature, verifies, cancellationToken).ConfigureAwait(false);
            WhatsSessionActivities.EndAccept(span, result);
            metrics.CountWebhook(result);
            return result;
        }
        catch (Exception exception)
        {
            // The sender gave up; no status was answered.
            WhatsSessionActivities.Fail(span, exception);
            throw;
        }
    }

    private async ValueTask<AcceptResult> AcceptUnobservedAsync(ReadOnlyMemory<byte> body, string? signature, bool verifies, CancellationToken cancellationToken)
    {
        if (body.Length > settings.MaximumBodySize)
        {
            log.WebhookTooLarge(body.Length, settings.MaximumBodySize);
            return new AcceptResult(413, 0);
        }

        var signers = verifies ? FindSigners(body.Span, signature) : null;
        if (verifies && signers is null)
        {
            return new AcceptResult(401, 0);
        }

        var events = new List<WhatsAppEvent>();
        var problem = WebhookReader.Read(body.Span, events);
        if (signers is not null && settings.HasBoundNumbers && events.Exists(read => IsOfAnotherApp(read, signers)))
        {
            log.WebhookRefused("an event in it is of a number, or of its account, whose App is another than the one whose secret signed it; does the number's App name the app that is subscribed to it?");
            return new AcceptResult(401, 0);
        }

        var batch = Batch(body.Span, events, problem);
        try
        {
            await _ingest.IngestAsync(batch, cancellationToken).ConfigureAwait(false);
            waits.Tell(batch.Events);
            TellDue(batch.Events);
            return new AcceptResult(200, events.Count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever the store's trouble is, the event is Meta's until the store has it.
            log.WebhookNotKept(exception, batch.Events.Count);
            return new AcceptResult(503, 0);
        }
    }

    /// <summary>Reads a quarantined payload again and keeps its events.</summary>
    /// <returns>Whether it could be read to its end and left quarantine.</returns>
    public async ValueTask<bool> ReplayAsync(QuarantinedPayload payload, CancellationToken cancellationToken)
    {
        var events = new List<WhatsAppEvent>();
        var problem = WebhookReader.Read(payload.Payload.Span, events);
        var batch = Batch(events, payload.ReceivedAt);
        await store.IngestAsync(batch, cancellationToken).ConfigureAwait(false);

        // Only now: should the process end in between, the next replay finds duplicates.
        return problem is null && await store.RemoveQuarantinedAsync(payload.Key, cancellationToken).ConfigureAwait(false);
    }

    private void TellDue(IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            if (_lanes.Contain(stored))
            {
                Due?.Invoke();
                return;
            }
        }
    }

    private IReadOnlyList<string>? FindSigners(ReadOnlySpan<byte> body, string? signature)
    {
        if (!settings.Verifier.HasSecrets)
        {
            log.WebhookRefused("no app secret is set, so no signature can be checked; set AppSecret.");
            return null;
        }

        if (settings.Verifier.FindSigners(body, signature) is { } signers)
        {
            return signers;
        }

        log.WebhookRefused(string.IsNullOrEmpty(signature)
            ? $"it has no {WebhookSignature.HeaderName} header."
            : "its signature does not match; is AppSecret the secret of the app that sends it, and is the body passed on byte for byte?");
        return null;
    }

    /// <summary>Whether every number that the event can belong to gets its events from another app.</summary>
    private bool IsOfAnotherApp(WhatsAppEvent read, IReadOnlyList<string> signers)
    {
        var isOwned = false;
        foreach (var number in settings.ById.Values)
        {
            if (read.Number is { } id ? number.Id == id : number.Account is { } account && account == read.Account)
            {
                if (number.App is null || signers.Contains(number.App, StringComparer.OrdinalIgnoreCase))
                {
                    return false;
                }

                isOwned = true;
            }
        }

        return isOwned;
    }

    private IngestBatch Batch(ReadOnlySpan<byte> body, List<WhatsAppEvent> events, string? problem)
    {
        var batch = Batch(events, clock.GetInstant());
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
            Alerts = batch.Alerts,
            Lanes = batch.Lanes,
        };
    }

    private IngestBatch Batch(List<WhatsAppEvent> events, Instant receivedAt)
    {
        var now = clock.GetInstant();
        var stored = events.ConvertAll(read => Stamp(read, receivedAt, now));
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is DeliveryUpdated status && status.IsRefusal)
            {
                stored.Add(EngineWork.OfRefusal(status, stored[i].Timestamp, receivedAt, stored[i].Dispatches));
            }
        }

        return new IngestBatch { Events = stored, ReceivedAt = now, Alerts = _alerts, Lanes = _lanes.Taken };
    }

    private StoredEvent Stamp(WhatsAppEvent read, Instant receivedAt, Instant now)
    {
        // A time that is missing or unreadable came out of the reader as 1970. The event is handled all the same; but when its window would close is not known.
        var hasTime = read.Timestamp != NodaConstants.UnixEpoch;
        var timestamp = hasTime ? CustomerServiceWindow.Clamp(read.Timestamp, receivedAt) : receivedAt;
        if (timestamp < read.Timestamp)
        {
            log.TimestampClamped(read);
            metrics.CountClamped();
        }
        else if (!hasTime && read.Conversation is not null)
        {
            log.TimestampMissing(read);
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
            OpensWindow = hasTime && read is { Conversation: not null, Opener: { } kind } && settings.Openers.Opens(kind),
            Dispatches = !hasTime || read.Lane == EventLane.History || now - timestamp <= Horizon,
            ConcernsSdk = read is TemplateEvent,
            Message = read.About,
            Facts = FactsReader.Read(read, timestamp),
            Raw = read.Raw,
            Contact = read is CustomerEvent { Contact: { } contact } ? ContactWriter.Write(contact) : default,
        };
    }
}
