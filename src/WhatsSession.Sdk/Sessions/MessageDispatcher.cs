using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace WhatsSession;

/// <summary>The one way out: every path that posts a message goes through here, so the guard, the stored intent and the bookkeeping apply to all of them.</summary>
internal sealed class MessageDispatcher(IWhatsSessionStore store, GraphClient graph, MediaUploads uploads, WhatsSessionSettings settings, TimeProvider clock, ILogger<MessageDispatcher> log)
{
    // Meta names no time; a pair limit repays a message in 6 seconds and back-off starts at 4.
    private static readonly Duration DefaultRetryDelay = Duration.FromSeconds(6);

    public Task<SendOutcome> SendAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        SendOptions.ThrowIfInvalid(options);
        JsonFields.ThrowIfInvalid(message);
        JsonFields.ThrowIfInvalid(options.OrTemplate);
        if (message is ReactionMessage && options.ReplyTo is not null)
        {
            throw new ArgumentException("A reaction names its message itself; leave ReplyTo out.", nameof(options));
        }

        return FindViolations(message, options.OrTemplate, conversation) is { Count: > 0 } violations
            ? Task.FromResult<SendOutcome>(new SendOutcome.Invalid { Violations = violations })
            : DispatchAsync(number, conversation, message, options, cancellationToken);
    }

    /// <summary>The media of a number; nothing here posts a message.</summary>
    public MediaUploads Uploads => uploads;

    /// <summary>Needs no window.</summary>
    public Task<GraphResult> MarkReadAsync(NumberSettings number, MessageId message, bool typing, CancellationToken cancellationToken) =>
        graph.MarkReadAsync(number.Id, message, typing, number.Authorization, cancellationToken);

    public Task<MediaDownload> DownloadAsync(NumberSettings number, MediaReceived media, Stream destination, CancellationToken cancellationToken) =>
        graph.DownloadAsync(new MediaLocation(number.Id, media.MediaId, media.Url, media.Sha256), destination, number.Authorization, cancellationToken);

    public Task<MediaDownload> DownloadAsync(NumberSettings number, string mediaId, Stream destination, CancellationToken cancellationToken) =>
        graph.DownloadAsync(new MediaLocation(number.Id, mediaId, Address: null, Sha256: null), destination, number.Authorization, cancellationToken);

    public async ValueTask<WindowStatus> GetWindowAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        return settings.Policy.Window(snapshot, clock.GetInstant());
    }

    public ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken) =>
        store.ReadLogAsync(conversation, before, limit, cancellationToken);

    private static IReadOnlyList<Violation> FindViolations(Message message, TemplateMessage? fallback, ConversationKey conversation)
    {
        var violations = message.CheckFor(conversation);
        return fallback is null || fallback.CheckFor(conversation) is not { Count: > 0 } ofFallback
            ? violations
            : [.. violations, .. OfFallback(ofFallback)];
    }

    private static IEnumerable<Violation> OfFallback(IReadOnlyList<Violation> violations) =>
        violations.Select(violation => violation with { Path = "orTemplate." + violation.Path });

    private async Task<SendOutcome> DispatchAsync(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        var policy = options.IgnoreMargin ? settings.Policy with { Margin = Duration.Zero } : settings.Policy;
        var decision = policy.Decide(snapshot, message, clock.GetInstant());
        if (!decision.MaySend)
        {
            return await RefuseAsync(number, conversation, snapshot, decision, options, cancellationToken).ConfigureAwait(false);
        }

        if (MediaParts.HasUploads(message))
        {
            // An upload takes its time: the window is asked again after it.
            return await uploads.SendAsync(number, message, (ready, _) => DispatchAsync(number, conversation, ready, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        var intent = NewIntent(conversation, message, decision.Evidence);
        var isStored = snapshot.StoreAvailable && await TrySaveAsync(intent, cancellationToken).ConfigureAwait(false);
        if (snapshot.StoreAvailable && !isStored)
        {
            // It went away since the snapshot was read: the policy for that decides.
            snapshot = new ConversationSnapshot { Key = conversation, StoreAvailable = false };
            decision = policy.Decide(snapshot, message, clock.GetInstant());
            if (!decision.MaySend)
            {
                return await RefuseAsync(number, conversation, snapshot, decision, options, cancellationToken).ConfigureAwait(false);
            }
        }

        var result = await PostAsync(number, intent, isStored, options, cancellationToken).ConfigureAwait(false);
        if (result is GraphSendResult.Accepted accepted)
        {
            return new SendOutcome.Accepted { MessageId = accepted.MessageId, Status = accepted.Status };
        }

        if (message is SessionMessage && result is GraphSendResult.Refused { Error.Code: GraphErrorCodes.ReEngagementRequired })
        {
            await LearnDenialAsync(conversation, intent.Evidence).ConfigureAwait(false);
            if (options.OrTemplate is { } template)
            {
                return await SendFallbackAsync(number, conversation, template, intent.Evidence, closedAt: null, WindowClosedReason.Denied, options, cancellationToken).ConfigureAwait(false);
            }
        }

        return ToOutcome(result, intent, fallback: null);
    }

    private async Task<SendOutcome> RefuseAsync(
        NumberSettings number, ConversationKey conversation, ConversationSnapshot snapshot, SendDecision decision, SendOptions options, CancellationToken cancellationToken)
    {
        log.SessionMessageRefused(decision.Reason, number.Name);
        if (options.OrTemplate is not { } template)
        {
            return new SendOutcome.WindowClosed { Reason = decision.Reason, Since = decision.Since };
        }

        // A fallback needs its claim, or many senders would each send one.
        return snapshot.StoreAvailable
            ? await SendFallbackAsync(number, conversation, template, snapshot.State.LastInbound, decision.Since, decision.Reason, options, cancellationToken).ConfigureAwait(false)
            : new SendOutcome.WindowClosed { Reason = WindowClosedReason.Unknown };
    }

    private async Task<SendOutcome> SendFallbackAsync(
        NumberSettings number, ConversationKey conversation, TemplateMessage template, Instant? anchor, Instant? closedAt, WindowClosedReason reason, SendOptions options, CancellationToken cancellationToken)
    {
        if (MediaParts.HasUploads(template))
        {
            // The key is that of the contents: an id changes with each upload.
            var outcome = await uploads.SendAsync(
                number,
                template,
                (ready, identity) => SendFallbackAsync(number, conversation, ready, anchor, closedAt, reason, options with { FallbackKey = options.FallbackKey ?? FallbackKeyOf(identity) }, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            return outcome switch
            {
                SendOutcome.Rejected rejected => rejected with { Template = template },
                SendOutcome.Invalid invalid => new SendOutcome.Invalid { Violations = [.. OfFallback(invalid.Violations)] },
                _ => outcome,
            };
        }

        // From the claim on, the caller's token ends only the request: a claim that nobody knows of would cost the customer the template.
        cancellationToken.ThrowIfCancellationRequested();
        var claim = new FallbackClaim(conversation, anchor ?? NodaConstants.UnixEpoch, options.FallbackKey ?? FallbackKeyOf(template));
        try
        {
            if (!await store.ClaimFallbackAsync(claim, CancellationToken.None).ConfigureAwait(false))
            {
                return new SendOutcome.WindowClosed { Reason = reason, Since = closedAt, FallbackAlreadySent = true };
            }
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return new SendOutcome.WindowClosed { Reason = WindowClosedReason.Unknown };
        }

        // The claim alone keeps it from going twice, so it goes even if the store is away by now.
        var intent = NewIntent(conversation, template, anchor);
        var isStored = await TrySaveAsync(intent, CancellationToken.None).ConfigureAwait(false);
        GraphSendResult result;
        try
        {
            result = await PostAsync(number, intent, isStored, options, cancellationToken).ConfigureAwait(false);
        }
        catch (CancelledBeforeWritingException)
        {
            await KeepAsync(() => store.ReleaseFallbackAsync(claim, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }

        if (result is GraphSendResult.Accepted accepted)
        {
            return new SendOutcome.TemplateSent { MessageId = accepted.MessageId, Status = accepted.Status, ClosedAt = closedAt };
        }

        // Only a template that Meta surely did not accept may be tried again.
        if (result is GraphSendResult.Refused)
        {
            await KeepAsync(() => store.ReleaseFallbackAsync(claim, CancellationToken.None)).ConfigureAwait(false);
        }

        return ToOutcome(result, intent, template);
    }

    private async Task<GraphSendResult> PostAsync(NumberSettings number, SendIntent intent, bool isStored, SendOptions options, CancellationToken cancellationToken)
    {
        GraphSendResult result;
        try
        {
            result = await graph.SendIntentAsync(intent, number.Authorization, options, cancellationToken).ConfigureAwait(false);
        }
        catch (CancelledBeforeWritingException) when (isStored)
        {
            await KeepAsync(() => store.SettleIntentAsync(intent.Id, IntentState.Failed, message: null, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }

        if (isStored)
        {
            await SettleAsync(intent.Id, result).ConfigureAwait(false);
        }

        if (result is not GraphSendResult.Accepted)
        {
            log.MessageNotAccepted(intent.Id, number.Name, result);
        }

        return result;
    }

    private async ValueTask<bool> TrySaveAsync(SendIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveIntentAsync(intent, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return false;
        }
    }

    /// <summary>The answer is here, so whatever the caller's token says, it is noted; and if the store fails now, the outcome is still the truth.</summary>
    private async ValueTask SettleAsync(IntentId intent, GraphSendResult result)
    {
        var (state, message) = result switch
        {
            GraphSendResult.Accepted accepted => (IntentState.Accepted, accepted.MessageId),
            GraphSendResult.Refused => (IntentState.Failed, default(MessageId?)),
            _ => (IntentState.Ambiguous, null),
        };
        try
        {
            await store.SettleIntentAsync(intent, state, message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever the store's trouble is, Meta's answer is not to be lost over it.
            log.StoreUnavailable(exception);
        }
    }

    private ValueTask LearnDenialAsync(ConversationKey conversation, Instant? evidence)
    {
        var denial = new ConversationState(LastInbound: null, Denied: evidence ?? NodaConstants.UnixEpoch);
        return KeepAsync(() => store.JoinAsync(conversation, denial, CancellationToken.None));
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

    private async ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            log.StoreUnavailable(exception);
            return new ConversationSnapshot { Key = conversation, StoreAvailable = false };
        }
    }

    private SendIntent NewIntent(ConversationKey conversation, Message message, Instant? evidence) =>
        new() { Id = IntentId.New(), Conversation = conversation, Message = message, Evidence = evidence, CreatedAt = clock.GetInstant() };

    private SendOutcome ToOutcome(GraphSendResult result, SendIntent intent, TemplateMessage? fallback) => result switch
    {
        GraphSendResult.Refused { Error.Category: GraphErrorCategory.RateLimited } refused =>
            new SendOutcome.Throttled { RetryAt = clock.GetInstant() + (refused.RetryAfter is { } wait ? Duration.FromTimeSpan(wait) : DefaultRetryDelay), Template = fallback },
        GraphSendResult.Refused refused => new SendOutcome.Rejected { Error = refused.Error, Template = fallback },
        GraphSendResult.Unanswered unanswered => new SendOutcome.Ambiguous { IntentId = intent.Id, Cause = unanswered.Cause, Template = fallback },
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not a failure."),
    };

    private static string FallbackKeyOf(TemplateMessage template) =>
        Convert.ToHexString(SHA256.HashData(MessageWriter.WriteContent(template)).AsSpan(0, 16));
}
