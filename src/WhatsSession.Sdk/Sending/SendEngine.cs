using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>Does the work of the SDK itself that waited in the outbox: held messages, and the consequences of refusals by status.</summary>
internal sealed class SendEngine(IWhatsSessionStore store, WhatsSessionSettings settings, MessageDispatcher dispatcher, WhatsSessionMetrics metrics, TimeProvider clock, ILogger<SendEngine> log)
{
    /// <summary>Its name among the handlers, in telemetry.</summary>
    public const string Name = "WhatsSession.SendEngine";

    private static readonly Duration RetryDelay = Duration.FromSeconds(10);

    private static readonly Duration StoreDelay = Duration.FromSeconds(1);

    private static readonly Duration StrangerDelay = Duration.FromSeconds(10);

    // After a day a fallback, or a second try, is no longer what the customer waits for.
    private static readonly Duration LongestWait = Duration.FromDays(1);

    public async Task RunAsync(EngineWork work, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(NumberOf(work), work, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            throw new PostponedException(clock.GetInstant() + StoreDelay, exception);
        }
    }

    private Task RunAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken) => work.Field switch
    {
        EngineWork.Release => ReleaseAsync(number, work, cancellationToken),
        EngineWork.Expire => ExpireAsync(work, cancellationToken),
        EngineWork.Refusal or EngineWork.DoubtfulRefusal => RefuseAsync(number, work, cancellationToken),
        EngineWork.Retry => RetryAsync(number, work, cancellationToken),
        EngineWork.Fallback => SendFallbackAsync(number, work, cancellationToken),
        _ => throw new NotSupportedException($"The work \"{work.Field}\" was stored by a newer version."),
    };

    /// <summary>The number of a piece of work. One that this host does not know another host may: a program that is being replaced by a newer one, or one of two on the same store.</summary>
    private NumberSettings NumberOf(EngineWork work) =>
        settings.ById.TryGetValue(work.Number.GetValueOrDefault(), out var number) ? number
        : clock.GetInstant() < work.Timestamp + LongestWait ? throw new PostponedException(clock.GetInstant() + StrangerDelay)
        : throw new InvalidOperationException("The work belongs to a business number that the options of this host do not name.");

    private async Task ReleaseAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        if (await FindUnsentAsync(work, cancellationToken).ConfigureAwait(false) is not { } held)
        {
            return;
        }

        await (clock.GetInstant() >= held.ExpiresAt ? GiveUpAsync(held, cancellationToken) : dispatcher.SendHeldAsync(number, held, cancellationToken)).ConfigureAwait(false);
    }

    private async Task ExpireAsync(EngineWork work, CancellationToken cancellationToken)
    {
        // One that was held anew since has a later end of its own.
        if (await FindUnsentAsync(work, cancellationToken).ConfigureAwait(false) is { } held && clock.GetInstant() >= held.ExpiresAt)
        {
            await GiveUpAsync(held, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The held message, unless it went out or may have: its intent is stored before its request is written. Then it is held no longer.</summary>
    private async Task<HeldMessage?> FindUnsentAsync(EngineWork work, CancellationToken cancellationToken)
    {
        var held = await store.FindHeldAsync(work.Intent, cancellationToken).ConfigureAwait(false);
        if (held is null || await store.ReadSendAsync(held.Id, cancellationToken).ConfigureAwait(false) is null or { State: IntentState.Failed })
        {
            return held;
        }

        await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private async Task GiveUpAsync(HeldMessage held, CancellationToken cancellationToken)
    {
        // Told before it is taken out, and told once: its key is seen.
        if (await store.EnqueueAsync(EngineEvent.OfExpiry(held, clock.GetInstant()), cancellationToken).ConfigureAwait(false))
        {
            metrics.CountHeld(held.Intent.Conversation.Number, HeldChange.Expired);
        }

        await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RetryAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        if (work.Message is not { } refused || await store.ReadSendAsync(work.Intent, cancellationToken).ConfigureAwait(false) is not { } send)
        {
            return;
        }

        // A second try that did not fail went out, or may have: statuses tell what became of it, and a third is never made.
        if (send.RetriedAfter is not null && (send.RetriedAfter != refused || send.State != IntentState.Failed))
        {
            return;
        }

        await (clock.GetInstant() < work.Timestamp + LongestWait
            ? dispatcher.RetryAsync(number, send, refused, cancellationToken)
            : dispatcher.GiveUpAsync(send.Intent.Conversation, send.Intent.Id, refused, send.Intent.Evidence, send.Intent, number, cancellationToken)).ConfigureAwait(false);
    }

    private async Task SendFallbackAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        if (await store.ReadSendAsync(work.Intent, cancellationToken).ConfigureAwait(false) is not { Intent: { Fallback: { } template } refused })
        {
            return;
        }

        if (clock.GetInstant() < work.Timestamp + LongestWait)
        {
            await dispatcher.SendFallbackAsync(number, refused, template, work.Anchor, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            log.FallbackTooLate(work.Intent, number.Name);
        }
    }

    private async Task RefuseAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        var refused = work.Message.GetValueOrDefault();
        var send = await store.ReadSendAsync(work.Intent, cancellationToken).ConfigureAwait(false);
        if (work.Field == EngineWork.DoubtfulRefusal && send?.Intent.Message is SessionMessage)
        {
            if (send.RetriedAfter is null)
            {
                await store.EnqueueAsync(EngineWork.ToEvent(send.Intent, EngineWork.Retry, work.Anchor, clock.GetInstant() + RetryDelay, refused), cancellationToken).ConfigureAwait(false);
                return;
            }

            if (send.RetriedAfter == refused)
            {
                // Handled before; its second try has been made or is lost.
                return;
            }
        }

        // A status may name no recipient; and of a send that the store has no more nothing else does.
        if ((send?.Intent.Conversation ?? work.Conversation) is { } conversation)
        {
            await dispatcher.GiveUpAsync(conversation, work.Intent, refused, work.Anchor, send?.Intent, number, cancellationToken).ConfigureAwait(false);
        }
    }
}
