using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>
/// The way out: local checks, the turn, the guard, the attempts, and where the message is refused its fallback and its keeping.
/// Every message that the SDK sends goes this way.
/// </summary>
internal sealed class SendPipeline(
    SendAttempts attempts,
    SendGuard guard,
    FallbackSender fallbacks,
    HeldMessages held,
    IdempotentSends once,
    EarlierReplies earlier,
    MediaUploads uploads,
    WhatsSessionSettings settings,
    WhatsSessionMetrics metrics,
    TimeProvider clock,
    ILogger<SendPipeline> log)
{
    private readonly ConversationTurns _turns = new(clock);

    /// <summary>Sends a message as a caller asked for it.</summary>
    /// <exception cref="ArgumentException">The caller must not have written it so.</exception>
    public Task<SendOutcome> SendAsync(
        NumberSettings number, ConversationKey conversation, Message message, SendOptions options, CancellationToken cancellationToken) =>
        StartAsync(new OutboundSend(number, conversation, message, options, IntentId.New(), clock.GetTimestamp()), message, options, cancellationToken);

    /// <summary>Answers an event in a handler.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="options">The options.</param>
    /// <param name="id">The id of the reply: the same whenever the event is handled, so that it goes once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The caller must not have written it so.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it may go.</exception>
    public Task<SendOutcome> ReplyAsync(
        NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options, IntentId id, CancellationToken cancellationToken) =>
        StartAsync(
            new OutboundSend(number, conversation, message, options, id, clock.GetTimestamp()) { IsReply = true }, message, options, cancellationToken);

    /// <summary>Makes a send that passed the local checks.</summary>
    public Task<SendOutcome> RunAsync(OutboundSend send, CancellationToken cancellationToken) =>
        WhatsSessionActivities.HasListeners || metrics.CountsSends || log.IsEnabled(LogLevel.Debug)
            ? RunObservedAsync(send, cancellationToken)
            : RunInTurnAsync(send, cancellationToken);

    private Task<SendOutcome> StartAsync(OutboundSend send, Message message, SendOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        SendOptions.ThrowIfInvalid(options);
        MessageJson.ThrowIfInvalid(message);
        MessageJson.ThrowIfInvalid(options.OrTemplate);
        if (message is ReactionMessage && options.ReplyTo is not null)
        {
            throw new ArgumentException("A reaction names its message itself; leave ReplyTo out.", nameof(options));
        }

        if (FindViolations(message, options, send.Conversation) is { Count: > 0 } violations)
        {
            var invalid = new SendOutcome.Invalid { Violations = violations };
            return send.IsReply ? RecallOrRefuseAsync(send, invalid, cancellationToken) : Task.FromResult<SendOutcome>(Refuse(send, invalid));
        }

        return options.IdempotencyKey is null ? RunAsync(send, cancellationToken) : once.RunAsync(send, RunAsync, cancellationToken);
    }

    private async Task<SendOutcome> RecallOrRefuseAsync(OutboundSend reply, SendOutcome.Invalid invalid, CancellationToken cancellationToken) =>
        await earlier.FindAsync(reply, cancellationToken).ConfigureAwait(false) ?? Refuse(reply, invalid);

    private SendOutcome.Invalid Refuse(OutboundSend send, SendOutcome.Invalid invalid)
    {
        metrics.CountSend(send.Number.Name, invalid);
        Tell(send, invalid);
        return invalid;
    }

    private void Tell(OutboundSend send, SendOutcome outcome)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.MessageSent(send.Message.Kind, send.Number.Name, send.Id, outcome.Describe());
        }
    }

    private static IReadOnlyList<Violation> FindViolations(Message message, SendOptions options, ConversationKey conversation)
    {
        var violations = message.CheckFor(conversation);
        if (options.OrTemplate is { } fallback && FallbackSender.ViolationsOf(fallback, conversation) is { } ofFallback)
        {
            violations = [.. violations, .. ofFallback];
        }

        return options.FindViolation() is { } ofOptions ? [.. violations, ofOptions] : violations;
    }

    private async Task<SendOutcome> RunObservedAsync(OutboundSend send, CancellationToken cancellationToken)
    {
        using var span = WhatsSessionActivities.StartSend(send.Number.Name, send.Message, send.Id);
        try
        {
            var outcome = await RunInTurnAsync(send, cancellationToken).ConfigureAwait(false);
            WhatsSessionActivities.EndSend(span, outcome);
            metrics.CountSend(send.Number.Name, outcome);
            Tell(send, outcome);
            return outcome;
        }
        catch (Exception exception)
        {
            WhatsSessionActivities.Fail(span, exception);
            metrics.CountSend(send.Number.Name, exception);
            throw;
        }
    }

    private async Task<SendOutcome> RunInTurnAsync(OutboundSend send, CancellationToken cancellationToken)
    {
        if (!await _turns.EnterAsync(send.Conversation, send.PatienceWithin(settings.Deadline), cancellationToken).ConfigureAwait(false))
        {
            // The event of a reply is handled anew then: not at once, for whoever has the turn may have it for a while.
            return new SendOutcome.Throttled { RetryAt = clock.GetInstant() + (send.IsReply ? Duration.FromTimeSpan(RetryDelays.Default) : Duration.Zero) };
        }

        try
        {
            return await AttemptAsync(send, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turns.Leave(send.Conversation);
        }
    }

    // Its state is several hundred bytes: pooled, and so awaited once.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SendOutcome> AttemptAsync(OutboundSend send, CancellationToken cancellationToken)
    {
        if (MediaParts.HasUploads(send.Message))
        {
            if (send.IsReply && await earlier.FindAsync(send, cancellationToken).ConfigureAwait(false) is { } made)
            {
                return made;
            }

            var clearance = await guard.AskAsync(send, cancellationToken).ConfigureAwait(false);
            return clearance.MaySend
                ? await UploadAndAttemptAsync(send, cancellationToken).ConfigureAwait(false)
                : await RefuseAsync(send, clearance, cancellationToken).ConfigureAwait(false);
        }

        var attempt = await attempts.RunAsync(send, claim: null, cancellationToken).ConfigureAwait(false);
        return attempt.Result switch
        {
            null when attempt.Clearance.MaySend => await RecallAsync(send, cancellationToken).ConfigureAwait(false),
            null => await RefuseAsync(attempt.Intent is null ? send : InPlaceOf(send), attempt.Clearance, cancellationToken).ConfigureAwait(false),
            GraphSendResult.Accepted accepted => new SendOutcome.Accepted { MessageId = accepted.MessageId, Status = accepted.Status },
            { } result when send.Message is SessionMessage && SendGuard.SaysClosed(result) =>
                await LearnAsync(send, attempt, cancellationToken).ConfigureAwait(false),
            _ => attempt.ToFailure(clock.GetInstant(), fallback: null),
        };
    }

    /// <summary>What became of a send that is not to be made, for it was made before or is under way.</summary>
    private async Task<SendOutcome> RecallAsync(OutboundSend send, CancellationToken cancellationToken) =>
        (send.IsReply ? await earlier.FindAsync(send, cancellationToken).ConfigureAwait(false) : null)
        ?? new SendOutcome.Ambiguous { IntentId = send.Id, Cause = SendAttempt.MadeElsewhere };

    /// <summary>
    /// The send of what goes in the place of a message that was stored. The intent stays with that message; that of a reply stays with what becomes of it.
    /// </summary>
    private static OutboundSend InPlaceOf(OutboundSend send) => send.IsReply ? send : send.Under(IntentId.New());

    /// <summary>An upload takes its time: after it the window is asked again, and the deadline begins anew.</summary>
    private Task<SendOutcome> UploadAndAttemptAsync(OutboundSend send, CancellationToken cancellationToken) => uploads.SendAsync(
        send.Number,
        send.Message,
        send.TermsOfUpload(settings.Deadline),
        (ready, _) => AttemptAsync(send.Carrying(ready, clock.GetTimestamp()), cancellationToken).AsTask(),
        cancellationToken);

    private async Task<SendOutcome> RefuseAsync(OutboundSend send, Clearance clearance, CancellationToken cancellationToken)
    {
        if (clearance.IsOvertaken)
        {
            return (send.IsReply ? await earlier.FindAsync(send, cancellationToken).ConfigureAwait(false) : null) ?? new SendOutcome.Overtaken();
        }

        var decision = clearance.Decision;
        log.SessionMessageRefused(send.Id, send.Number.Name, TelemetryNames.Of(decision.Reason));

        // A fallback needs its claim, or many senders would each send one; and nothing can be kept either.
        if (clearance.Snapshot is not { StoreAvailable: true } snapshot)
        {
            return send.IsReply
                ? throw new StoreUnavailableException("The conversation could not be read when it was to be replied to.")
                : new SendOutcome.WindowClosed { Reason = WindowClosedReason.Unknown };
        }

        if (send.IsReply && await earlier.FindAsync(send, cancellationToken).ConfigureAwait(false) is { } made)
        {
            return made;
        }

        SendOutcome outcome = new SendOutcome.WindowClosed { Reason = decision.Reason, Since = decision.Since };
        if (send.FindFallback(out var broken) is { } template)
        {
            if (fallbacks.Check(send, template, broken) is { } violations)
            {
                return new SendOutcome.Invalid { Violations = violations };
            }

            var fallback = new Fallback(template, send.Options.FallbackKey, snapshot.State.LastInbound, decision.Since, decision.Reason);
            outcome = await FallBackAsync(send, fallback, cancellationToken).ConfigureAwait(false);
        }

        return decision.Reason == WindowClosedReason.Restricted
            ? outcome
            : await held.HoldAsync(outcome, send, snapshot.State.LastInbound, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Meta refused at once what the guard had let through: the window is closed, whatever was thought of it.</summary>
    private async Task<SendOutcome> LearnAsync(OutboundSend send, SendAttempt attempt, CancellationToken cancellationToken)
    {
        metrics.CountDisagreement(send.Number.Name, isSynchronous: true);
        var outcome = attempt.ToFailure(clock.GetInstant(), fallback: null);
        if (send.FindFallback(out var broken) is { } template && fallbacks.Check(send, template, broken) is null)
        {
            var fallback = new Fallback(template, send.Options.FallbackKey, attempt.Intent!.Evidence, ClosedAt: null, WindowClosedReason.Denied);
            outcome = await FallBackAsync(InPlaceOf(send), fallback, cancellationToken).ConfigureAwait(false);
        }

        return await held.HoldAsync(outcome, send, attempt.Intent!.Evidence, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SendOutcome> FallBackAsync(OutboundSend refused, Fallback fallback, CancellationToken cancellationToken)
    {
        var outcome = await fallbacks.SendAsync(refused, fallback, cancellationToken).ConfigureAwait(false);
        metrics.CountFallback(refused.Number.Name, outcome);
        return outcome;
    }
}
