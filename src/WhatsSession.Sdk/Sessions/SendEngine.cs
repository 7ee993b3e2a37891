using NodaTime;

namespace WhatsSession;

/// <summary>What the SDK itself does with events before handlers see them: it draws the consequences of refusals by status, and does the work that waited in the outbox.</summary>
internal sealed class SendEngine(IWhatsSessionStore store, WhatsSessionSettings settings, MessageDispatcher dispatcher, WhatsSessionMetrics metrics, TimeProvider clock)
{
    /// <summary>Its name among the handlers that completed.</summary>
    public const string Name = "WhatsSession.SendEngine";

    // Meta has been seen to refuse messages whose customer had written moments before, and to accept them shortly after.
    private static readonly Duration DoubtfulEvidence = Duration.FromMinutes(5);

    private static readonly Duration RetryDelay = Duration.FromSeconds(10);

    private static readonly Duration StoreDelay = Duration.FromSeconds(1);

    private static readonly Duration StrangerDelay = Duration.FromSeconds(10);

    // After a day a fallback, or a second try, is no longer what the customer waits for.
    private static readonly Duration LongestWait = Duration.FromDays(1);

    /// <summary>Whether a refusal may be one of those that Meta itself takes back: by the event alone, so that every host answers alike.</summary>
    public static bool IsDoubtful(DeliveryUpdated refusal) => refusal.Evidence > NodaConstants.UnixEpoch && refusal.Timestamp - refusal.Evidence < DoubtfulEvidence;

    /// <summary>Whether an event tells that Meta refused a message of ours because the window is closed.</summary>
    public static bool IsRefusal(WhatsAppEvent received) =>
        received is DeliveryUpdated { Intent: not null, Error.Code: GraphErrorCodes.ReEngagementRequired, Lane: EventLane.Status } status && status.Status == DeliveryStatus.Failed;

    public static bool Concerns(WhatsAppEvent received) => received is EngineWork || IsRefusal(received);

    public async Task RunAsync(WhatsAppEvent received, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(NumberOf(received), received, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            throw new PostponedException(clock.GetInstant() + StoreDelay, exception);
        }
    }

    private async Task RunAsync(NumberSettings number, WhatsAppEvent received, CancellationToken cancellationToken)
    {
        switch (received)
        {
            case EngineWork { Field: EngineWork.Release } work:
                await ReleaseAsync(number, work, cancellationToken).ConfigureAwait(false);
                break;
            case EngineWork { Field: EngineWork.Expire } work:
                await ExpireAsync(work, cancellationToken).ConfigureAwait(false);
                break;
            case EngineWork { Field: EngineWork.Retry } work:
                await RetryAsync(number, work, cancellationToken).ConfigureAwait(false);
                break;
            case EngineWork { Field: EngineWork.Fallback } work:
                await SendFallbackAsync(number, work, cancellationToken).ConfigureAwait(false);
                break;
            case DeliveryUpdated refusal:
                await RefuseAsync(number, refusal, cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw new NotSupportedException($"The work \"{received.Field}\" was stored by a newer version.");
        }
    }

    /// <summary>The event's number. One that this host does not know another host may: a program that is being replaced by a newer one, or one of two on the same store.</summary>
    private NumberSettings NumberOf(WhatsAppEvent received) =>
        settings.ById.TryGetValue(received.Number.GetValueOrDefault(), out var number) ? number
        : clock.GetInstant() < received.Timestamp + LongestWait ? throw new PostponedException(clock.GetInstant() + StrangerDelay)
        : throw new InvalidOperationException("The event belongs to a business number that the options of this host do not name.");

    private async Task ReleaseAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        if (await store.FindHeldAsync(work.Intent, cancellationToken).ConfigureAwait(false) is not { } held)
        {
            return;
        }

        if (clock.GetInstant() >= held.ExpiresAt)
        {
            await GiveUpAsync(held, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Its intent is stored before its request is written: whoever finds one that did not fail finds a message that went out, or may have.
        if (await store.ReadSendAsync(held.Id, cancellationToken).ConfigureAwait(false) is null or { State: IntentState.Failed })
        {
            await dispatcher.SendHeldAsync(number, held, cancellationToken).ConfigureAwait(false);
            return;
        }

        await store.TakeHeldAsync(held.Id, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task ExpireAsync(EngineWork work, CancellationToken cancellationToken)
    {
        if (await store.FindHeldAsync(work.Intent, cancellationToken).ConfigureAwait(false) is { } held)
        {
            await GiveUpAsync(held, cancellationToken).ConfigureAwait(false);
        }
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
        if (send.RetriedAfter is null || (send.RetriedAfter == refused && send.State == IntentState.Failed))
        {
            await dispatcher.RetryAsync(number, send, refused, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendFallbackAsync(NumberSettings number, EngineWork work, CancellationToken cancellationToken)
    {
        if (clock.GetInstant() < work.Timestamp + LongestWait && await store.ReadSendAsync(work.Intent, cancellationToken).ConfigureAwait(false) is { Intent: { Fallback: { } template } refused })
        {
            await dispatcher.SendFallbackAsync(number, refused, template, work.Anchor, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RefuseAsync(NumberSettings number, DeliveryUpdated refusal, CancellationToken cancellationToken)
    {
        var send = await store.ReadSendAsync(refusal.Intent!.Value, cancellationToken).ConfigureAwait(false);
        if (IsDoubtful(refusal) && send?.Intent.Message is SessionMessage)
        {
            if (send.RetriedAfter is null)
            {
                var retry = EngineWork.ToEvent(send.Intent, EngineWork.Retry, refusal.Evidence, clock.GetInstant() + RetryDelay, refusal.MessageId);
                await store.EnqueueAsync(retry, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (send.RetriedAfter == refusal.MessageId)
            {
                // Handled before; its second try has been made or is lost.
                return;
            }
        }

        // A status may name no recipient; and of a send that the store has no more nothing else does.
        if ((send?.Intent.Conversation ?? refusal.Conversation) is { } conversation)
        {
            await dispatcher.GiveUpAsync(conversation, refusal.Intent.Value, refusal.MessageId, refusal.Evidence, send?.Intent, number, cancellationToken).ConfigureAwait(false);
        }
    }
}
