using System.Diagnostics;
using System.Diagnostics.Metrics;
using NodaTime;
using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Diagnostics;

/// <summary>What the SDK counts and measures. Tags are made only while somebody listens to the instrument.</summary>
internal sealed class WhatsSessionMetrics
{
    private readonly WhatsSessionSettings _settings;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _disagreements;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _held;
    private readonly Counter<long> _ignoredClocks;
    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _quarantined;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _unknown;
    private readonly Counter<long> _clamped;
    private readonly Counter<long> _tooOld;
    private readonly Histogram<double> _handlers;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _droppedAlerts;

    public WhatsSessionMetrics(IMeterFactory meters, WhatsSessionSettings settings)
    {
        _settings = settings;
        var meter = meters.Create(new MeterOptions(TelemetryNames.Source) { Version = TelemetryNames.Version });
        _sends = meter.CreateCounter<long>("whatssession.sends", "{message}", "Messages by what became of them.");
        _retries = meter.CreateCounter<long>(
            "whatssession.send.retries", "{retry}", "Requests that were made again because Meta surely had not accepted the message.");
        _decisions = meter.CreateCounter<long>(
            "whatssession.guard.decisions", "{decision}", "What the guard decided about session messages, and how the window stood then.");
        _disagreements = meter.CreateCounter<long>(
            "whatssession.guard.disagreements",
            "{message}",
            "Session messages that the guard let through and Meta refused because the window is closed (131047).");
        _fallbacks = meter.CreateCounter<long>("whatssession.fallbacks", "{template}", "Fallback templates by what became of them.");
        _held = meter.CreateCounter<long>(
            "whatssession.held_messages", "{message}", "Messages that were held until the customer writes, and what became of them.");
        _ignoredClocks = meter.CreateCounter<long>(
            "whatssession.clock.ignored", "{sample}", "Answers of Meta whose time was more than two minutes from ours, so that the guard went by our clock.");
        _webhooks = meter.CreateCounter<long>("whatssession.webhooks", "{request}", "Webhooks by the status they were answered with.");
        _quarantined = meter.CreateCounter<long>(
            "whatssession.webhook.quarantined", "{request}", "Signed webhooks that could not be read to their end and were kept in quarantine.");
        _lag = meter.CreateHistogram<double>("whatssession.inbound.lag", "s", "Time between an event and its receipt, by Meta's timestamp and our clock.");
        _unknown = meter.CreateCounter<long>("whatssession.inbound.unknown", "{event}", "Events and messages of kinds that this version does not know.");
        _clamped = meter.CreateCounter<long>("whatssession.inbound.clamped", "{event}", "Events whose timestamp lay in the future and was clamped.");
        _tooOld = meter.CreateCounter<long>("whatssession.inbound.too_old", "{event}", "Accepted events that were too old for handlers.");
        _handlers = meter.CreateHistogram<double>("whatssession.handler.duration", "s", "How long calls of handlers took.");
        _parked = meter.CreateCounter<long>("whatssession.dispatch.parked", "{event}", "Events that were set aside because a handler failed too often.");
        _droppedAlerts = meter.CreateCounter<long>(
            "whatssession.alerts.dropped", "{alert}", "Alerts that no longer held when they were to be told, by the reason.");
    }

    public bool CountsSends => _sends.Enabled;

    public bool CountsWebhooks => _webhooks.Enabled;

    public bool CountsDecisions => _decisions.Enabled;

    public void CountSend(string number, SendOutcome outcome) => CountSend(number, TelemetryNames.Of(outcome), TelemetryNames.ErrorOf(outcome));

    /// <summary>Counts a send that threw: the caller gave up, or there is a bug.</summary>
    public void CountSend(string number, Exception exception) =>
        CountSend(number, exception is OperationCanceledException ? "canceled" : "failed", TelemetryNames.Of(exception));

    public void CountRetry(string number, GraphSendResult result)
    {
        if (_retries.Enabled && result is GraphSendResult.Refused refused)
        {
            _retries.Add(1, new(TelemetryNames.Number, number), new(TelemetryNames.ErrorType, TelemetryNames.Of(refused.Error)));
        }
    }

    public void CountDecision(string number, WindowState state, SendDecision decision) =>
        _decisions.Add(
            1,
            new(TelemetryNames.Number, number),
            new(TelemetryNames.WindowState, TelemetryNames.Of(state)),
            new(TelemetryNames.Decision, TelemetryNames.Of(decision)));

    /// <summary>Counts that Meta saw the window otherwise than the guard.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="isSynchronous">Whether Meta said so in its answer; otherwise in a status.</param>
    public void CountDisagreement(string number, bool isSynchronous) =>
        _disagreements.Add(1, new(TelemetryNames.Number, number), new(TelemetryNames.Refusal, isSynchronous ? "answer" : "status"));

