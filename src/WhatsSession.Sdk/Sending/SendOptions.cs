using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>How one message is sent.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record SendOptions
{
    internal static readonly SendOptions Default = new();

    /// <summary>The options of what a handler sends.</summary>
    internal static readonly SendOptions InHandler = new() { By = Author.Bot };

    /// <summary>The template message to send when the window is closed.</summary>
    /// <value>Null by default: none.</value>
    public TemplateMessage? OrTemplate { get; init; }

    /// <summary>
    /// The template that is sent with the text of this message when the window is closed. You cannot set it together with <see cref="OrTemplate"/>.
    /// </summary>
    /// <value>Null by default: none.</value>
    public TextFallback? OrTextIn { get; init; }

    /// <summary>A key that tells which fallbacks are the same. Of fallbacks with the same key only one is sent in one closed window.</summary>
    /// <value>Null by default: the template's name, language and parameters.</value>
    public string? FallbackKey { get; init; }

    /// <summary>What happens to a session message that is refused because the window is closed.</summary>
    /// <value><see cref="WhenReopened.Discard"/> by default.</value>
    public WhenReopened WhenReopened { get; init; } = WhenReopened.Discard;

    /// <summary>
    /// Your own key for this send, unique per business number for 8 days. A second send with the same key makes no request and returns the outcome of the
    /// first. 1 to 256 characters.
    /// </summary>
    /// <value>Null by default.</value>
    /// <remarks>
    /// The key is used up when Meta has answered or may have the message, or when the message is held. If a send is refused before that, or meets a rate limit
    /// or an expired access token, the key can be used again. If Meta refused the first message with a status, the second send returns that refusal. If the
    /// first send is still running, the second send waits for its outcome until the deadline of the second send (a reply in a handler waits for 2 seconds).
    /// After that its outcome is <see cref="SendOutcome.Ambiguous"/>. If the key was used for another customer or another message, the outcome is
    /// <see cref="SendOutcome.Invalid"/>. All identifiers that the store knows for a customer at that time count as the same customer. Two uploads count as
    /// the same when their MIME types and bytes are the same, if the bytes can be read without an upload. Keys need the store: when it cannot be reached, the
    /// send throws <see cref="StoreUnavailableException"/>.
    /// </remarks>
    public string? IdempotencyKey { get; init; }

    /// <summary>The message that this one answers. The customer sees it as a quote above this message.</summary>
    /// <value>Null by default.</value>
    public MessageId? ReplyTo { get; init; }

    /// <summary>Your own data of at most 440 characters. It comes back in every status of the message.</summary>
    /// <value>Null by default.</value>
    public string? CallbackData { get; init; }

    /// <summary>Who writes the message. It decides whose answer the message is (<see cref="ConversationState.Answers"/>).</summary>
    /// <value>Null by default: <see cref="Author.Bot"/> in a handler; elsewhere <see cref="Author.Unknown"/>, which counts as a person.</value>
    public Author? By { get; init; }

    /// <summary>Whether to send even if the window closes within the guard's margin.</summary>
    /// <value>False by default.</value>
    public bool IgnoreMargin { get; init; }

    /// <summary>
    /// Whether to send only if the customer has not written, reacted or called since the event or turn that the handler has. It is checked just before the
    /// request. If something newer is known, nothing is sent and the outcome is <see cref="SendOutcome.Overtaken"/>: the newer event has a handler call or a
    /// turn of its own. Use it for an answer that takes long to make.
    /// </summary>
    /// <value>False by default.</value>
    /// <remarks>
    /// Only in a handler, for there it is known what the answer answers: through <see cref="Received{TEvent}"/> or its
    /// <see cref="Received{TEvent}.Conversation"/>. Elsewhere it is an <see cref="ArgumentException"/>. You cannot set it together with
    /// <see cref="WhenReopened"/>, which waits for something newer.
    /// </remarks>
    public bool OnlyIfNothingNewer { get; init; }

    /// <summary>
    /// The customer's identity key hash, as webhooks give it. Meta delivers the message only if the hash is still the same (137000 otherwise). The identity
    /// check of the number must be on.
    /// </summary>
    /// <value>Null by default: no check.</value>
    public string? IdentityKeyHash { get; init; }

    /// <summary>
    /// The maximum time for the send. It includes waiting for a turn, for rate limits and for Meta's answer. Greater than zero. It can be shorter than the
    /// deadline of the options, but not longer.
    /// </summary>
    /// <value>Null by default: as the options say, 30 seconds.</value>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(SendOptions);

    /// <summary>
    /// The customer's event that the message answers: the event that a handler replies to. When null, it is the latest event that the guard knows at the time
    /// of the send.
    /// </summary>
    internal Instant? Answers { get; init; }

    /// <summary>
    /// The point up to which the sender knows what the customer said. If anything newer is known, the message does not go. Null for no check.
    /// </summary>
    internal InboundPoint? Seen { get; init; }

    /// <summary>The same with what a handler knows: the author where none is named, and what the customer had said.</summary>
    /// <param name="defaults">The options of a send without any.</param>
    /// <param name="handled">The event that is being handled; null outside a handler.</param>
    internal SendOptions In(SendOptions defaults, InboundPoint? handled)
    {
        var options = By is null && defaults.By is { } author ? this with { By = author } : this;
        return options is { OnlyIfNothingNewer: true } ? options with { Seen = handled } : options;
    }

    /// <summary>The deadline of a send.</summary>
    /// <param name="longest">The deadline that the options of the client set.</param>
    internal TimeSpan DeadlineWithin(TimeSpan longest) => Deadline is { } deadline && deadline < longest ? deadline : longest;

    /// <summary>
    /// A mistake in the parts of the request other than the message: Meta would refuse it or understand it in another way. Null when there is none.
    /// </summary>
    internal Violation? FindViolation() =>
        ReplyTo is { } reply && reply == default ? new Violation("context.message_id", "is empty; the id of the message that is answered is required")
        : CallbackData?.Contains('\0', StringComparison.Ordinal) == true
            ? new Violation("biz_opaque_callback_data", "has a NUL character, which no text may have")
        : IdentityKeyHash is { } hash && (string.IsNullOrWhiteSpace(hash) || hash.Contains('\0', StringComparison.Ordinal))
            ? new Violation("recipient_identity_key_hash", "is empty or has a NUL character; give it as the webhook did")
        : null;

    /// <summary>Refuses what the caller must not have written.</summary>
    internal static void ThrowIfInvalid(SendOptions options)
    {
        WhatsSession.CallbackData.ThrowIfLonger(options.CallbackData, WhatsSession.CallbackData.MaximumLength, nameof(options));
        if (options.IdempotencyKey is { } key && key.Length is 0 or > 256)
        {
            throw new ArgumentException($"IdempotencyKey has {options.IdempotencyKey.Length} characters; it must have 1 to 256.", nameof(options));
        }

        if (options is { OrTemplate: not null, OrTextIn: not null })
        {
            throw new ArgumentException("OrTemplate and OrTextIn both name a fallback; leave one out.", nameof(options));
        }

        if (options.WhenReopened is null)
        {
            throw new ArgumentException("WhenReopened is null; use WhenReopened.Discard.", nameof(options));
        }

        if (options.OnlyIfNothingNewer && options.Seen is null)
        {
            throw new ArgumentException(
                "OnlyIfNothingNewer is true outside a handler, where there is no event to compare with. Send through the argument of the handler, or leave it "
                + "out.",
                nameof(options));
        }

        if (options is { OnlyIfNothingNewer: true, WhenReopened.HoldFor: not null })
        {
            throw new ArgumentException(
                "OnlyIfNothingNewer and WhenReopened.Hold contradict each other: a held message goes when the customer has written again. Leave one out.",
                nameof(options));
        }

        if (options.Deadline is { } deadline && deadline <= TimeSpan.Zero)
        {
            throw new ArgumentException($"Deadline is {deadline}; it must be greater than zero.", nameof(options));
        }
    }
}
