using NodaTime;

namespace WhatsSession;

/// <content>Messages that wait for the window, and messages that a status refused.</content>
internal sealed partial class MessageDispatcher
{
    /// <summary>Sends a held message through the guard. What is refused again, or could not be tried, is held on; its fallback had its chance.</summary>
    /// <exception cref="StoreUnavailableException">The store went away, so nobody knows whether it may go: it is to be tried again.</exception>
    public async Task SendHeldAsync(NumberSettings number, HeldMessage held, CancellationToken cancellationToken)
    {
        var intent = held.Intent;
        var outcome = await SendInTurnAsync(number, intent.Conversation, intent.Message, OptionsOf(intent), held.Id, cancellationToken).ConfigureAwait(false);
        switch (outcome)
        {
            // Held on: the customer's next message starts this anew. Unless it was the store that could not be read: then this work itself comes again.
            case SendOutcome.WindowClosed when await FindOpeningAsync(held).ConfigureAwait(false) is not null:
                throw new StoreUnavailableException("The window of a held message could not be read when it was to be sent.");
            case SendOutcome.WindowClosed or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired }:
                break;
            case SendOutcome.Throttled throttled:
                await store.EnqueueAsync(held.ToReleaseAt(throttled.RetryAt), CancellationToken.None).ConfigureAwait(false);
                break;
            case SendOutcome.Rejected { Error.IsSafeToRetry: true }:
                await store.EnqueueAsync(held.ToReleaseAt(clock.GetInstant() + Duration.FromMinutes(1)), CancellationToken.None).ConfigureAwait(false);
                break;
            default:
                if (outcome is SendOutcome.Rejected { Error: var error })
                {
                    // Told before it is taken out, and told once: its key is seen.
                    await store.EnqueueAsync(EngineEvent.OfHeldRefusal(held, error, clock.GetInstant()), CancellationToken.None).ConfigureAwait(false);
                }

                metrics.CountHeld(number.Id, outcome.IsAccepted ? HeldChange.Sent : HeldChange.Failed);
                await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Sends a message again that a status refused, with the same id. Unless Meta takes it now, or may have, it is refused for good.</summary>
    public async Task RetryAsync(NumberSettings number, StoredSend send, MessageId refused, CancellationToken cancellationToken)
    {
        var intent = send.Intent;
        var outcome = await SendInTurnAsync(number, intent.Conversation, intent.Message, OptionsOf(intent), intent.Id, cancellationToken).ConfigureAwait(false);
        if (outcome is not (SendOutcome.Accepted or SendOutcome.Ambiguous))
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

        // All of this may come again after a crash: the claim makes the fallback one, and the id what is held.
        if (send.WhenReopened.HoldFor is { } time)
        {
            await HoldAsync(number, conversation, message, OptionsOf(send), time, IntentId.Following(id, "held")).ConfigureAwait(false);
        }

        if (send.Fallback is { } template)
        {
            // It was stored with the message, so it is sent however the options read by now.
            var fallback = new Fallback(template, send.FallbackKey, evidence, ClosedAt: null, WindowClosedReason.Denied);
            var outcome = await SendFallbackAsync(number, conversation, fallback, OptionsOf(send), IntentId.New(), clock.GetTimestamp(), cancellationToken).ConfigureAwait(false);
            metrics.CountFallback(number.Name, outcome);
        }
    }

    private static SendOptions OptionsOf(SendIntent intent) => new()
    {
        ReplyTo = intent.ReplyTo,
        CallbackData = intent.CallbackData,
        IdentityKeyHash = intent.IdentityKeyHash,
        IsWithoutFallback = true,
    };

    /// <summary>Keeps a refused message where the options say so: one that neither went nor may yet go by its fallback's fate.</summary>
    /// <returns>The outcome, with the id under which the message is kept.</returns>
    private async Task<SendOutcome> HoldAsync(SendOutcome outcome, NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options, CancellationToken cancellationToken)
    {
        if (options.WhenReopened.HoldFor is not { } time || outcome is not (SendOutcome.WindowClosed or SendOutcome.TemplateSent or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired, Template: null }))
        {
            return outcome;
        }

        if (MediaParts.HasUploads(message))
        {
            return await UploadAndHoldAsync(outcome, number, conversation, message, options, cancellationToken).ConfigureAwait(false);
        }

        var id = IntentId.New();
        return !await HoldAsync(number, conversation, message, options, time, id).ConfigureAwait(false) ? outcome : outcome switch
        {
            SendOutcome.WindowClosed closed => closed with { HeldMessage = id },
            SendOutcome.TemplateSent sent => sent with { HeldMessage = id },
            _ => new SendOutcome.WindowClosed { Reason = WindowClosedReason.Denied, HeldMessage = id },
        };
    }

    /// <summary>What is kept outlives the content's stream, so it is uploaded now. When that fails nothing is kept, and the outcome says why, unless a template went out: then that is what happened.</summary>
    private async Task<SendOutcome> UploadAndHoldAsync(SendOutcome outcome, NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var kept = await uploads.SendAsync(number, message, TermsOf(options), (ready, _) => HoldAsync(outcome, number, conversation, ready, options, cancellationToken), cancellationToken).ConfigureAwait(false);
            return outcome is SendOutcome.TemplateSent && kept is not SendOutcome.TemplateSent ? outcome : kept;
        }
        catch (OperationCanceledException) when (outcome is SendOutcome.TemplateSent)
        {
            return outcome;
        }
    }

    /// <returns>Whether it is held, or was before.</returns>
    private async Task<bool> HoldAsync(NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options, Duration time, IntentId id)
    {
        var held = new HeldMessage
        {
            Intent = NewIntent(id, conversation, message, options with { IsWithoutFallback = true, OrTemplate = null, OrTextIn = null }, number, evidence: null),
            ExpiresAt = clock.GetInstant() + time,
        };
        try
        {
            // What went out is not kept again.
            if (await store.ReadSendAsync(id, CancellationToken.None).ConfigureAwait(false) is not null)
            {
                return true;
            }

            // The end first: alone it does nothing.
            await store.EnqueueAsync(held.ToExpiry(), CancellationToken.None).ConfigureAwait(false);
            await store.HoldAsync(held, CancellationToken.None).ConfigureAwait(false);
            metrics.CountHeld(number.Id, HeldChange.Held);
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return false;
        }

        await KeepAsync(() => ReleaseIfOpenAsync(held)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Should the customer have written between the decision and now, nobody else would send it.</summary>
    private async ValueTask ReleaseIfOpenAsync(HeldMessage held)
    {
        if (await FindOpeningAsync(held).ConfigureAwait(false) is { } inbound)
        {
            await store.EnqueueAsync(held.ToRelease(inbound), CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The customer's event by which a held message may go now; null when it may not.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    private async ValueTask<Instant?> FindOpeningAsync(HeldMessage held)
    {
        var snapshot = await store.ReadAsync(held.Intent.Conversation, CancellationToken.None).ConfigureAwait(false);
        return settings.Policy.Decide(snapshot, held.Intent.Message, _metaClock.GetInstant()).Evidence;
    }
}
