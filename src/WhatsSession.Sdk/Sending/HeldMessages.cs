using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>Keeps refused session messages until their customers write, where the options say so.</summary>
internal sealed class HeldMessages(
    IHeldMessageStore store,
    MediaUploads uploads,
    WhatsSessionSettings settings,
    WhatsSessionMetrics metrics,
    HeardTime heard,
    ILogger<HeldMessages> log)
{
    /// <summary>Keeps a refused session message where its options say so, whatever became of its fallback.</summary>
    /// <param name="outcome">What became of the send.</param>
    /// <param name="send">The send.</param>
    /// <param name="seen">The latest customer event that was known when it was refused; null when none was.</param>
    /// <param name="cancellationToken">Ends the upload of its contents.</param>
    /// <returns>The outcome, with the id under which the message is kept.</returns>
    public async Task<SendOutcome> HoldAsync(SendOutcome outcome, OutboundSend send, Instant? seen, CancellationToken cancellationToken)
    {
        if (send.Options.WhenReopened.HoldFor is not { } time || outcome is SendOutcome.Invalid or SendOutcome.Overtaken)
        {
            return outcome;
        }

        if (MediaParts.HasUploads(send.Message))
        {
            return await UploadAndHoldAsync(outcome, send, seen, cancellationToken).ConfigureAwait(false);
        }

        var now = heard.Latest;
        var held = send.ToHeld(IdOf(send, outcome), now, heard.Earliest, now + time);
        try
        {
            if (!await KeepAsync(held, seen).ConfigureAwait(false))
            {
                return outcome;
            }
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return outcome;
        }

        return outcome switch
        {
            SendOutcome.WindowClosed closed => closed with { HeldMessage = held.Id },
            SendOutcome.TemplateSent sent => sent with { HeldMessage = held.Id },
            SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired, Template: null } =>
                new SendOutcome.WindowClosed { Reason = WindowClosedReason.Denied, HeldMessage = held.Id },
            SendOutcome.Rejected rejected => rejected with { HeldMessage = held.Id },
            SendOutcome.Throttled throttled => throttled with { HeldMessage = held.Id },
            SendOutcome.Ambiguous ambiguous => ambiguous with { HeldMessage = held.Id },
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no refusal of a session message."),
        };
    }

    /// <summary>Keeps a message; should its customer have written meanwhile, it goes at once.</summary>
    /// <param name="held">The message.</param>
    /// <param name="seen">The latest customer event that was known when it was refused; null when none was.</param>
    /// <returns>False when its customer was erased meanwhile.</returns>
    public async Task<bool> KeepAsync(HeldMessage held, Instant? seen)
    {
        if (!await store.HoldAsync(held, seen, CancellationToken.None).ConfigureAwait(false))
        {
            return false;
        }

        metrics.CountHeld(held.Intent.Conversation.Number, HeldChange.Held);
        if (log.IsEnabled(LogLevel.Debug) && settings.ById.TryGetValue(held.Intent.Conversation.Number, out var number))
        {
            log.MessageHeld(held.Id, number.Name, held.ExpiresAt);
        }

        return true;
    }

    /// <summary>Takes a message out that is not to be sent.</summary>
    /// <returns>False when the conversation has no such message.</returns>
    public async ValueTask<bool> CancelAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken)
    {
        if (!await store.CancelHeldAsync(conversation, held, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        metrics.CountHeld(conversation.Number, HeldChange.Cancelled);
        return true;
    }

    /// <summary>
    /// What is kept outlives the content's stream, so it is uploaded now. When that fails nothing is kept, and the outcome says why,
    /// unless a fallback was tried: then that is what happened.
    /// </summary>
    private async Task<SendOutcome> UploadAndHoldAsync(SendOutcome outcome, OutboundSend send, Instant? seen, CancellationToken cancellationToken)
    {
        var isOfFallback = outcome is SendOutcome.TemplateSent or SendOutcome.Ambiguous or SendOutcome.Throttled or SendOutcome.Rejected { Template: not null };
        SendOutcome? kept = null;
        try
        {
            var uploaded = await uploads.SendAsync(
                send.Number,
                send.Message,
                send.TermsOfUpload(settings.Deadline),
                async (ready, _) => kept = await HoldAsync(outcome, send.Carrying(ready, send.StartedAt), seen, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            return kept ?? (isOfFallback ? outcome : uploaded);
        }
        catch (OperationCanceledException) when (isOfFallback)
        {
            return outcome;
        }
    }

    /// <summary>
    /// A reply is held under its own id, so that whether its event is handled again or its customer writes, it goes once; where a template went out under
    /// that id, under one that follows from it.
    /// </summary>
    private static IntentId IdOf(OutboundSend send, SendOutcome outcome) =>
        !send.IsReply ? IntentId.New() : SendRetries.MayBeAccepted(outcome) ? IntentId.Following(send.Id, "held") : send.Id;
}
