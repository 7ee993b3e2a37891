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
internal sealed class OutboundSend(NumberSettings number, ConversationKey conversation, Message message, SendOptions options, IntentId id)
{
    public NumberSettings Number { get; } = number;

    public ConversationKey Conversation { get; } = conversation;

    public Message Message { get; } = message;

    public SendOptions Options { get; } = options;

    public IntentId Id { get; } = id;

    /// <summary>When it started, on the clock's <see cref="TimeProvider.GetTimestamp"/>: its deadline counts from then.</summary>
    public required long StartedAt { get; init; }

    /// <summary>A send again as it was stored. Its fallback had its chance.</summary>
    public static OutboundSend Of(SendIntent intent, NumberSettings number, long startedAt) =>
        new(number, intent.Conversation, intent.Message, OptionsOf(intent), intent.Id) { StartedAt = startedAt };

    /// <summary>How a stored send is sent again.</summary>
    public static SendOptions OptionsOf(SendIntent intent) => new()
    {
        ReplyTo = intent.ReplyTo,
        CallbackData = intent.CallbackData,
        IdentityKeyHash = intent.IdentityKeyHash,
        IsWithoutFallback = true,
    };

    /// <summary>The same send from now on.</summary>
    public OutboundSend StartingAt(long startedAt) => Carrying(Message, startedAt);

    /// <summary>The same send once its contents are uploaded: that takes its time, so the deadline begins anew.</summary>
    public OutboundSend Carrying(Message ready, long startedAt) => new(Number, Conversation, ready, Options, Id) { StartedAt = startedAt };

    /// <summary>The same send with an id of its own.</summary>
    public OutboundSend Under(IntentId other) => new(Number, Conversation, Message, Options, other) { StartedAt = StartedAt };

    /// <summary>The send of a template in place of this one. Of the options only those hold that concern any message.</summary>
    public OutboundSend ReplacedBy(TemplateMessage template) =>
        new(Number, Conversation, template, new SendOptions { CallbackData = Options.CallbackData, Deadline = Options.Deadline }, Id) { StartedAt = StartedAt };

    /// <summary>What is stored before the request is written.</summary>
    public SendIntent ToIntent(Instant? evidence, Instant createdAt) => new()
    {
        Id = Id,
        Conversation = Conversation,
        Message = Message,
        Evidence = evidence,
        CreatedAt = createdAt,
        Fallback = FindFallback(out var broken) is { } fallback && broken is null && !MediaParts.HasUploads(fallback) ? fallback : null,
        FallbackKey = Options.FallbackKey,
        WhenReopened = Options.WhenReopened,
        ReplyTo = Options.ReplyTo,
        CallbackData = Options.CallbackData,
        IdentityKeyHash = Options.IdentityKeyHash,
    };

    /// <summary>The message to keep until the customer writes.</summary>
    /// <param name="id">The id to keep it under.</param>
    /// <param name="createdAt">When the message was sent first.</param>
    /// <param name="expiresAt">When it is given up.</param>
    public HeldMessage ToHeld(IntentId id, Instant createdAt, Instant expiresAt)
    {
        var kept = Options with { IsWithoutFallback = true, OrTemplate = null, OrTextIn = null };
        return new HeldMessage
        {
            Intent = new OutboundSend(Number, Conversation, Message, kept, id) { StartedAt = StartedAt }.ToIntent(evidence: null, createdAt),
            ExpiresAt = expiresAt,
        };
    }

    /// <summary>The template that goes when this message is refused; null for none.</summary>
    /// <param name="broken">What is wrong with the text that the template is to carry; null when nothing is.</param>
    public TemplateMessage? FindFallback(out Violation? broken)
    {
        broken = null;
        if (Options.OrTemplate is not null || Options.IsWithoutFallback || Message is not SessionMessage session)
        {
            return Message is SessionMessage ? Options.OrTemplate : null;
        }

        var carrier = Options.OrTextIn ?? Number.TextFallback;
        broken = carrier?.Check(session);
        return carrier is null ? Number.Fallback : carrier.For(session);
    }

    /// <summary>How its contents are uploaded. What is refused later may be held with their ids.</summary>
    /// <param name="longest">The deadline that the options of the client set.</param>
    public UploadTerms TermsOfUpload(TimeSpan longest) => new(Options.DeadlineWithin(longest), Options.WhenReopened.HoldFor ?? Duration.Zero);
}
