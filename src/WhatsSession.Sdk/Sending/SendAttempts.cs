using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>
/// The only class that posts messages. It stores the intent, posts, tries again what Meta surely did not accept, and settles:
/// for plain sends, fallbacks, held messages and second tries alike.
/// </summary>
internal sealed class SendAttempts(
    ISendStore store,
    GraphClient graph,
    SendGuard guard,
    UnwrittenSends unwritten,
    WhatsSessionSettings settings,
    WhatsSessionMetrics metrics,
    TimeProvider clock,
    HeardTime heard,
    RefusalLog refusals,
    ILogger<SendAttempts> log)
{
    // On the system's clock, as every wait for a store.
    private static readonly TimeSpan[] SettleDelays = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];

    /// <summary>Makes a send, as far as the guard lets it.</summary>
    /// <param name="send">The send.</param>
    /// <param name="claim">By what a fallback goes; null to ask the guard.</param>
    /// <param name="cancellationToken">Ends the wait. Once a fallback is claimed it ends only its requests and the waits between them.</param>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled; a <see cref="CancelledBeforeWritingException"/> while Meta surely did not have the message.
    /// </exception>
    /// <exception cref="StoreUnavailableException">Several hosts may be about to make the send, and it could not be stored that this one is to.</exception>
    // Its state is several hundred bytes: pooled, and so awaited once.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SendAttempt> RunAsync(OutboundSend send, Clearance? claim, CancellationToken cancellationToken)
    {
        SendIntent? intent = null;

        // A store that reported a failure may have stored it all the same.
        bool isStored = false, mayBeStored = false;
        for (var attempt = 1; ; attempt++)
        {
            // The guard runs for every request anew, never by what was known before a wait.
            var clearance = claim is null ? await guard.AskAsync(send, cancellationToken).ConfigureAwait(false)
                : send.Options.Seen is null ? claim.Value
                : await guard.AskAboutNewerAsync(send, cancellationToken).ConfigureAwait(false) ?? claim.Value;
            if (clearance.MaySend && (intent is null || intent.Evidence != clearance.Evidence))
            {
                var made = send.ToIntent(clearance.Evidence, heard.Latest);
                intent = intent is null ? made : made.SavedBy(intent.SaveToken);
            }

            if (clearance.MaySend && !isStored && send.Take is { } take)
            {
                intent = await SaveForOneAsync(intent!, take).ConfigureAwait(false);
                if (intent is null)
                {
                    return new SendAttempt(clearance, Intent: null, Result: null);
                }

                isStored = mayBeStored = true;
            }
            else if (clearance.MaySend && !isStored && clearance.IsStoreAvailable && (claim is null || attempt == 1))
            {
                if (send.IsReply && (intent = await SaveForOneAsync(intent!, Save).ConfigureAwait(false)) is null)
                {
                    return new SendAttempt(clearance, Intent: null, Result: null);
                }

                isStored = send.IsReply || await TrySaveAsync(intent!, claim is null ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
                mayBeStored = true;
                if (!isStored && claim is null)
                {
                    clearance = guard.AskWithoutStore(send);
                }

                // A fallback's claim alone keeps it from going twice, so it goes even if the store is away by now.
            }

            if (!clearance.MaySend || intent is null)
            {
                await SettleUnsentAsync(send, mayBeStored ? intent : null).ConfigureAwait(false);
                return new SendAttempt(clearance, mayBeStored ? intent : null, Result: null);
            }

            if (send.IsReply && !isStored)
            {
                // Its intent is its claim: without it the reply would go again with its event.
                throw new StoreUnavailableException("The reply could not be stored before it was to be sent.");
            }

            var result = await PostAsync(send, intent, mayBeStored, cancellationToken).ConfigureAwait(false);
            if (send.Take is null && await WaitToRetryAsync(result, attempt, send, mayBeStored ? intent : null, cancellationToken).ConfigureAwait(false))
            {
                metrics.CountRetry(send.Number.Name, result);
                continue;
            }

            refusals.Tell(send, result);

            await SettleAsync(send, result, intent, mayBeStored, guard.FactsOf(result, send, in clearance)).ConfigureAwait(false);
            return new SendAttempt(clearance, intent, result);
        }
    }

    // Pooled as above.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<GraphSendResult> PostAsync(OutboundSend send, SendIntent intent, bool isStored, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAndPostAsync(intent, send.Number, RemainingOf(send), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            var state = exception is CancelledBeforeWritingException ? IntentState.Failed : IntentState.Ambiguous;
            if (isStored)
            {
                await SettleAsync(send, new SendSettlement(intent.Id, state, Message: null), intent.SaveToken).ConfigureAwait(false);
            }

            throw;
        }
    }

    private Task<GraphSendResult> WriteAndPostAsync(SendIntent intent, NumberSettings number, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        Span<byte> callbackData = stackalloc byte[intent.CallbackData is null ? 64 : CallbackData.MaximumBytes];
        var envelope = new MessageEnvelope
        {
            ReplyTo = intent.ReplyTo,
            IdentityKeyHash = intent.IdentityKeyHash,
            MessagingAccountId = number.MessagingAccountId,
            CallbackData = callbackData[..CallbackData.Write(callbackData, intent.Id, intent.Evidence, intent.CallbackData)],
            Deadline = deadline,
        };
        return graph.Messages.SendAsync(intent.Conversation, intent.Message, number.Token, in envelope, cancellationToken);
    }

    /// <summary>What is left of the deadline for one request; null where the client's own, the whole, is right: after a wait that counts.</summary>
    private TimeSpan? RemainingOf(OutboundSend send)
    {
        var elapsed = clock.GetElapsedTime(send.StartedAt);
        return elapsed < TimeSpan.FromSeconds(1)
            ? send.Options.Deadline
            : TimeSpan.FromTicks(Math.Max(DeadlineOf(send).Ticks - elapsed.Ticks, TimeSpan.TicksPerSecond));
    }

    /// <summary>Waits until the message may be tried again, if it may within its deadline.</summary>
    private async ValueTask<bool> WaitToRetryAsync(
        GraphSendResult result, int attempt, OutboundSend send, SendIntent? stored, CancellationToken cancellationToken)
    {
        if (SendRetries.DelayAfter(result, attempt) is not { } delay || clock.GetElapsedTime(send.StartedAt) + delay >= send.PatienceWithin(settings.Deadline))
        {
            return false;
        }

        try
        {
            refusals.TellRetry(send, result, delay);
            await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException exception)
        {
            await SettleUnsentAsync(send, stored).ConfigureAwait(false);
            throw new CancelledBeforeWritingException(exception);
        }
    }

    private TimeSpan DeadlineOf(OutboundSend send) => send.Options.DeadlineWithin(settings.Deadline);

    private ValueTask<bool> Save(SendIntent intent) => store.SaveIntentAsync(intent, CancellationToken.None);

    /// <summary>Saves a send that several runs may be about to make. A run that met a failure of the store is still to make it if it was saved then.</summary>
    /// <returns>The send as it was saved, to be made; null when it was made before, or is under way.</returns>
    private async ValueTask<SendIntent?> SaveForOneAsync(SendIntent intent, Func<SendIntent, ValueTask<bool>> save)
    {
        if (unwritten.TryTake(intent.Id, out var token))
        {
            intent = intent.SavedBy(token);
        }

        try
        {
            return await save(intent).ConfigureAwait(false) ? intent : null;
        }
        catch (StoreUnavailableException)
        {
            unwritten.Add(intent.Id, intent.SaveToken);
            throw;
        }
    }

    /// <returns>Whether it is stored; false when the store is away.</returns>
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
            await SettleAsync(UnsentOf(intent.Id)).ConfigureAwait(false);
            throw new CancelledBeforeWritingException(exception);
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return false;
        }
    }

    /// <summary>The answer is here, so whatever the caller's token says, it is noted; and if the store fails now, the outcome is still the truth.</summary>
    private ValueTask SettleAsync(OutboundSend send, GraphSendResult result, SendIntent intent, bool isStored, ConversationState facts)
    {
        var (state, message) = result switch
        {
            GraphSendResult.Accepted accepted => (IntentState.Accepted, accepted.MessageId),
            _ when SendRetries.IsSurelyNotAccepted(result) => (IntentState.Failed, default(MessageId?)),
            _ => (IntentState.Ambiguous, null),
        };
        var settlement = new SendSettlement(send.Id, state, message)
        {
            Conversation = send.Conversation,
            Facts = facts,
            By = state == IntentState.Accepted ? send.Options.By : null,
            Alias = (result as GraphSendResult.Accepted)?.Alias,
            At = heard.Latest,
        };
        return send.Take is not null ? SettleSurelyAsync(settlement, intent.SaveToken)
            : isStored || facts != default || settlement.Alias is not null ? SettleAsync(send, settlement, intent.SaveToken)
            : default;
    }

    private ValueTask SettleUnsentAsync(OutboundSend send, SendIntent? stored) =>
        stored is null ? default : SettleAsync(send, UnsentOf(send.Id), stored.SaveToken);

    private static SendSettlement UnsentOf(IntentId intent) => new(intent, IntentState.Failed, Message: null);

    private ValueTask SettleAsync(OutboundSend send, SendSettlement settlement, long token) =>
        send.IsReply || send.Take is not null
            ? BestEffort.WriteAsync(log, () => SettleSurelyAsync(settlement, token))
            : SettleAsync(settlement);

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

    /// <summary>
    /// Notes what became of a send that is made again if it failed: one whose failure is not noted counts as one that may have gone out.
    /// So a store that blinks is asked again, and while it stays away this process remembers that Meta does not have the message.
    /// </summary>
    private async ValueTask SettleSurelyAsync(SendSettlement settlement, long token)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await store.SettleIntentAsync(settlement, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (StoreUnavailableException exception) when (tries < SettleDelays.Length)
            {
                log.StoreAskedAgain(exception, SettleDelays[tries]);
                await Task.Delay(SettleDelays[tries], TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            }
            catch when (settlement.State == IntentState.Failed)
            {
                unwritten.Add(settlement.Intent, token);
                throw;
            }
        }
    }
}
