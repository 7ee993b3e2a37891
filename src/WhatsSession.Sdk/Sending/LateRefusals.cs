using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>
/// What follows when Meta refuses by a status a message that it had accepted (131047): a second try where Meta may take its word back,
/// otherwise the end of it and its fallback.
/// </summary>
internal sealed class LateRefusals(
    ISendStore store,
    IInboxStore inbox,
    SendPipeline pipeline,
    FallbackSender fallbacks,
    HeldMessages held,
    UnwrittenSends unwritten,
    WhatsSessionMetrics metrics,
    TimeProvider clock,
    HeardTime heard,
    ILogger<LateRefusals> log)
{
    private static readonly Duration RetryDelay = Duration.FromSeconds(10);

    /// <summary>Plans the second try of a refused message, or draws the consequences.</summary>
    public async Task TakeInAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        var (refused, begun) = (work.Message.GetValueOrDefault(), heard.Earliest);
        var send = await store.ReadSendAsync(work.Intent, cancellationToken).ConfigureAwait(false);
        if (work.Field == EngineWork.DoubtfulRefusal && send?.Intent.Message is SessionMessage)
        {
            if (send.RetriedAfter is null)
            {
                var retry = EngineWork.ToEvent(send.Intent, EngineWork.Retry, work.Anchor, heard.ForDispatch + RetryDelay, refused);
                await inbox.EnqueueAsync(retry, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (send.RetriedAfter == refused)
            {
                // Handled before; its second try has been made or is lost.
                return;
            }
        }

        // A status may name no recipient; and of a send that the store has no more nothing else does.
        if ((send?.Intent.Conversation ?? work.Conversation) is { } conversation)
        {
            var refusal = new Refusal(conversation, work.Intent, refused, work.Anchor, begun);
            await ConcludeAsync(number, refusal, send?.Intent, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the second try, with the same id. Unless Meta takes the message now, or may have, it is refused for good.</summary>
    /// <exception cref="PostponedException">It cannot go now, and may go later.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it may go.</exception>
    public async Task RetryAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        var begun = heard.Earliest;
        if (work.Message is not { } refused || await store.ReadSendAsync(work.Intent, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return;
        }

        // A second try that did not fail went out, or may have, unless this process knows better: statuses tell what became of it, and a third is never made.
        var intent = stored.Intent;
        if (stored.RetriedAfter is not null
            && (stored.RetriedAfter != refused || (stored.State != IntentState.Failed && !await TakeBackAsync(stored, refused).ConfigureAwait(false))))
        {
            return;
        }

        if (!DueWork.IsTooLate(work, heard.ForDispatch))
        {
            var send = new ResumedSend(
                intent,
                number,
                clock.GetTimestamp(),
                taking => store.TakeRetryAsync(taking.Id, refused, taking.SaveToken, CancellationToken.None),
                isAutomatic: true);
            var outcome = await pipeline.RunAsync(send, cancellationToken).ConfigureAwait(false);
            PostponedException.ThrowIfNotFinal(outcome, heard);
            if (SendRetries.MayBeAccepted(outcome))
            {
                return;
            }
        }

        var refusal = new Refusal(intent.Conversation, intent.Id, refused, intent.Evidence, begun);
        await ConcludeAsync(number, refusal, intent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a second try that is under way was this process's, and Meta surely does not have it.</summary>
    private async Task<bool> TakeBackAsync(StoredSend send, MessageId refused) =>
        send.State == IntentState.Pending
        && await unwritten.TakeBackAsync(
            store, send.Intent.Id, token => store.TakeRetryAsync(send.Intent.Id, refused, token, CancellationToken.None)).ConfigureAwait(false);

    /// <summary>Sends the fallback of a refused message: the one that was stored with it, however the options read by now.</summary>
    /// <exception cref="PostponedException">It cannot go now, and may go later.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it went.</exception>
    public async Task FallBackAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        if (await store.ReadSendAsync(work.Intent, cancellationToken).ConfigureAwait(false) is not { Intent: { Fallback: { } template } refused })
        {
            return;
        }

        if (DueWork.IsTooLate(work, heard.ForDispatch))
        {
            log.FallbackTooLate(work.Intent, number.Name);
            return;
        }

        var fallback = new Fallback(template, refused.FallbackKey, work.Anchor, ClosedAt: null, WindowClosedReason.Denied);
        var send = new ResumedSend(refused, number, clock.GetTimestamp()).Under(IntentId.New());
        var outcome = await fallbacks.SendAsync(send, fallback, cancellationToken).ConfigureAwait(false);
        PostponedException.ThrowIfNotFinal(outcome, heard);
        if (outcome is SendOutcome.WindowClosed { Reason: WindowClosedReason.Unknown })
        {
            throw new StoreUnavailableException("The fallback could not be claimed.");
        }

        metrics.CountFallback(number.Name, outcome);
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.MessageSent(template.Kind, number.Name, send.Id, outcome.Describe());
        }
    }

    /// <summary>
    /// Draws the consequences of a refusal: the guard closes, handlers are told, the message is held and its fallback goes out, where the send named them.
    /// </summary>
    /// <param name="number">The business number.</param>
    /// <param name="refusal">What was refused.</param>
    /// <param name="send">The send as it was stored; null when the store has it no more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    private async Task ConcludeAsync(NumberSettings number, Refusal refusal, SendIntent? send, CancellationToken cancellationToken)
    {
        // All of this may come again after a crash: the facts are a join, and each of the others has an id.
        metrics.CountDisagreement(number.Name, isSynchronous: false);
        var evidence = refusal.Evidence ?? NodaConstants.UnixEpoch;
        var settlement = new SendSettlement(refusal.Intent, IntentState.Failed, refusal.Message)
        {
            Conversation = refusal.Conversation,
            Facts = new ConversationState(lastInbound: null, denied: evidence),
        };
        await store.SettleIntentAsync(settlement, cancellationToken).ConfigureAwait(false);
        var told = EngineEvent.OfRefusal(refusal.Conversation, refusal.Intent, refusal.Message, send, clock.GetInstant());
        await inbox.EnqueueAsync(told, cancellationToken).ConfigureAwait(false);
        if (send is not { Message: SessionMessage })
        {
            return;
        }

        // What went out is not kept again.
        var id = IntentId.Following(refusal.Intent, "held");
        if (send.WhenReopened.HoldFor is { } time && await store.ReadSendAsync(id, cancellationToken).ConfigureAwait(false) is null)
        {
            var refusedAt = Instant.Min(send.CreatedAt, refusal.Begun);
            var kept = new ResumedSend(send, number, clock.GetTimestamp()).ToHeld(id, send.CreatedAt, refusedAt, heard.Latest + time);
            await held.KeepAsync(kept, evidence).ConfigureAwait(false);
        }

        if (send.Fallback is not null)
        {
            var work = EngineWork.ToEvent(send, EngineWork.Fallback, evidence, heard.ForDispatch, refusal.Message);
            await inbox.EnqueueAsync(work, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <param name="Conversation">The conversation.</param>
    /// <param name="Intent">The send.</param>
    /// <param name="Message">The message.</param>
    /// <param name="Evidence">What the guard relied on.</param>
    /// <param name="Begun">Before the send was read: the earlier of our clock and Meta's.</param>
    private readonly record struct Refusal(ConversationKey Conversation, IntentId Intent, MessageId Message, Instant? Evidence, Instant Begun);
}
