using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using WhatsSession.TemplateCatalog;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>The one way out: every path that posts a message goes through here, so the guard, the stored intent and the bookkeeping apply to all of them.</summary>
internal sealed partial class MessageDispatcher(
    IWhatsSessionStore store, GraphClient graph, MediaUploads uploads, WhatsSessionSettings settings, DeliveryWaits waits, WhatsSessionMetrics metrics, TemplateReadiness templates, MetaClock metaClock, TimeProvider clock, ILogger<MessageDispatcher> log)
{
    private readonly IWindowSource? _windows = store as IWindowSource;
    private readonly ConversationTurns _turns = new(clock);

    public Task<SendOutcome> SendAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        SendOptions.ThrowIfInvalid(options);
        MessageJson.ThrowIfInvalid(message);
        MessageJson.ThrowIfInvalid(options.OrTemplate);
        if (message is ReactionMessage && options.ReplyTo is not null)
        {
            throw new ArgumentException("A reaction names its message itself; leave ReplyTo out.", nameof(options));
        }

        if (FindViolations(message, options.OrTemplate, conversation) is { Count: > 0 } violations)
        {
            var invalid = new SendOutcome.Invalid { Violations = violations };
            metrics.CountSend(number.Name, invalid);
            return Task.FromResult<SendOutcome>(invalid);
        }

        var intent = IntentId.New();
        return options.IdempotencyKey is null
            ? SendInTurnAsync(number, conversation, message, options, intent, cancellationToken)
            : SendOnceAsync(number, conversation, message, options, intent, cancellationToken);
    }

    /// <summary>The media of a number; nothing here posts a message.</summary>
    public MediaUploads Uploads => uploads;

    /// <summary>Needs no window.</summary>
    public Task<GraphResult> MarkReadAsync(NumberSettings number, MessageId message, bool typing, CancellationToken cancellationToken) =>
        graph.Messages.MarkReadAsync(number.Id, message, number.Token, typing, cancellationToken);

    public Task<MediaDownload> DownloadAsync(NumberSettings number, MediaReceived media, Stream destination, CancellationToken cancellationToken) =>
        graph.Media.DownloadAsync(new MediaLocation(number.Id, media.MediaId, media.Url, media.Sha256), destination, number.Token, cancellationToken);

    /// <param name="conversation">The conversation.</param>
    /// <param name="place">Where a store in memory found it before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public ValueTask<WindowStatus> GetWindowAsync(ConversationKey conversation, ref WindowPlace place, CancellationToken cancellationToken) =>
        _windows is not null && !cancellationToken.IsCancellationRequested && _windows.TryRead(conversation, ref place, out var facts)
            ? new(settings.Policy.Window(facts, metaClock.GetInstant()))
            : ReadWindowAsync(conversation, cancellationToken);

    public ValueTask<ConversationSnapshot> GetSnapshotAsync(ConversationKey conversation, CancellationToken cancellationToken) => ReadAsync(conversation, cancellationToken);
    public Task<MediaDownload> DownloadAsync(NumberSettings number, string mediaId, Stream destination, CancellationToken cancellationToken) =>
        graph.Media.DownloadAsync(new MediaLocation(number.Id, mediaId, Address: null, Sha256: null), destination, number.Token, cancellationToken);

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken) =>
        store.ReadLogAsync(conversation, before, limit, cancellationToken);

    public ValueTask<MessageDelivery> GetDeliveryAsync(PhoneNumberId number, MessageId message, CancellationToken cancellationToken) => store.ReadDeliveryAsync(number, message, cancellationToken);

    public Task<MessageDelivery> WaitForDeliveryAsync(PhoneNumberId number, MessageId message, TimeSpan timeout, CancellationToken cancellationToken) =>
        waits.WaitAsync(number, message, timeout, cancellationToken);

    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldAsync(ConversationKey conversation, int limit, CancellationToken cancellationToken) =>
        store.ListHeldAsync(conversation, limit, cancellationToken);

    public async ValueTask<bool> CancelHeldAsync(ConversationKey conversation, IntentId held, CancellationToken cancellationToken)
    {
        if (!await store.CancelHeldAsync(conversation, held, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        metrics.CountHeld(conversation.Number, HeldChange.Cancelled);
        return true;
    }

    /// <summary>Adds what another system knows: when the customer wrote. A time in the future counts as five minutes from now at most.</summary>
    public ValueTask RecordInboundAsync(ConversationKey conversation, Instant at, CancellationToken cancellationToken) =>
        store.JoinAsync(conversation, InboundAt(at), cancellationToken);

    /// <summary>The same of many conversations.</summary>
    public ValueTask RecordInboundAsync(IReadOnlyList<(ConversationKey Conversation, Instant At)> messages, CancellationToken cancellationToken) =>
        store.JoinAsync([.. messages.Select(message => (message.Conversation, InboundAt(message.At)))], cancellationToken);

    /// <summary>Erases what is kept of a conversation.</summary>
    public ValueTask EraseAsync(ConversationKey conversation, CancellationToken cancellationToken) => store.EraseAsync(conversation, clock.GetInstant(), cancellationToken);

    private ConversationState InboundAt(Instant at) => new(CustomerServiceWindow.Clamp(at, clock.GetInstant()), denied: null);

    private async ValueTask<WindowStatus> ReadWindowAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        return settings.Policy.Window(snapshot, metaClock.GetInstant());
    }

    private static IReadOnlyList<Violation> FindViolations(Message message, TemplateMessage? fallback, ConversationKey conversation)
    {
        var violations = message.CheckFor(conversation);
        return fallback is null || OfFallback(fallback, conversation, broken: null) is not { } ofFallback ? violations : [.. violations, .. ofFallback];
    }

    private static List<Violation>? OfFallback(TemplateMessage fallback, ConversationKey conversation, Violation? broken)
    {
        var violations = fallback.CheckFor(conversation);
        return violations.Count == 0 && broken is null ? null
            : [.. violations.Concat(broken is { } one ? [one] : []).Select(OfFallback)];
    }

    private static Violation OfFallback(Violation violation) => violation with { Path = "orTemplate." + violation.Path };

    private async Task<SendOutcome> TakeTurnAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, IntentId id, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        if (!await _turns.EnterAsync(conversation, DeadlineOf(options), cancellationToken).ConfigureAwait(false))
        {
            return new SendOutcome.Throttled { RetryAt = clock.GetInstant() };
        }

        try
        {
            return await DispatchAsync(number, conversation, message, options, id, started, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turns.Leave(conversation);
        }
    }

    // Its state is several hundred bytes: pooled, and so awaited once. The deadline counts from "started".
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SendOutcome> DispatchAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, IntentId id, long started, CancellationToken cancellationToken)
    {
        var policy = options.IgnoreMargin ? settings.Policy with { Margin = Duration.Zero } : settings.Policy;
        SendIntent? intent = null;
        var isStored = false;
        for (var attempt = 1; ; attempt++)
        {
            // The guard runs for every request anew, never by what was known before a wait.
            var snapshot = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
            if (options.Take is not null && !snapshot.StoreAvailable)
            {
                throw new StoreUnavailableException("The conversation could not be read when its message was to be sent.");
            }

            var decision = policy.Decide(snapshot, message, metaClock.GetInstant());
            if (decision.MaySend && MediaParts.HasUploads(message))
            {
                return await UploadAndDispatchAsync(number, conversation, message, options, id, cancellationToken).ConfigureAwait(false);
            }

            NoteDecision(number, message, snapshot, decision);
            if (decision.MaySend && (intent is null || intent.Evidence != decision.Evidence))
            {
                intent = NewIntent(id, conversation, message, options, number, decision.Evidence, clock.GetInstant());
            }

            if (decision.MaySend && !isStored && options.Take is { } take)
            {
                isStored = await take(intent!).ConfigureAwait(false);
                if (!isStored)
                {
                    return new SendOutcome.Ambiguous { IntentId = id, Cause = "another send of it is under way or was made" };
                }
            }
            else if (decision.MaySend && snapshot.StoreAvailable && !isStored)
            {
                isStored = await TrySaveAsync(intent!, cancellationToken).ConfigureAwait(false);
                if (!isStored)
                {
                    // It went away since the snapshot was read: the policy for that decides.
                    snapshot = new ConversationSnapshot { Key = conversation, StoreAvailable = false };
                    decision = policy.Decide(snapshot, message, metaClock.GetInstant());
                }
            }

            if (!decision.MaySend || intent is null)
            {
                await SettleUnsentAsync(id, isStored).ConfigureAwait(false);

                // The intent of a message that was stored stays with that message.
                return await RefuseAsync(number, conversation, (SessionMessage)message, snapshot, decision, options, isStored ? IntentId.New() : id, started, cancellationToken).ConfigureAwait(false);
            }

            var result = await PostAsync(number, intent, isStored, options, started, cancellationToken).ConfigureAwait(false);
            if (options.Take is null && await WaitToRetryAsync(result, attempt, started, options, id, isStored, cancellationToken).ConfigureAwait(false))
            {
                metrics.CountRetry(number.Name, result);
                continue;
            }

            await SettleAsync(intent, result, isStored, FactsOf(result, snapshot, decision.Evidence, options), options.Take is not null).ConfigureAwait(false);
            return result is GraphSendResult.Accepted accepted ? new SendOutcome.Accepted { MessageId = accepted.MessageId, Status = accepted.Status }
                : message is SessionMessage session && IsClosed(result) ? await LearnAsync(number, session, intent, result, options, started, cancellationToken).ConfigureAwait(false)
                : ToOutcome(result, id, fallback: null);
        }
    }

    /// <summary>An upload takes its time: after it the window is asked again, and the deadline begins anew.</summary>
    private Task<SendOutcome> UploadAndDispatchAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, IntentId id, CancellationToken cancellationToken) =>
        uploads.SendAsync(number, message, TermsOf(options), (ready, _) => DispatchAsync(number, conversation, ready, options, id, clock.GetTimestamp(), cancellationToken).AsTask(), cancellationToken);

    // What is refused later may be held with the id.
    private UploadTerms TermsOf(SendOptions options) => new(DeadlineOf(options), options.WhenReopened.HoldFor ?? Duration.Zero);

    private async Task<SendOutcome> RefuseAsync(
        NumberSettings number, ConversationKey conversation, SessionMessage message, ConversationSnapshot snapshot, SendDecision decision, SendOptions options, IntentId id, long started, CancellationToken cancellationToken)
    {
        log.SessionMessageRefused(decision.Reason, number.Name);

        // A fallback needs its claim, or many senders would each send one; and nothing can be kept either.
        if (!snapshot.StoreAvailable)
        {
            return new SendOutcome.WindowClosed { Reason = WindowClosedReason.Unknown };
        }

        SendOutcome outcome = new SendOutcome.WindowClosed { Reason = decision.Reason, Since = decision.Since };
        if (FallbackFor(number, message, options, out var broken) is { } template)
        {
            if ((OfFallback(template, conversation, broken) ?? templates.Check(number, template, conversation)) is { } violations)
            {
                return new SendOutcome.Invalid { Violations = violations };
            }

            var fallback = new Fallback(template, options.FallbackKey, AnchorOf(snapshot), decision.Since, decision.Reason);
            outcome = await SendFallbackAsync(number, conversation, fallback, options, id, started, cancellationToken).ConfigureAwait(false);
            metrics.CountFallback(number.Name, outcome);
        }

        return decision.Reason == WindowClosedReason.Restricted ? outcome : await HoldAsync(outcome, number, conversation, message, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Meta refused at once what the guard had let through: the window is closed, whatever was thought of it.</summary>
    private async Task<SendOutcome> LearnAsync(NumberSettings number, SessionMessage message, SendIntent refused, GraphSendResult result, SendOptions options, long started, CancellationToken cancellationToken)
    {
        metrics.CountDisagreement(number.Name, isSynchronous: true);
        var outcome = ToOutcome(result, refused.Id, fallback: null);
        if (FallbackFor(number, message, options, out var broken) is { } template && OfFallback(template, refused.Conversation, broken) is null && templates.Check(number, template, refused.Conversation) is null)
        {
            var fallback = new Fallback(template, options.FallbackKey, refused.Evidence, ClosedAt: null, WindowClosedReason.Denied);
            outcome = await SendFallbackAsync(number, refused.Conversation, fallback, options, IntentId.New(), started, cancellationToken).ConfigureAwait(false);
            metrics.CountFallback(number.Name, outcome);
        }

        return await HoldAsync(outcome, number, refused.Conversation, message, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The template that goes in place of a refused message; null for none.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="message">The message that is, or may be, refused.</param>
    /// <param name="options">How it is sent.</param>
    /// <param name="broken">What is wrong with the text that the template is to carry; null when nothing is.</param>
    private static TemplateMessage? FallbackFor(NumberSettings number, SessionMessage message, SendOptions options, out Violation? broken)
    {
        broken = null;
        if (options.OrTemplate is not null || options.IsWithoutFallback)
        {
            return options.OrTemplate;
        }

        var carrier = options.OrTextIn ?? number.TextFallback;
        broken = carrier?.Check(message);
        return carrier is null ? number.Fallback : carrier.For(message);
    }

    /// <summary>What names the closed window: the same customer's event that the guard went by.</summary>
    private Instant? AnchorOf(ConversationSnapshot snapshot) =>
        settings.Policy.FollowUserIdChanges && snapshot.Former is { } former ? ConversationState.Join(snapshot.State, former.State).LastInbound : snapshot.State.LastInbound;

    private static bool IsClosed(GraphSendResult result) => result is GraphSendResult.Refused { Error.Code: GraphErrorCodes.ReEngagementRequired };

    /// <summary>What an answer says of the conversation: that it was answered, that a reply opened the free entry point window, or that the window is closed.</summary>
    private ConversationState FactsOf(GraphSendResult result, ConversationSnapshot snapshot, Instant? evidence, SendOptions options) => result switch
    {
        // What is known already is not written again: most replies follow others.
        GraphSendResult.Accepted => new ConversationState
        {
            Answered = options.IsAutomatic || evidence <= snapshot.State.Answered ? null : evidence,
            FreeEntry = snapshot.State.FreeEntry is { Click: not null, FirstReply: null } entry ? entry.ReplyAt(metaClock.GetInstant()) : default,
        },
        _ when IsClosed(result) => new ConversationState(lastInbound: null, denied: evidence ?? NodaConstants.UnixEpoch),
        _ => default,
    };

    private SendIntent NewIntent(IntentId id, ConversationKey conversation, Message message, SendOptions options, NumberSettings number, Instant? evidence, Instant createdAt) => new()
    {
        Id = id,
        Conversation = conversation,
        Message = message,
        Evidence = evidence,
        CreatedAt = createdAt,
        Fallback = message is SessionMessage session && FallbackFor(number, session, options, out var broken) is { } fallback && broken is null && !MediaParts.HasUploads(fallback) ? fallback : null,
        FallbackKey = options.FallbackKey,
        WhenReopened = options.WhenReopened,
        ReplyTo = options.ReplyTo,
        CallbackData = options.CallbackData,
        IdentityKeyHash = options.IdentityKeyHash,
    };

    private TimeSpan DeadlineOf(SendOptions options) => options.Deadline is { } deadline && deadline < settings.Deadline ? deadline : settings.Deadline;

    private async ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new CancelledBeforeWritingException(exception);
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return new ConversationSnapshot { Key = conversation, StoreAvailable = false };
        }
    }

    private SendOutcome ToOutcome(GraphSendResult result, IntentId intent, TemplateMessage? fallback) => result switch
    {
        GraphSendResult.Refused refused => RefusedRequest.ToOutcome(refused.Error, refused.RetryAfter, clock.GetInstant(), fallback),
        GraphSendResult.Unanswered unanswered => new SendOutcome.Ambiguous { IntentId = intent, Cause = unanswered.Cause, Template = fallback },
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not a failure."),
    };
}
