using Microsoft.Extensions.Logging;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>Makes sends with an idempotency key once, and recalls what became of the first.</summary>
internal sealed class IdempotentSends(
    ISendStore store, KnownRefusals refusals, WhatsSessionSettings settings, TimeProvider clock, HeardTime heard, ILogger<IdempotentSends> log)
{
    // On the system's clock, as every wait for a store.
    private static readonly TimeSpan[] Polls = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(100)];

    // Those whose keys may be taken although the store said otherwise, or could not be given back.
    private readonly UnwrittenSends _unwritten = new();

    /// <param name="send">A send with a key.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SendOutcome> RunAsync(
        OutboundSend send, Func<OutboundSend, CancellationToken, Task<SendOutcome>> make, CancellationToken cancellationToken)
    {
        var key = new IdempotencyKey(send.Number.Id, send.Options.IdempotencyKey!);
        cancellationToken.ThrowIfCancellationRequested();
        var content = await SendDigest.OfAsync(send.Message, cancellationToken).ConfigureAwait(false);
        var (startedAt, patience) = (TimeProvider.System.GetTimestamp(), send.PatienceWithin(settings.Deadline));

        // From here on the key is given back or spent, whatever the caller's token says: one that nobody knows of would stop the next send.
        for (var poll = 0; await TakeAsync(key, new KeyedSend(send.Id, send.Conversation, content)).ConfigureAwait(false) is { } recorded; poll++)
        {
            if (!recorded.IsSameCustomer || !SendDigest.AreSame(recorded.Content.Span, content))
            {
                return new SendOutcome.Invalid { Violations = [OtherSend] };
            }

            if (recorded.Outcome.IsEmpty && _unwritten.TryTake(recorded.Intent, out _))
            {
                return await MakeAsync(key, send.Under(recorded.Intent), make, cancellationToken).ConfigureAwait(false);
            }

            // The first send is under way, and its outcome is this one's. It may give the key back, too.
            var outcome = await RecallAsync(recorded, send.Message, cancellationToken).ConfigureAwait(false);
            var delay = Polls[Math.Min(poll, Polls.Length - 1)];
            if (!recorded.Outcome.IsEmpty
                || outcome is not SendOutcome.Ambiguous
                || TimeProvider.System.GetElapsedTime(startedAt) + delay >= patience)
            {
                return outcome;
            }

            await Task.Delay(delay, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        return await MakeAsync(key, send, make, cancellationToken).ConfigureAwait(false);
    }

    private static Violation OtherSend { get; } = new(
        "options.IdempotencyKey", "was given before to a send to another customer or of another message; a key belongs to one send, for 8 days");

    private async ValueTask<RecordedOutcome?> TakeAsync(IdempotencyKey key, KeyedSend send)
    {
        try
        {
            return await store.TakeKeyAsync(key, send, heard.Latest, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // It may be taken all the same.
            _unwritten.Add(send.Intent);
            throw;
        }
    }

    private async Task<SendOutcome> MakeAsync(
        IdempotencyKey key, OutboundSend send, Func<OutboundSend, CancellationToken, Task<SendOutcome>> make, CancellationToken cancellationToken)
    {
        SendOutcome outcome;
        try
        {
            outcome = await make(send.StartingAt(clock.GetTimestamp()), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is (not OperationCanceledException) or CancelledBeforeWritingException)
        {
            // A cancelled wait for the answer alone leaves open whether Meta has the message.
            await BestEffort.WriteAsync(log, () => ReleaseAsync(key, send.Id)).ConfigureAwait(false);
            throw;
        }

        await BestEffort.WriteAsync(log, () => RecordAsync(key, send.Id, outcome)).ConfigureAwait(false);
        return outcome;
    }

    private async ValueTask RecordAsync(IdempotencyKey key, IntentId id, SendOutcome outcome)
    {
        if (OutcomeRecord.IsKept(outcome) || await LeavesOpenAsync(outcome, id).ConfigureAwait(false))
        {
            await store.RecordOutcomeAsync(key, id, OutcomeRecord.Write(outcome), CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            await ReleaseAsync(key, id).ConfigureAwait(false);
        }
    }

    private async ValueTask ReleaseAsync(IdempotencyKey key, IntentId id)
    {
        try
        {
            await store.ReleaseKeyAsync(key, id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            _unwritten.Add(id);
            throw;
        }
    }

    /// <summary>
    /// Whether Meta may have the message although it answered an error. Without an intent no message was posted: it was an upload that failed.
    /// </summary>
    private async ValueTask<bool> LeavesOpenAsync(SendOutcome outcome, IntentId id) =>
        outcome is SendOutcome.Rejected rejected
        && SendRetries.LeavesOpen(rejected.Error)
        && await store.ReadSendAsync(id, CancellationToken.None).ConfigureAwait(false) is not null;

    /// <summary>What became of the first send with the key, with what a status may have told since.</summary>
    private async Task<SendOutcome> RecallAsync(RecordedOutcome recorded, Message message, CancellationToken cancellationToken)
    {
        var outcome = recorded.Outcome.IsEmpty
            ? new SendOutcome.Ambiguous { IntentId = recorded.Intent, Cause = "the first send with this idempotency key is under way, or its process ended" }
            : OutcomeRecord.Read(recorded.Outcome);
        var intent = recorded.Intent;
        if (outcome is SendOutcome.Ambiguous ambiguous
            && await store.ReadSendAsync(ambiguous.IntentId, cancellationToken).ConfigureAwait(false) is { } send
            && send is { State: IntentState.Accepted, Message: { } accepted })
        {
            intent = ambiguous.IntentId;
            outcome = message is SessionMessage && send.Intent.Message is TemplateMessage
                ? new SendOutcome.TemplateSent { MessageId = accepted, HeldMessage = ambiguous.HeldMessage }
                : new SendOutcome.Accepted { MessageId = accepted };
        }

        return outcome.MessageId is not null && await store.ReadSendAsync(intent, cancellationToken).ConfigureAwait(false) is { } made
            ? await refusals.FindAsync(outcome, made, cancellationToken).ConfigureAwait(false) ?? outcome
            : outcome;
    }
}
