using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Accepting;

/// <summary>The way in: signature, reader, store. Nothing is acknowledged before the store has it.</summary>
internal sealed class WebhookAcceptor(
    IInboxStore store,
    WebhookGate gate,
    EventStamp stamp,
    HeardTime heard,
    UnseenEvents unseen,
    Arrivals arrivals,
    WhatsSessionMetrics metrics,
    ILogger<WebhookAcceptor> log)
{
    private readonly IngestCoalescer _ingest = new(store);

    public ValueTask<AcceptResult> AcceptAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken) =>
        AcceptAsync(body, signature, verifies: true, cancellationToken);

    public ValueTask<AcceptResult> AcceptWithoutVerificationAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        AcceptAsync(body, signature: null, verifies: false, cancellationToken);

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
            WhatsSessionActivities.EndAccept(span, result.StatusCode, result.Events);
            metrics.CountWebhook(result.StatusCode);
            return result;
        }
        catch (Exception exception)
        {
            // The sender gave up; no status was answered.
            WhatsSessionActivities.Fail(span, exception);
            throw;
        }
    }

    private async ValueTask<AcceptResult> AcceptUnobservedAsync(
        ReadOnlyMemory<byte> body, string? signature, bool verifies, CancellationToken cancellationToken)
    {
        if (gate.IsTooLarge(body.Length))
        {
            return new AcceptResult(413, 0);
        }

        var signers = verifies ? gate.FindSigners(body.Span, signature) : null;
        if (verifies && signers is null)
        {
            return new AcceptResult(401, 0);
        }

        var events = new List<WhatsAppEvent>();
        var problem = WebhookReader.Read(body.Span, events);
        if (signers is not null && gate.HoldsEventsOfAnotherApp(events, signers))
        {
            return new AcceptResult(401, 0);
        }

        try
        {
            if (!heard.KnowsStore)
            {
                // The host started without its store.
                await heard.ReadStoreAsync(cancellationToken).AsTask().WaitAsync(IngestCoalescer.Deadline, cancellationToken).ConfigureAwait(false);
            }

            var batch = stamp.Batch(body.Span, events, problem);
            var repeated = await _ingest.IngestAsync(batch, cancellationToken).ConfigureAwait(false);
            heard.Stored(batch.MetaTime);
            arrivals.Tell(batch.Events);
            var tooOld = unseen.Tell(batch);
            if (log.IsEnabled(LogLevel.Debug))
            {
                log.WebhookAccepted(events.Count, LanesOf(events), repeated, tooOld);
            }

            return new AcceptResult(200, events.Count) { Repeated = repeated, TooOld = tooOld };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever the store's trouble is, the event is Meta's until the store has it.
            log.WebhookNotKept(exception, events.Count);
            return new AcceptResult(503, 0);
        }
    }

    private static string LanesOf(List<WhatsAppEvent> events) => events.Count == 0 ? "none" : string.Join(
        ", ",
        events.GroupBy(static read => read.Lane).OrderBy(static lane => lane.Key).Select(static lane => $"{TelemetryNames.Of(lane.Key)} {lane.Count()}"));

    /// <summary>Reads a quarantined payload again and keeps its events.</summary>
    /// <returns>Whether it could be read to its end and left quarantine.</returns>
    public async ValueTask<bool> ReplayAsync(QuarantinedPayload payload, CancellationToken cancellationToken)
    {
        var events = new List<WhatsAppEvent>();
        var problem = WebhookReader.Read(payload.Payload.Span, events);
        await heard.ReadStoreAsync(cancellationToken).ConfigureAwait(false);
        var batch = stamp.Batch(events, payload.ReceivedAt);
        await store.IngestAsync(batch, cancellationToken).ConfigureAwait(false);
        heard.Stored(batch.MetaTime);

        // Only now: should the process end in between, the next replay finds duplicates.
        return problem is null && await store.RemoveQuarantinedAsync(payload.Key, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="WebhookGate.AnswerVerification" />
    public string? AnswerVerification(string? mode, string? verifyToken, string? challenge) => gate.AnswerVerification(mode, verifyToken, challenge);
}
