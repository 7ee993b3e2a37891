using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <content>Messages that wait for the window, and messages that a status refused.</content>
internal sealed partial class MessageDispatcher
{
    // What Meta refuses for the account's sake, an expired token say, somebody mends; until then nothing of it may be lost.
    private static readonly Duration MendingDelay = Duration.FromMinutes(15);

    /// <summary>Sends a held message through the guard. One that is refused because the window is closed is held on; its fallback had its chance.</summary>
    /// <exception cref="PostponedException">It cannot go now, and may go later.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it may go.</exception>
    public async Task SendHeldAsync(NumberSettings number, HeldMessage held, CancellationToken cancellationToken)
    {
        var intent = held.Intent;
        var options = OptionsOf(intent) with { IsAutomatic = true, Take = sending => store.ReleaseHeldAsync(sending, CancellationToken.None) };
        var outcome = await SendInTurnAsync(number, intent.Conversation, intent.Message, options, held.Id, cancellationToken).ConfigureAwait(false);
        ThrowIfPostponed(outcome);
        if (outcome is SendOutcome.WindowClosed or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired })
        {
            // The customer's next message starts this anew.
            return;
        }

        var isFailure = !SendRetries.MayBeAccepted(outcome);
        if (isFailure)
        {
            // Told before it is taken out, and told once: its key is seen.
            await store.EnqueueAsync(EngineEvent.OfFailure(held, outcome, clock.GetInstant()), CancellationToken.None).ConfigureAwait(false);
        }

