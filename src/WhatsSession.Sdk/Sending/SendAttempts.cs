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
    WhatsSessionSettings settings,
    WhatsSessionMetrics metrics,
    TimeProvider clock,
    HeardTime heard,
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
    // Its state is several hundred bytes: pooled, and so awaited once.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SendAttempt> RunAsync(OutboundSend send, Clearance? claim, CancellationToken cancellationToken)
    {
        SendIntent? intent = null;
        var isStored = false;
        for (var attempt = 1; ; attempt++)
        {
            // The guard runs for every request anew, never by what was known before a wait.
            var clearance = claim ?? await guard.AskAsync(send, cancellationToken).ConfigureAwait(false);
            if (clearance.MaySend && (intent is null || intent.Evidence != clearance.Evidence))
            {
                intent = send.ToIntent(clearance.Evidence, heard.Latest);
            }

            if (clearance.MaySend && !isStored && send.Take is { } take)
            {
                isStored = await take(intent!).ConfigureAwait(false);
                if (!isStored)
                {
                    return new SendAttempt(clearance, Intent: null, Result: null);
                }
            }
            else if (clearance.MaySend && !isStored && clearance.IsStoreAvailable && (claim is null || attempt == 1))
            {
                var isMine = await TrySaveAsync(intent!, claim is null && !send.IsReply ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
                if (isMine == false && send.IsReply)
                {
                    return new SendAttempt(clearance, Intent: null, Result: null);
                }

                isStored = isMine is not null;
                if (!isStored && claim is null)
                {
                    clearance = guard.AskWithoutStore(send);
                }

                // A fallback's claim alone keeps it from going twice, so it goes even if the store is away by now.
            }

            if (!clearance.MaySend || intent is null)
            {
                await SettleUnsentAsync(send, isStored).ConfigureAwait(false);
                return new SendAttempt(clearance, isStored ? intent : null, Result: null);
            }

            var result = await PostAsync(send, intent, isStored, cancellationToken).ConfigureAwait(false);
            if (send.Take is null && await WaitToRetryAsync(result, attempt, send, isStored, cancellationToken).ConfigureAwait(false))
            {
                metrics.CountRetry(send.Number.Name, result);
                continue;
            }

            await SettleAsync(send, result, isStored, guard.FactsOf(result, send, in clearance)).ConfigureAwait(false);
            return new SendAttempt(clearance, intent, result);
        }
    }

    // Pooled as above.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<GraphSendResult> PostAsync(OutboundSend send, SendIntent intent, bool isStored, CancellationToken cancellationToken)
    {
        try
        {
            var result = await WriteAndPostAsync(intent, send.Number, RemainingOf(send), cancellationToken).ConfigureAwait(false);
            if (result is not GraphSendResult.Accepted)
            {
                log.MessageNotAccepted(intent.Id, send.Number.Name, result);
            }

            return result;
        }
        catch (OperationCanceledException exception)
        {
            var state = exception is CancelledBeforeWritingException ? IntentState.Failed : IntentState.Ambiguous;
            if (isStored)
            {
                await SettleAsync(send, new SendSettlement(intent.Id, state, Message: null)).ConfigureAwait(false);
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
    private async ValueTask<bool> WaitToRetryAsync(GraphSendResult result, int attempt, OutboundSend send, bool isStored, CancellationToken cancellationToken)
    {
        if (SendRetries.DelayAfter(result, attempt) is not { } delay || clock.GetElapsedTime(send.StartedAt) + delay >= send.PatienceWithin(settings.Deadline))
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
            await SettleUnsentAsync(send, isStored).ConfigureAwait(false);
            throw new CancelledBeforeWritingException(exception);
        }
    }

    private TimeSpan DeadlineOf(OutboundSend send) => send.Options.DeadlineWithin(settings.Deadline);

    /// <returns>Whether the send is to be made: false when it was made before, or is under way; null when the store is away.</returns>
    private async ValueTask<bool?> TrySaveAsync(SendIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return await store.SaveIntentAsync(intent, cancellationToken).ConfigureAwait(false);
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
            return null;
        }
    }

    /// <summary>The answer is here, so whatever the caller's token says, it is noted; and if the store fails now, the outcome is still the truth.</summary>
    private ValueTask SettleAsync(OutboundSend send, GraphSendResult result, bool isStored, ConversationState facts)
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
            Alias = (result as GraphSendResult.Accepted)?.Alias,
            At = heard.Latest,
        };
        return send.Take is not null ? SettleSurelyAsync(settlement)
            : isStored || facts != default || settlement.Alias is not null ? SettleAsync(send, settlement)
            : default;
    }

    private ValueTask SettleUnsentAsync(OutboundSend send, bool isStored) => isStored ? SettleAsync(send, UnsentOf(send.Id)) : default;

    private static SendSettlement UnsentOf(IntentId intent) => new(intent, IntentState.Failed, Message: null);

    private ValueTask SettleAsync(OutboundSend send, SendSettlement settlement) =>
        send.IsReply ? BestEffort.WriteAsync(log, () => SettleSurelyAsync(settlement)) : SettleAsync(settlement);

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
    /// So a store that blinks is asked again.
    /// </summary>
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
}
