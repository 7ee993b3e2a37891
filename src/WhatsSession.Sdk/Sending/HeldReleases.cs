using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>Sends held messages when their customers have written, and ends those whose time is over.</summary>
internal sealed class HeldReleases(
    IHeldMessageStore store,
    ISendStore sends,
    IInboxStore inbox,
    SendPipeline pipeline,
    UnwrittenSends unwritten,
    WhatsSessionMetrics metrics,
    TimeProvider clock,
    HeardTime heard)
{
    // A clock may be put right, and Meta's time become known, at any moment.
    private static readonly Duration LongestWait = Duration.FromHours(1);

    /// <summary>Sends a held message through the guard, for its customer has written.</summary>
    /// <exception cref="PostponedException">It cannot go now, and may go later.</exception>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it may go.</exception>
    public async Task ReleaseAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        if (await FindUnsentAsync(work, cancellationToken).ConfigureAwait(false) is not { } held)
        {
            return;
        }

        // That the customer wrote after its end is told by Meta, whatever this host knows of the time.
        var now = Instant.Max(heard.Sure, work.Anchor);
        await (now >= held.ExpiresAt ? EndAsync(held, cancellationToken) : SendAsync(number, held, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Ends a held message whose time is over.</summary>
    /// <exception cref="PostponedException">It is not over by Meta's time: the clock of whoever claimed the work is ahead.</exception>
    public async Task ExpireAsync(EngineWork work, CancellationToken cancellationToken)
    {
        // One that was held anew since has a later end of its own, and work for that. Work knows its moment to the second.
        if (await FindUnsentAsync(work, cancellationToken).ConfigureAwait(false) is not { } held || held.ExpiresAt >= work.Anchor + Duration.FromSeconds(1))
        {
            return;
        }

        // Work that is done does not come again, and nothing else would end the message.
        var left = held.ExpiresAt - heard.Sure;
        if (left > Duration.Zero)
        {
            throw new PostponedException(heard.ForDispatch + Duration.Min(left, LongestWait));
        }

        await EndAsync(held, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The held message, unless it went out or may have: its intent is stored before its request is written. Then it is held no longer.</summary>
    private async Task<HeldMessage?> FindUnsentAsync(EngineWork work, CancellationToken cancellationToken)
    {
        if (await store.FindHeldAsync(work.Intent, cancellationToken).ConfigureAwait(false) is not { } held)
        {
            return null;
        }

        // What this process remembers of it counts only while nobody else has saved it: the store is asked first.
        var known = await sends.ReadSendAsync(held.Id, cancellationToken).ConfigureAwait(false);
        if (known is null or { State: IntentState.Failed } || (known.State == IntentState.Pending && await TakeBackAsync(held).ConfigureAwait(false)))
        {
            return held;
        }

        await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private Task<bool> TakeBackAsync(HeldMessage held) =>
        unwritten.TakeBackAsync(sends, held.Id, token => store.ReleaseHeldAsync(held.Intent.SavedBy(token), CancellationToken.None));

    /// <summary>One that is refused because the window is closed is held on; its fallback had its chance.</summary>
    private async Task SendAsync(NumberSettings number, HeldMessage held, CancellationToken cancellationToken)
    {
        var send = new ResumedSend(
            held.Intent,
            number,
            clock.GetTimestamp(),
            sending => store.ReleaseHeldAsync(sending, CancellationToken.None),
            isAutomatic: true);
        var outcome = await pipeline.RunAsync(send, cancellationToken).ConfigureAwait(false);
        PostponedException.ThrowIfNotFinal(outcome, heard);
        if (outcome is SendOutcome.WindowClosed or SendOutcome.Rejected { Error.Code: GraphErrorCodes.ReEngagementRequired })
        {
            // The customer's next message starts this anew.
            return;
        }

        var isFailure = !SendRetries.MayBeAccepted(outcome);
        if (isFailure)
        {
            // Told before it is taken out, and told once: its key is seen.
            await inbox.EnqueueAsync(EngineEvent.OfFailure(held, outcome, clock.GetInstant()), CancellationToken.None).ConfigureAwait(false);
        }

        if (await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false) is not null)
        {
            metrics.CountHeld(number.Id, isFailure ? HeldChange.Failed : HeldChange.Sent);
        }
    }

    private async Task EndAsync(HeldMessage held, CancellationToken cancellationToken)
    {
        // Told before it is taken out, and told once: its key is seen.
        if (await inbox.EnqueueAsync(EngineEvent.OfExpiry(held, clock.GetInstant()), cancellationToken).ConfigureAwait(false))
        {
            metrics.CountHeld(held.Intent.Conversation.Number, HeldChange.Expired);
        }

        await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false);
    }
}
