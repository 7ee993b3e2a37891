using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Storage;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>What became of replies when their events were handled before: a reply that was made, or may have been, is not made again.</summary>
internal sealed class EarlierReplies(ISendStore store, KnownRefusals refusals, UnwrittenSends unwritten, ILogger<EarlierReplies> log)
{
    /// <summary>The outcome of the reply, whatever it says now; null when it is to be made: it never was, or Meta surely did not accept it.</summary>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it was made.</exception>
    public async Task<SendOutcome?> FindAsync(OutboundSend reply, CancellationToken cancellationToken)
    {
        if (await store.ReadSendAsync(reply.Id, cancellationToken).ConfigureAwait(false) is not { } stored || IntentTransitions.MayTryAnew(stored.State))
        {
            return null;
        }

        if (stored.State == IntentState.Pending && await TakeBackAsync(stored.Intent).ConfigureAwait(false))
        {
            return null;
        }

        if (SaysOther(reply.Message, stored.Intent.Message))
        {
            log.ReplyDiffers(reply.Id, reply.Number.Name);
        }

        if (stored is not { State: IntentState.Accepted, Message: { } message })
        {
            return new SendOutcome.Ambiguous
            {
                IntentId = reply.Id,
                Cause = "the event was handled before, and its reply is under way or no answer to it came",
                Template = stored.Intent.Message as TemplateMessage,
            };
        }

        SendOutcome outcome = stored.Intent.Message is TemplateMessage
            ? new SendOutcome.TemplateSent { MessageId = message }
            : new SendOutcome.Accepted { MessageId = message };
        return await refusals.FindAsync(outcome, stored, cancellationToken).ConfigureAwait(false) ?? outcome;
    }

    private Task<bool> TakeBackAsync(SendIntent reply) =>
        unwritten.TakeBackAsync(store, reply.Id, token => store.SaveIntentAsync(reply.SavedBy(token), CancellationToken.None));

    /// <summary>What is uploaded has another id each time, and a fallback went in the place of what was said.</summary>
    private static bool SaysOther(Message now, Message before) =>
        now is SessionMessage && before is SessionMessage && !MediaParts.HasUploads(now)
        && !MessageJson.Write(now).AsSpan().SequenceEqual(MessageJson.Write(before));
}
