using NodaTime;

namespace WhatsSession;

/// <content>Messages that wait for the window, and messages that a status refused.</content>
internal sealed partial class MessageDispatcher
{
    /// <summary>Sends a held message through the guard. What is refused again, or could not be tried, is held on; its fallback had its chance.</summary>
    public async Task SendHeldAsync(NumberSettings number, HeldMessage held, CancellationToken cancellationToken)
    {
        var intent = held.Intent;
        SendOutcome outcome;
        try
        {
            outcome = await SendInTurnAsync(number, intent.Conversation, intent.Message, OptionsOf(intent), held.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (CancelledBeforeWritingException)
        {
            // The host stops: the next one goes on.
            await KeepAsync(() => HoldAgainAsync(held, clock.GetInstant())).ConfigureAwait(false);
            throw;
        }

        switch (outcome)
        {
            case SendOutcome.WindowClosed or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired }:
                await store.HoldAsync(held, CancellationToken.None).ConfigureAwait(false);
                break;
            case SendOutcome.Throttled throttled:
                await HoldAgainAsync(held, throttled.RetryAt).ConfigureAwait(false);
                break;
            case SendOutcome.Rejected { Error.Category: GraphErrorCategory.NotReached or GraphErrorCategory.Unavailable }:
                await HoldAgainAsync(held, clock.GetInstant() + Duration.FromMinutes(1)).ConfigureAwait(false);
                break;
            default:
                metrics.CountHeld(number.Id, outcome.IsAccepted ? HeldChange.Sent : HeldChange.Failed);
                break;
        }
    }

    /// <summary>Sends a message again that a status refused, with the same id. Refused once more, it is refused for good.</summary>
    public async Task RetryAsync(NumberSettings number, StoredSend send, MessageId refused, CancellationToken cancellationToken)
    {
        var intent = send.Intent;
        var outcome = await SendInTurnAsync(number, intent.Conversation, intent.Message, OptionsOf(intent), intent.Id, cancellationToken).ConfigureAwait(false);
        if (outcome is SendOutcome.WindowClosed or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired })
        {
            await GiveUpAsync(number, intent.Conversation, intent.Id, refused, intent.Evidence, intent, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Draws the consequences of a refusal by a status: the guard closes, handlers are told, and the fallback that the send named goes out.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="id">The send.</param>
    /// <param name="refused">The message.</param>
    /// <param name="evidence">What the guard relied on.</param>
    /// <param name="send">The send as it was stored; null when the store has it no more.</param>
    /// <param name="cancellationToken">Ends the request of the fallback.</param>
    public async Task GiveUpAsync(NumberSettings number, ConversationKey conversation, IntentId id, MessageId refused, Instant? evidence, SendIntent? send, CancellationToken cancellationToken)
    {
        metrics.CountDisagreement(number.Name, isSynchronous: false);
        await store.JoinAsync(conversation, new ConversationState(lastInbound: null, denied: evidence ?? NodaConstants.UnixEpoch), cancellationToken).ConfigureAwait(false);
        await store.EnqueueAsync(EngineEvent.OfRefusal(conversation, id, refused, send, clock.GetInstant()), cancellationToken).ConfigureAwait(false);
        if (send is not { Message: SessionMessage message })
        {
            return;
        }

        SendOutcome outcome = new SendOutcome.WindowClosed { Reason = WindowClosedReason.Denied };
        if (send.Fallback is { } template)
        {
            // It was stored with the message, so it is sent however the options read by now.
            var fallback = new Fallback(template, send.FallbackKey, evidence, ClosedAt: null, WindowClosedReason.Denied);
            outcome = await SendFallbackAsync(number, conversation, fallback, OptionsOf(send), IntentId.New(), cancellationToken).ConfigureAwait(false);
            metrics.CountFallback(number.Name, outcome);
        }

        await HoldAsync(outcome, number, conversation, message, OptionsOf(send) with { WhenReopened = send.WhenReopened }).ConfigureAwait(false);
    }

    private static SendOptions OptionsOf(SendIntent intent) => new()
    {
        ReplyTo = intent.ReplyTo,
        CallbackData = intent.CallbackData,
        IdentityKeyHash = intent.IdentityKeyHash,
        IsWithoutFallback = true,
    };

    /// <summary>Keeps a refused message where the options say so.</summary>
    /// <returns>The outcome, with the id under which the message is kept.</returns>
    private async Task<SendOutcome> HoldAsync(SendOutcome outcome, NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options)
    {
        if (options.WhenReopened.HoldFor is not { } time || outcome is not (SendOutcome.WindowClosed or SendOutcome.TemplateSent or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired, Template: null }))
        {
            return outcome;
        }

        if (MediaParts.HasUploads(message))
        {
            // What is kept outlives the content's stream, so it is uploaded now; an upload that fails leaves nothing to keep.
            var kept = await uploads.SendAsync(number, message, async (ready, _) => await HoldAsync(outcome, number, conversation, ready, options).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);
            return kept is SendOutcome.Rejected or SendOutcome.Invalid ? outcome : kept;
        }

        var now = clock.GetInstant();
        var held = new HeldMessage { Intent = NewIntent(IntentId.New(), conversation, message, options with { IsWithoutFallback = true, OrTemplate = null, OrTextIn = null }, number, evidence: null), ExpiresAt = now + time };
        try
        {
            await store.HoldAsync(held, CancellationToken.None).ConfigureAwait(false);
            await store.EnqueueAsync(held.ToExpiry(), CancellationToken.None).ConfigureAwait(false);
            metrics.CountHeld(number.Id, HeldChange.Held);

            // Should the customer have written between the decision and now, nobody else would send it.
            if (settings.Policy.Decide(await store.ReadAsync(conversation, CancellationToken.None).ConfigureAwait(false), message, _metaClock.GetInstant()) is { MaySend: true, Evidence: { } inbound })
            {
                await store.EnqueueAsync(held.ToRelease(inbound), CancellationToken.None).ConfigureAwait(false);
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
            _ => new SendOutcome.WindowClosed { Reason = WindowClosedReason.Denied, HeldMessage = held.Id },
        };
    }

    private async ValueTask HoldAgainAsync(HeldMessage held, Instant dueAt)
    {
        await store.HoldAsync(held, CancellationToken.None).ConfigureAwait(false);
        await store.EnqueueAsync(EngineWork.ToEvent(held.Intent, EngineWork.Release, dueAt, dueAt, message: null), CancellationToken.None).ConfigureAwait(false);
    }
}
