using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sequences;

/// <summary>Makes the steps of runs when they are due: each goes the way of every send, at most once.</summary>
internal sealed class SequenceSteps(
    ISequenceStore store,
    IConversationStore conversations,
    ISendStore sends,
    SequenceSet sequences,
    SequenceWrites writes,
    SendPipeline pipeline,
    TimeProvider clock,
    HeardTime heard,
    ILogger<SequenceSteps> log) : IEngineWorker
{
    private static readonly Duration StrangerDelay = Duration.FromSeconds(10);

    public bool Takes(EngineWork work) => work.Field == EngineWork.SequenceStep;

    /// <exception cref="PostponedException">It cannot go now, and may go later.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it may go.</exception>
    public async Task RunAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        // Work of an older revision: the run has been paused, resumed or planned anew since, or this step is done.
        if (await store.FindSequenceAsync(work.Intent, cancellationToken).ConfigureAwait(false) is not { State: SequenceState.Running } run
            || run.Revision != work.Revision || SequencePlan.NextOf(run) is not { } index)
        {
            return;
        }

        var hours = sequences.HoursOf(run);
        if (await WasTriedAsync(run, index, cancellationToken).ConfigureAwait(false))
        {
            // What became of it was not noted. Its id tells, and it goes again only where Meta surely does not have it.
            var closing = await writes.FindClosingAsync(run.Conversation, cancellationToken).ConfigureAwait(false);
            await SendAsync(number, run, index, closing, hours, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await FindEndAsync(run, cancellationToken).ConfigureAwait(false) is { } end)
        {
            await EndAsync(run, end, cancellationToken).ConfigureAwait(false);
            return;
        }

        var now = heard.ForDispatch;
        if (sequences.LacksCalendarOf(run) && !SequencePlan.IsTooLate(run.Steps[index], now, hours))
        {
            // A host that has it takes it meanwhile.
            throw new PostponedException(now + StrangerDelay);
        }

        if (run.Sequence is not null && hours.NextAllowed(now) is var allowed && allowed != now)
        {
            await PutOffAsync(run, index, allowed, now, cancellationToken).ConfigureAwait(false);
            return;
        }

        var step = run.Steps[index];
        var closesAt = await writes.FindClosingAsync(run.Conversation, cancellationToken).ConfigureAwait(false);
        if (SequencePlan.IsTooLate(step, now, hours))
        {
            await NoteAsync(run, index, Left(step, "It could not be sent for a day.", now), closesAt, hours).ConfigureAwait(false);
        }
        else if (step.Timing == SequenceTiming.BeforeClosing && closesAt is null && !step.HasTemplate)
        {
            await NoteAsync(run, index, Left(step, "The customer service window was closed.", now), closesAt, hours).ConfigureAwait(false);
        }
        else
        {
            await SendAsync(number, run, index, closesAt, hours, cancellationToken).ConfigureAwait(false);
        }
    }

    private static SequenceStep Left(SequenceStep step, string reason, Instant now) =>
        step with { State = SequenceStepState.Skipped, EndedAt = now, Reason = reason };

    /// <summary>Whether the step's request was made, or may have been.</summary>
    private async ValueTask<bool> WasTriedAsync(SequenceRun run, int index, CancellationToken cancellationToken) =>
        await sends.ReadSendAsync(SequenceSend.IdOf(run, index), cancellationToken).ConfigureAwait(false) is { } known
        && !IntentTransitions.MayTryAnew(known.State);

    /// <summary>Why the run is over before its next step; null when it is not.</summary>
    private async Task<SequenceState?> FindEndAsync(SequenceRun run, CancellationToken cancellationToken)
    {
        if (run.EndsOnAnswer && await conversations.HasNewerInboundAsync(run.Conversation, run.Point, cancellationToken).ConfigureAwait(false))
        {
            return SequenceState.Answered;
        }

        // A phone number may have got another owner, whose conversation does not show the run. Or two identifiers turn out to be one customer: then the
        // earlier run counts. Before a scheduled message there may be many others, which do not matter.
        var last = run.Sequence is null ? run with { StartedAt = run.StartedAt - Duration.FromTicks(1) } : null;
        while (await store.ListSequencesAsync(run.Conversation, last, 100, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var listed in page)
            {
                if (listed.Id == run.Id)
                {
                    return null;
                }

                if (run.Sequence is not null && listed.Sequence == run.Sequence && listed.Conversation != run.Conversation
                    && !(listed.EndedAt <= run.StartedAt))
                {
                    return SequenceState.Cancelled;
                }
            }

            last = page[^1];
        }

        return SequenceState.CustomerChanged;
    }

    private async Task SendAsync(
        NumberSettings number, SequenceRun run, int index, Instant? closesAt, SequenceHours hours, CancellationToken cancellationToken)
    {
        var step = run.Steps[index];
        var send = new SequenceSend(run, index, number, run.Point, clock.GetTimestamp());
        var outcome = await pipeline.RunAsync(send, cancellationToken).ConfigureAwait(false);
        switch (outcome)
        {
            case SendOutcome.Overtaken:
                await EndAsync(run, SequenceState.Answered, CancellationToken.None).ConfigureAwait(false);
                return;
            case SendOutcome.OptedOut:
                await EndAsync(run, SequenceState.OptedOut, CancellationToken.None).ConfigureAwait(false);
                return;
            default:
                PostponedException.ThrowIfNotFinal(outcome, heard);
                break;
        }

        var state = outcome switch
        {
            SendOutcome.TemplateSent when step.Message is SessionMessage => SequenceStepState.TemplateSent,
            { IsAccepted: true } => SequenceStepState.Sent,
            _ when SendRetries.MayBeAccepted(outcome) => SequenceStepState.Uncertain,
            SendOutcome.WindowClosed or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired } => SequenceStepState.Skipped,
            _ => SequenceStepState.Refused,
        };
        var reason = outcome.IsAccepted ? null : outcome.Describe();
        var ended = step with { State = state, EndedAt = heard.ForDispatch, MessageId = outcome.MessageId, Reason = reason };
        await NoteAsync(run, index, ended, closesAt, hours).ConfigureAwait(false);
    }

    /// <summary>Notes what became of a step. Should that fail, the work comes again, and the send is known by its id.</summary>
    private async Task NoteAsync(SequenceRun run, int index, SequenceStep ended, Instant? closesAt, SequenceHours hours)
    {
        if (ended.State is SequenceStepState.Skipped or SequenceStepState.Refused or SequenceStepState.Uncertain)
        {
            log.SequenceStepNotSent(index + 1, NameOf(run), run.Id, ended.Reason ?? "");
        }

        var kept = await writes.ChangeAsync(
            run, other => SequencePlan.EndStep(other, index, ended, closesAt, hours), CancellationToken.None).ConfigureAwait(false);
        if (kept is { HasEnded: true })
        {
            log.SequenceEnded(NameOf(run), run.Id, kept.State);
        }
    }

    private async Task EndAsync(SequenceRun run, SequenceState state, CancellationToken cancellationToken)
    {
        var now = heard.ForDispatch;
        await writes.ChangeAsync(run, other => other.HasEnded ? null : SequencePlan.End(other, state, now), cancellationToken).ConfigureAwait(false);
        log.SequenceEnded(NameOf(run), run.Id, state);
    }

    /// <summary>The step came late, into quiet hours or a closed day: it goes at the next allowed moment, or never where the calendar has none.</summary>
    private async Task PutOffAsync(SequenceRun run, int index, Instant? until, Instant now, CancellationToken cancellationToken)
    {
        if (until is { } later)
        {
            await writes.ChangeAsync(
                run, other => other.Revision == run.Revision ? other with { DueAt = later } : null, cancellationToken).ConfigureAwait(false);
            return;
        }

        var never = Left(run.Steps[index], "The calendar of the sequence has no business day any more.", now);
        await NoteAsync(run, index, never, closesAt: null, sequences.HoursOf(run)).ConfigureAwait(false);
    }

    private static string NameOf(SequenceRun run) => run.Sequence ?? "(scheduled message)";
}
