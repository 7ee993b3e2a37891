using NodaTime;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>One message on its way out: what it is, to whom it goes, how it is sent and under which id. It goes through all of the sending.</summary>
/// <param name="number">The business number it goes from.</param>
/// <param name="conversation">The conversation it goes to.</param>
/// <param name="message">The message.</param>
/// <param name="options">How it is sent.</param>
/// <param name="id">The id of its intent.</param>
/// <param name="startedAt">When it started, on the clock's <see cref="TimeProvider.GetTimestamp"/>: its deadline counts from then.</param>
internal class OutboundSend(
    NumberSettings number, ConversationKey conversation, Message message, SendOptions options, IntentId id, long startedAt)
{
    // A handler that waits holds a place that others could have.
    private static readonly TimeSpan PatienceOfReplies = TimeSpan.FromSeconds(2);

    public NumberSettings Number { get; } = number;

    public ConversationKey Conversation { get; } = conversation;

    public Message Message { get; private set; } = message;

    public SendOptions Options { get; } = options;

    public IntentId Id { get; private set; } = id;

    public long StartedAt { get; private set; } = startedAt;

    /// <summary>
    /// Whether it answers an event in a handler. Then its id is the same whenever the event is handled: who stores its intent makes it.
    /// What it would have to wait for longer than a moment, its event waits for.
    /// </summary>
    public bool IsReply { get; init; }

    /// <summary>
    /// Stores the intent of a send that several hosts may be about to make, and tells whether this one is to make it. It throws where the store is away.
    /// Such a send makes one request: what it waits for, its work waits for. Null for a send that is this host's alone.
    /// </summary>
    public virtual Func<SendIntent, ValueTask<bool>>? Take => null;

    /// <summary>
    /// Whether it goes out by itself, so that it does not count as an answer to what the customer last wrote. The first try of a second one has counted.
    /// </summary>
    public virtual bool IsAutomatic => false;

    /// <summary>Whether the number's own fallback is left out: the message had its chance.</summary>
    protected virtual bool IsWithoutFallback => false;

    /// <summary>The same send from now on.</summary>
    public OutboundSend StartingAt(long startedAt) => Carrying(Message, startedAt);

    /// <summary>The same send once its contents are uploaded: that takes its time, so the deadline begins anew.</summary>
    public OutboundSend Carrying(Message ready, long startedAt)
    {
        var copy = (OutboundSend)MemberwiseClone();
        copy.Message = ready;
        copy.StartedAt = startedAt;
        return copy;
    }

    /// <summary>The same send with an id of its own.</summary>
    public OutboundSend Under(IntentId other)
    {
        var copy = (OutboundSend)MemberwiseClone();
        copy.Id = other;
        return copy;
    }

    /// <summary>The send of a template in place of this one. Of the options only those hold that concern any message.</summary>
    public OutboundSend ReplacedBy(TemplateMessage template) =>
        new(
            Number,
            Conversation,
            template,
            new SendOptions { CallbackData = Options.CallbackData, Deadline = Options.Deadline, Seen = Options.Seen },
            Id,
            StartedAt)
        {
            IsReply = IsReply,
        };

    /// <summary>What is stored before the request is written.</summary>
    public SendIntent ToIntent(Instant? evidence, Instant createdAt) =>
        ToIntent(
            Id,
            FindFallback(out var broken) is { } template && broken is null && !MediaParts.HasUploads(template) ? template : null,
            evidence,
            createdAt,
            IsReply || Take is not null ? UnwrittenSends.NewToken() : 0);

    /// <summary>The message to keep until the customer writes. Its fallback had its chance.</summary>
    /// <param name="id">The id to keep it under.</param>
    /// <param name="createdAt">When the message was sent first.</param>
    /// <param name="refusedAt">When it was refused, or earlier: by the earlier of our clock and Meta's.</param>
    /// <param name="expiresAt">When it is given up.</param>
    public HeldMessage ToHeld(IntentId id, Instant createdAt, Instant refusedAt, Instant expiresAt) =>
        new() { Intent = ToIntent(id, fallback: null, evidence: null, createdAt), RefusedAt = refusedAt, ExpiresAt = expiresAt };

    /// <summary>The template that goes when this message is refused; null for none.</summary>
    /// <param name="broken">What is wrong with the text that the template is to carry; null when nothing is.</param>
    public TemplateMessage? FindFallback(out Violation? broken)
    {
        broken = null;
        if (Options.OrTemplate is not null || IsWithoutFallback || Message is not SessionMessage session)
        {
            return Message is SessionMessage ? Options.OrTemplate : null;
        }

        var carrier = Options.OrTextIn ?? Number.TextFallback;
        broken = carrier?.Check(session);
        return carrier is null ? Number.Fallback : carrier.For(session);
    }

    /// <summary>How long it may go on in its place after refusals that are none for good.</summary>
    /// <param name="longest">The deadline that the options of the client set.</param>
    public TimeSpan PatienceWithin(TimeSpan longest)
    {
        var deadline = Options.DeadlineWithin(longest);
        return IsReply && deadline > PatienceOfReplies ? PatienceOfReplies : deadline;
    }

    /// <summary>How its contents are uploaded. What is refused later may be held with their ids.</summary>
    /// <param name="longest">The deadline that the options of the client set.</param>
    public UploadTerms TermsOfUpload(TimeSpan longest) => new(PatienceWithin(longest), Options.WhenReopened.HoldFor ?? Duration.Zero);

    private SendIntent ToIntent(IntentId id, TemplateMessage? fallback, Instant? evidence, Instant createdAt, long saveToken = 0) => new()
    {
        Id = id,
        Conversation = Conversation,
        Message = Message,
        Evidence = evidence,
        CreatedAt = createdAt,
        Fallback = fallback,
        FallbackKey = Options.FallbackKey,
        WhenReopened = Options.WhenReopened,
        ReplyTo = Options.ReplyTo,
        CallbackData = Options.CallbackData,
        IdentityKeyHash = Options.IdentityKeyHash,
        Seen = Options.Seen,
        SaveToken = saveToken,
    };
}
