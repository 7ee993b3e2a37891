using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>Sends templates in place of refused messages: each once for a closed window, however many senders race.</summary>
internal sealed class FallbackSender(
    ISendStore store,
    SendAttempts attempts,
    MediaUploads uploads,
    TemplateReadiness templates,
    WhatsSessionSettings settings,
    TimeProvider clock,
    HeardTime heard,
    ILogger<FallbackSender> log)
{
    // Those whose claims could not be given back although Meta surely does not have the template, and which nobody makes again.
    private readonly UnwrittenSends _unreleased = new();

    /// <summary>What is wrong with the fallback that the caller names, before anything is sent; null when nothing is.</summary>
    public static IEnumerable<Violation>? ViolationsOf(TemplateMessage fallback, ConversationKey conversation) =>
        ViolationsOf(fallback, conversation, broken: null);

    /// <summary>What keeps a fallback from being sent; null when nothing does.</summary>
    /// <param name="send">The refused send.</param>
    /// <param name="template">Its fallback.</param>
    /// <param name="broken">What is wrong with the text that the template is to carry; null when nothing is.</param>
    public IReadOnlyList<Violation>? Check(OutboundSend send, TemplateMessage template, Violation? broken) =>
        ViolationsOf(template, send.Conversation, broken) ?? templates.Check(send.Number, template, send.Conversation);

    /// <summary>Claims the closed window for the template, and sends it.</summary>
    /// <param name="refused">The send that was refused, with the id that the template's send is to have.</param>
    /// <param name="fallback">The template.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SendOutcome> SendAsync(OutboundSend refused, Fallback fallback, CancellationToken cancellationToken)
    {
        var send = refused.ReplacedBy(fallback.Template);
        if (!MediaParts.HasUploads(fallback.Template))
        {
            return await ClaimAndSendAsync(send, fallback, cancellationToken).ConfigureAwait(false);
        }

        // The key is that of the contents: an id changes with each upload.
        var outcome = await uploads.SendAsync(
            send.Number,
            fallback.Template,
            send.TermsOfUpload(settings.Deadline),
            (ready, identity) => ClaimAndSendAsync(
                send.Carrying(ready, clock.GetTimestamp()),
                fallback with { Template = ready, CallersKey = fallback.CallersKey ?? Fallback.KeyOf(identity) },
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            SendOutcome.Rejected rejected => rejected with { Template = fallback.Template },
            SendOutcome.Throttled throttled => throttled with { Template = fallback.Template },
            SendOutcome.Invalid invalid => new SendOutcome.Invalid { Violations = [.. invalid.Violations.Select(OfFallback)] },
            _ => outcome,
        };
    }

    private async Task<SendOutcome> ClaimAndSendAsync(OutboundSend send, Fallback fallback, CancellationToken cancellationToken)
    {
        // From the claim on, the caller's token ends only the request: a claim that nobody knows of would cost the customer the template.
        if (cancellationToken.IsCancellationRequested)
        {
            throw new CancelledBeforeWritingException(new OperationCanceledException(cancellationToken));
        }

        var claim = fallback.ToClaim(send.Conversation);
        try
        {
            var holder = await ClaimAsync(claim, send.Id, fallback.Template.Name).ConfigureAwait(false);

            // An earlier run of a reply may have claimed it and ended before its post: the intent says whether it did.
            if (holder is not null && !(send.IsReply && holder.Intent == send.Id))
            {
                return new SendOutcome.WindowClosed
                {
                    Reason = fallback.Reason,
                    Since = fallback.ClosedAt,
                    FallbackAlreadySent = holder.Refusal is null,
                    FallbackRefusal = holder.Refusal?.Error,
                };
            }
        }
        catch (StoreUnavailableException exception) when (!send.IsReply)
        {
            log.StoreUnavailable(exception);

            // It may be claimed all the same; that of a reply is the reply's whenever its event is handled.
            await EndAsync(claim, send, isReleased: true, message: null).ConfigureAwait(false);
            return new SendOutcome.WindowClosed { Reason = WindowClosedReason.Unknown };
        }

        SendAttempt attempt;
        try
        {
            attempt = await attempts.RunAsync(send, Clearance.OfClaim(fallback.Anchor), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            await EndAsync(claim, send, isReleased: exception is CancelledBeforeWritingException, message: null).ConfigureAwait(false);
            throw;
        }

        if (attempt.Clearance.IsOvertaken)
        {
            await EndAsync(claim, send, isReleased: true, message: null).ConfigureAwait(false);
            return new SendOutcome.Overtaken();
        }

        if (attempt.Result is not { } result)
        {
            // Another run of its handler makes the reply at this moment, or made it: the claim stays with it.
            return new SendOutcome.Ambiguous { IntentId = send.Id, Cause = SendAttempt.MadeElsewhere, Template = fallback.Template };
        }

        // Only a template that Meta surely did not accept may be tried again.
        var accepted = result as GraphSendResult.Accepted;
        await EndAsync(claim, send, isReleased: SendRetries.IsSurelyNotAccepted(result), accepted?.MessageId).ConfigureAwait(false);
        return accepted is not null
            ? new SendOutcome.TemplateSent { MessageId = accepted.MessageId, Status = accepted.Status, ClosedAt = fallback.ClosedAt }
            : attempt.ToFailure(clock.GetInstant(), fallback.Template);
    }

    /// <summary>Claims the closed window. A claim that could not be given back is given back first.</summary>
    /// <returns>Who holds it already; null when it is claimed.</returns>
    private async Task<FallbackHolder?> ClaimAsync(FallbackClaim claim, IntentId intent, string template)
    {
        var holder = await store.ClaimFallbackAsync(claim, intent, template, heard.Latest, CancellationToken.None).ConfigureAwait(false);
        var isOwn = holder is null || holder.Intent == intent;
        if (!_unreleased.TryTake(isOwn ? intent : holder!.Intent, out _) || isOwn)
        {
            return holder;
        }

        await ReleaseAsync(claim, holder!.Intent).ConfigureAwait(false);
        return await store.ClaimFallbackAsync(claim, intent, template, heard.Latest, CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask ReleaseAsync(FallbackClaim claim, IntentId intent)
    {
        try
        {
            await store.ReleaseFallbackAsync(claim, intent, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            _unreleased.Add(intent);
            throw;
        }
    }

    private ValueTask EndAsync(FallbackClaim claim, OutboundSend send, bool isReleased, MessageId? message) => BestEffort.WriteAsync(log, async () =>
    {
        if (!isReleased)
        {
            await store.CompleteFallbackAsync(claim, send.Id, message, CancellationToken.None).ConfigureAwait(false);
        }
        else if (send.IsReply)
        {
            // What a reply claimed is the reply's, on whichever host its event is handled again.
            await store.ReleaseFallbackAsync(claim, send.Id, CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            await ReleaseAsync(claim, send.Id).ConfigureAwait(false);
        }
    });

    private static List<Violation>? ViolationsOf(TemplateMessage fallback, ConversationKey conversation, Violation? broken)
    {
        var violations = fallback.CheckFor(conversation);
        return violations.Count == 0 && broken is null ? null
            : [.. violations.Concat(broken is { } one ? [one] : []).Select(OfFallback)];
    }

    private static Violation OfFallback(Violation violation) => violation with { Path = "orTemplate." + violation.Path };
}
