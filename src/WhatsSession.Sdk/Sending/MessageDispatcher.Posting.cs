using System.Runtime.CompilerServices;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <content>Requests, their retries, and what is noted of them; fallbacks.</content>
internal sealed partial class MessageDispatcher
{
    // On the system's clock, as every wait for a store.
    private static readonly TimeSpan[] SettleDelays = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];

    private async Task<SendOutcome> SendFallbackAsync(NumberSettings number, ConversationKey conversation, Fallback fallback, SendOptions options, IntentId id, long started, CancellationToken cancellationToken)
    {
        if (MediaParts.HasUploads(fallback.Template))
        {
            return await UploadAndSendFallbackAsync(number, conversation, fallback, options, id, cancellationToken).ConfigureAwait(false);
        }

        // From the claim on, the caller's token ends only the request: a claim that nobody knows of would cost the customer the template.
        if (cancellationToken.IsCancellationRequested)
        {
            throw new CancelledBeforeWritingException(new OperationCanceledException(cancellationToken));
        }

        var claim = fallback.ToClaim(conversation);
        try
        {
            if (!await store.ClaimFallbackAsync(claim, clock.GetInstant(), CancellationToken.None).ConfigureAwait(false))
            {
                return new SendOutcome.WindowClosed { Reason = fallback.Reason, Since = fallback.ClosedAt, FallbackAlreadySent = true };
            }
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return new SendOutcome.WindowClosed { Reason = WindowClosedReason.Unknown };
        }

        // The claim alone keeps it from going twice, so it goes even if the store is away by now.
        var intent = new SendIntent { Id = id, Conversation = conversation, Message = fallback.Template, Evidence = fallback.Anchor, CreatedAt = clock.GetInstant(), CallbackData = options.CallbackData };
        var isStored = await TrySaveAsync(intent, CancellationToken.None).ConfigureAwait(false);
        GraphSendResult result;
        try
        {
            result = await PostAsync(number, intent, isStored, options, started, cancellationToken).ConfigureAwait(false);
            for (var attempt = 1; await WaitToRetryAsync(result, attempt, started, options, id, isStored, cancellationToken).ConfigureAwait(false); attempt++)
            {
                metrics.CountRetry(number.Name, result);
                result = await PostAsync(number, intent, isStored, options, started, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception)
        {
            await KeepAsync(() => exception is CancelledBeforeWritingException ? store.ReleaseFallbackAsync(claim, CancellationToken.None) : store.CompleteFallbackAsync(claim, CancellationToken.None))
                .ConfigureAwait(false);
            throw;
        }

        await SettleAsync(intent, result, isStored, facts: default).ConfigureAwait(false);

        // Only a template that Meta surely did not accept may be tried again.
        await KeepAsync(() => SendRetries.IsSurelyNotAccepted(result) ? store.ReleaseFallbackAsync(claim, CancellationToken.None) : store.CompleteFallbackAsync(claim, CancellationToken.None))
            .ConfigureAwait(false);
        return result is GraphSendResult.Accepted accepted
            ? new SendOutcome.TemplateSent { MessageId = accepted.MessageId, Status = accepted.Status, ClosedAt = fallback.ClosedAt }
            : ToOutcome(result, id, fallback.Template);
    }

    private async Task<SendOutcome> UploadAndSendFallbackAsync(NumberSettings number, ConversationKey conversation, Fallback fallback, SendOptions options, IntentId id, CancellationToken cancellationToken)
    {
        // The key is that of the contents: an id changes with each upload.
        var outcome = await uploads.SendAsync(
            number,
            fallback.Template,
            new UploadTerms(DeadlineOf(options), KeepFor: Duration.Zero),
            (ready, identity) => SendFallbackAsync(number, conversation, fallback with { Template = ready, CallersKey = fallback.CallersKey ?? Fallback.KeyOf(identity) }, options, id, clock.GetTimestamp(), cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            SendOutcome.Rejected rejected => rejected with { Template = fallback.Template },
            SendOutcome.Throttled throttled => throttled with { Template = fallback.Template },
            SendOutcome.Invalid invalid => new SendOutcome.Invalid { Violations = [.. invalid.Violations.Select(OfFallback)] },
            _ => outcome,
        };
    }

    // Pooled like that of the dispatch.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<GraphSendResult> PostAsync(NumberSettings number, SendIntent intent, bool isStored, SendOptions options, long started, CancellationToken cancellationToken)
    {
        try
        {
            var result = await WriteAndPostAsync(intent, number.Token, RemainingOf(options, started), cancellationToken).ConfigureAwait(false);
            if (result is not GraphSendResult.Accepted)
            {
                log.MessageNotAccepted(intent.Id, number.Name, result);
            }

            return result;
        }
        catch (OperationCanceledException exception)
        {
            var state = exception is CancelledBeforeWritingException ? IntentState.Failed : IntentState.Ambiguous;
            if (isStored)
            {
                await SettleAsync(new SendSettlement(intent.Id, state, Message: null)).ConfigureAwait(false);
            }

            throw;
        }
    }

    private Task<GraphSendResult> WriteAndPostAsync(SendIntent intent, AccessToken token, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        Span<byte> callbackData = stackalloc byte[intent.CallbackData is null ? 64 : CallbackData.MaximumBytes];
        var envelope = new MessageEnvelope
        {
            ReplyTo = intent.ReplyTo,
            IdentityKeyHash = intent.IdentityKeyHash,
            CallbackData = callbackData[..CallbackData.Write(callbackData, intent.Id, intent.Evidence, intent.CallbackData)],
            Deadline = deadline,
        };
        return graph.Messages.SendAsync(intent.Conversation, intent.Message, token, in envelope, cancellationToken);
    }

    /// <summary>What is left of the deadline for one request; null where the client's own, the whole, is right: after a wait that counts.</summary>
    private TimeSpan? RemainingOf(SendOptions options, long started)
    {
        var elapsed = clock.GetElapsedTime(started);
        return elapsed < TimeSpan.FromSeconds(1) ? options.Deadline : TimeSpan.FromTicks(Math.Max(DeadlineOf(options).Ticks - elapsed.Ticks, TimeSpan.TicksPerSecond));
    }

    /// <summary>Waits until the message may be tried again, if it may within its deadline.</summary>
    private async ValueTask<bool> WaitToRetryAsync(GraphSendResult result, int attempt, long started, SendOptions options, IntentId intent, bool isStored, CancellationToken cancellationToken)
    {
        if (SendRetries.DelayAfter(result, attempt) is not { } delay || clock.GetElapsedTime(started) + delay >= DeadlineOf(options))
        {
            return false;
        }

        try
        {
            await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException exception)
        {
            await SettleUnsentAsync(intent, isStored).ConfigureAwait(false);
            throw new CancelledBeforeWritingException(exception);
        }
    }

    private async ValueTask<bool> TrySaveAsync(SendIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveIntentAsync(intent, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException exception)
        {
            // It may be stored all the same.
            await SettleUnsentAsync(intent.Id, isStored: true).ConfigureAwait(false);
            throw new CancelledBeforeWritingException(exception);
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return false;
        }
    }

    /// <summary>The answer is here, so whatever the caller's token says, it is noted; and if the store fails now, the outcome is still the truth.</summary>
    private ValueTask SettleAsync(SendIntent intent, GraphSendResult result, bool isStored, ConversationState facts, bool insists = false)
    {
        var (state, message) = result switch
        {
            GraphSendResult.Accepted accepted => (IntentState.Accepted, accepted.MessageId),
            _ when SendRetries.IsSurelyNotAccepted(result) => (IntentState.Failed, default(MessageId?)),
            _ => (IntentState.Ambiguous, null),
        };
        var settlement = new SendSettlement(intent.Id, state, message) { Conversation = intent.Conversation, Facts = facts };
        return insists ? SettleSurelyAsync(settlement) : isStored || facts != default ? SettleAsync(settlement) : default;
    }

    private ValueTask SettleUnsentAsync(IntentId intent, bool isStored) => isStored ? SettleAsync(new SendSettlement(intent, IntentState.Failed, Message: null)) : default;

    private async ValueTask SettleAsync(SendSettlement settlement)
    {
        try
        {
            await store.SettleIntentAsync(settlement, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever the store's trouble is, Meta's answer is not to be lost over it.
            log.StoreUnavailable(exception);
        }
    }

    /// <summary>Notes what became of a send that is made again if it failed: one whose failure is not noted counts as one that may have gone out. So a store that blinks is asked again.</summary>
    private async ValueTask SettleSurelyAsync(SendSettlement settlement)
    {
        foreach (var delay in SettleDelays)
        {
            try
            {
                await store.SettleIntentAsync(settlement, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (StoreUnavailableException exception)
            {
                log.StoreUnavailable(exception);
                await Task.Delay(delay, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            }
        }

        await store.SettleIntentAsync(settlement, CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask KeepAsync(Func<ValueTask> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // As above.
            log.StoreUnavailable(exception);
        }
    }
}