    public void CountFallback(string number, SendOutcome outcome)
    {
        if (_fallbacks.Enabled)
        {
            var became = outcome switch
            {
                SendOutcome.WindowClosed { FallbackRefusal: not null } => "already_refused",
                SendOutcome.WindowClosed { FallbackAlreadySent: true } => "already_sent",
                _ => TelemetryNames.Of(outcome),
            };
            Add(_fallbacks, new TagList { { TelemetryNames.Number, number }, { TelemetryNames.Outcome, became } }, TelemetryNames.ErrorOf(outcome));
        }
    }

    public void CountHeld(PhoneNumberId number, HeldChange change)
    {
        if (_held.Enabled)
        {
            var word = change switch
            {
                HeldChange.Held => "held",
                HeldChange.Sent => "sent",
                HeldChange.Expired => "expired",
                HeldChange.Cancelled => "cancelled",
                _ => "failed",
            };
            _held.Add(1, new(TelemetryNames.Number, NameOf(number)), new(TelemetryNames.HeldChange, word));
        }
    }

    /// <summary>Counts that Meta's clock was too far from ours to be believed.</summary>
    public void CountIgnoredClock() => _ignoredClocks.Add(1);

    public void CountWebhook(int statusCode)
    {
        if (_webhooks.Enabled)
        {
            _webhooks.Add(1, new KeyValuePair<string, object?>(TelemetryNames.StatusCode, statusCode));
        }
    }

    public void CountQuarantined() => _quarantined.Add(1);

    /// <summary>Measures how long the event was under way, and counts it if it is of a kind that this version does not know.</summary>
    public void CountEvent(WhatsAppEvent read, Instant receivedAt)
    {
        if (_lag.Enabled && read.Timestamp != NodaConstants.UnixEpoch && read.Lane is not (EventLane.History or EventLane.Account))
        {
            // Meta's times are whole seconds and its clock is not ours: a little before its event is at once.
            var lag = (receivedAt - read.Timestamp).TotalSeconds;
            _lag.Record(Math.Max(lag, 0), new(TelemetryNames.Number, NameOf(read.Number)), new(TelemetryNames.Lane, TelemetryNames.Of(read.Lane)));
        }

        if ((read.Inner ?? read) is UnknownEvent or UnknownMessage or UnknownCall or UnknownStatus)
        {
            _unknown.Add(1);
        }
    }

    public void CountClamped() => _clamped.Add(1);

    public void CountTooOld(int events) => _tooOld.Add(events);

    /// <summary>Measures a call of a handler.</summary>
    /// <param name="handler">The name of the handler.</param>
    /// <param name="received">The event.</param>
    /// <param name="time">How long it took.</param>
    /// <param name="failure">Why it failed; null when it did not.</param>
    public void RecordHandler(string handler, WhatsAppEvent received, TimeSpan time, Exception? failure)
    {
        if (_handlers.Enabled)
        {
            var tags = new TagList { { TelemetryNames.Handler, handler }, { TelemetryNames.Event, received.GetType().Name } };
            if (failure is not null)
            {
                tags.Add(TelemetryNames.ErrorType, TelemetryNames.Of(failure));
            }

            _handlers.Record(time.TotalSeconds, tags);
        }
    }

    public void CountParked(StoredEvent parked) => _parked.Add(1, new KeyValuePair<string, object?>(TelemetryNames.Lane, TelemetryNames.Of(parked.Lane)));

    /// <summary>Counts an alert that no longer holds.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="reason">Why, in a word.</param>
    public void CountDroppedAlert(WhatsAppEvent alert, string reason)
    {
        if (_droppedAlerts.Enabled)
        {
            _droppedAlerts.Add(
                1,
                new(TelemetryNames.Number, NameOf(alert.Number)),
                new(TelemetryNames.Event, alert.GetType().Name),
                new(TelemetryNames.DropReason, reason));
        }
    }

    private void CountSend(string number, string outcome, string? error) =>
        Add(_sends, new TagList { { TelemetryNames.Number, number }, { TelemetryNames.Outcome, outcome } }, error);

    private static void Add(Counter<long> counter, TagList tags, string? error)
    {
        if (error is not null)
        {
            tags.Add(TelemetryNames.ErrorType, error);
        }

        counter.Add(1, tags);
    }

    private string NameOf(PhoneNumberId? number) => number is { } id && _settings.ById.TryGetValue(id, out var known) ? known.Name : TelemetryNames.OtherNumber;
}