        if (await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false) is not null)
        {
            metrics.CountHeld(number.Id, isFailure ? HeldChange.Failed : HeldChange.Sent);
        }
    }

    /// <summary>Sends a message again that a status refused, with the same id. Unless Meta takes it now, or may have, it is refused for good.</summary>
    /// <exception cref="PostponedException">It cannot go now, and may go later.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it may go.</exception>
    public async Task RetryAsync(NumberSettings number, StoredSend send, MessageId refused, CancellationToken cancellationToken)
    {
        var intent = send.Intent;
        var options = OptionsOf(intent) with { Take = _ => store.TakeRetryAsync(intent.Id, refused, CancellationToken.None) };
        var outcome = await SendInTurnAsync(number, intent.Conversation, intent.Message, options, intent.Id, cancellationToken).ConfigureAwait(false);
        ThrowIfPostponed(outcome);
        if (!SendRetries.MayBeAccepted(outcome))
        {
            await GiveUpAsync(intent.Conversation, intent.Id, refused, intent.Evidence, intent, number, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Draws the consequences of a refusal by a status: the guard closes, handlers are told, the message is held and its fallback goes out, where the send named them.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="id">The send.</param>
    /// <param name="refused">The message.</param>
    /// <param name="evidence">What the guard relied on.</param>
    /// <param name="send">The send as it was stored; null when the store has it no more.</param>
    /// <param name="number">The business number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task GiveUpAsync(ConversationKey conversation, IntentId id, MessageId refused, Instant? evidence, SendIntent? send, NumberSettings number, CancellationToken cancellationToken)
    {
        // All of this may come again after a crash: the facts are a join, and each of the others has an id.
        metrics.CountDisagreement(number.Name, isSynchronous: false);
        var denied = new ConversationState(lastInbound: null, denied: evidence ?? NodaConstants.UnixEpoch);
        await store.SettleIntentAsync(new SendSettlement(id, IntentState.Failed, refused) { Conversation = conversation, Facts = denied }, cancellationToken).ConfigureAwait(false);
        await store.EnqueueAsync(EngineEvent.OfRefusal(conversation, id, refused, send, clock.GetInstant()), cancellationToken).ConfigureAwait(false);
        if (send is not { Message: SessionMessage message })
        {
            return;
        }

        // What went out is not kept again.
        var held = IntentId.Following(id, "held");
        if (send.WhenReopened.HoldFor is { } time && await store.ReadSendAsync(held, cancellationToken).ConfigureAwait(false) is null)
        {
            await KeepHeldAsync(NewHeld(number, conversation, message, OptionsOf(send), time, held, send.CreatedAt), number).ConfigureAwait(false);
        }

        if (send.Fallback is not null)
        {
            await store.EnqueueAsync(EngineWork.ToEvent(send, EngineWork.Fallback, evidence ?? NodaConstants.UnixEpoch, clock.GetInstant(), refused), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the fallback of a message that a status refused: the one that was stored with it, however the options read by now.</summary>
    /// <exception cref="PostponedException">It cannot go now, and may go later.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it went.</exception>
    public async Task SendFallbackAsync(NumberSettings number, SendIntent refused, TemplateMessage template, Instant? evidence, CancellationToken cancellationToken)
    {
        var fallback = new Fallback(template, refused.FallbackKey, evidence, ClosedAt: null, WindowClosedReason.Denied);
        var outcome = await SendFallbackAsync(number, refused.Conversation, fallback, OptionsOf(refused), IntentId.New(), clock.GetTimestamp(), cancellationToken).ConfigureAwait(false);
        ThrowIfPostponed(outcome);
        if (outcome is SendOutcome.WindowClosed { Reason: WindowClosedReason.Unknown })
        {
            throw new StoreUnavailableException("The fallback could not be claimed.");
        }

        metrics.CountFallback(number.Name, outcome);
    }

    /// <summary>Where nothing was refused for good, the work is to come again.</summary>
    private void ThrowIfPostponed(SendOutcome outcome)
    {
        switch (outcome)
        {
            case SendOutcome.Throttled throttled:
                throw new PostponedException(throttled.RetryAt);
            case SendOutcome.Rejected { Error.IsSafeToRetry: true }:
                throw new PostponedException(clock.GetInstant() + Duration.FromMinutes(1));
            case SendOutcome.WindowClosed { Reason: WindowClosedReason.Restricted }:
            case SendOutcome.Rejected { Error.Category: GraphErrorCategory.Configuration or GraphErrorCategory.Restricted }:
                throw new PostponedException(clock.GetInstant() + MendingDelay);
            default:
                break;
        }
    }

    private static SendOptions OptionsOf(SendIntent intent) => new()
    {
        ReplyTo = intent.ReplyTo,
        CallbackData = intent.CallbackData,
        IdentityKeyHash = intent.IdentityKeyHash,
        IsWithoutFallback = true,
    };

    /// <summary>Keeps a refused session message where the options say so, whatever became of its fallback.</summary>
    /// <returns>The outcome, with the id under which the message is kept.</returns>
    private async Task<SendOutcome> HoldAsync(SendOutcome outcome, NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options, CancellationToken cancellationToken)
    {
        if (options.WhenReopened.HoldFor is not { } time || outcome is SendOutcome.Invalid)
        {
            return outcome;
        }

        if (MediaParts.HasUploads(message))
        {
            return await UploadAndHoldAsync(outcome, number, conversation, message, options, cancellationToken).ConfigureAwait(false);
        }

        var held = NewHeld(number, conversation, message, options, time, IntentId.New(), clock.GetInstant());
        try
        {
            if (!await KeepHeldAsync(held, number).ConfigureAwait(false))
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
            SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired, Template: null } => new SendOutcome.WindowClosed { Reason = WindowClosedReason.Denied, HeldMessage = held.Id },
            SendOutcome.Rejected rejected => rejected with { HeldMessage = held.Id },
            SendOutcome.Throttled throttled => throttled with { HeldMessage = held.Id },
            SendOutcome.Ambiguous ambiguous => ambiguous with { HeldMessage = held.Id },
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no refusal of a session message."),
        };
    }

    /// <summary>What is kept outlives the content's stream, so it is uploaded now. When that fails nothing is kept, and the outcome says why, unless a fallback was tried: then that is what happened.</summary>
    private async Task<SendOutcome> UploadAndHoldAsync(SendOutcome outcome, NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options, CancellationToken cancellationToken)
    {
        var isOfFallback = outcome is SendOutcome.TemplateSent or SendOutcome.Ambiguous or SendOutcome.Throttled or SendOutcome.Rejected { Template: not null };
        SendOutcome? kept = null;
        try
        {
            var uploaded = await uploads.SendAsync(
                number,
                message,
                TermsOf(options),
                async (ready, _) => kept = await HoldAsync(outcome, number, conversation, ready, options, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            return kept ?? (isOfFallback ? outcome : uploaded);
        }
        catch (OperationCanceledException) when (isOfFallback)
        {
            return outcome;
        }
    }

    private HeldMessage NewHeld(NumberSettings number, ConversationKey conversation, SessionMessage message, SendOptions options, Duration time, IntentId id, Instant createdAt) => new()
    {
        Intent = NewIntent(id, conversation, message, options with { IsWithoutFallback = true, OrTemplate = null, OrTextIn = null }, number, evidence: null, createdAt),
        ExpiresAt = clock.GetInstant() + time,
    };

    /// <returns>False when its customer was erased meanwhile.</returns>
    private async Task<bool> KeepHeldAsync(HeldMessage held, NumberSettings number)
    {
        if (!await store.HoldAsync(held, CancellationToken.None).ConfigureAwait(false))
        {
            return false;
        }

        metrics.CountHeld(number.Id, HeldChange.Held);
        await KeepAsync(() => ReleaseIfOpenAsync(held)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Should the customer have written between the decision and now, nobody else would send it.</summary>
    private async ValueTask ReleaseIfOpenAsync(HeldMessage held)
    {
        var snapshot = await store.ReadAsync(held.Intent.Conversation, CancellationToken.None).ConfigureAwait(false);
        if (settings.Policy.Decide(snapshot, held.Intent.Message, metaClock.GetInstant()).Evidence is { } inbound)
        {
            await store.EnqueueAsync(held.ToRelease(inbound), CancellationToken.None).ConfigureAwait(false);
        }
    }
}
