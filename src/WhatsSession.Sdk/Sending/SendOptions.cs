using NodaTime;

namespace WhatsSession;

/// <summary>How one message is sent.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record SendOptions
{
    internal static readonly SendOptions Default = new();

    /// <summary>Those of what a handler sends.</summary>
    internal static readonly SendOptions InHandler = new() { By = Author.Bot };

    /// <summary>The template message to send when the window is closed.</summary>
    /// <value>Null by default: none.</value>
    public TemplateMessage? OrTemplate { get; init; }

    /// <summary>The template that takes the text of this message when the window is closed; not beside <see cref="OrTemplate"/>.</summary>
    /// <value>Null by default: none.</value>
    public TextFallback? OrTextIn { get; init; }

    /// <summary>What makes two fallbacks the same, so that only one goes in one closed window.</summary>
    /// <value>Null by default: the template's name, language and parameters.</value>
    public string? FallbackKey { get; init; }

    /// <summary>What becomes of a session message that is refused because the window is closed.</summary>
    /// <value><see cref="WhenReopened.Discard"/> by default.</value>
    public WhenReopened WhenReopened { get; init; } = WhenReopened.Discard;

    /// <summary>
    /// The caller's own key of this send, unique per business number for 8 days: a second send with it makes no request and returns what became of the first.
    /// 1 to 256 characters.
    /// </summary>
    /// <value>Null by default.</value>
    /// <remarks>
    /// The key is spent once Meta has answered or may have the message, or once the message is held;
    /// a send that was refused before that, or met a rate limit or an expired access token, gives it back.
    /// A message that Meta refused by a status returns that refusal.
    /// While the first send is under way the second one waits for its outcome within its deadline, a reply in a handler for 2 seconds, and is then
    /// <see cref="SendOutcome.Ambiguous"/>.
    /// A key that was given to a send to another customer, or of another message, is <see cref="SendOutcome.Invalid"/>. A customer is the same by every
    /// identifier that the store knows by then. What is uploaded is the same by its MIME type and its bytes, where those can be read without an upload.
    /// Without the store no key can be honoured:
    /// the send then throws <see cref="StoreUnavailableException"/>.
    /// </remarks>
    public string? IdempotencyKey { get; init; }

    /// <summary>The message that is answered, shown quoted above this one.</summary>
    /// <value>Null by default.</value>
    public MessageId? ReplyTo { get; init; }

    /// <summary>The caller's own data of at most 440 characters, which comes back in every status of the message.</summary>
    /// <value>Null by default.</value>
    public string? CallbackData { get; init; }

    /// <summary>Who writes the message: whose answer it is to what the customer wrote (<see cref="ConversationState.Answers"/>).</summary>
    /// <value>Null by default: <see cref="Author.Bot"/> in a handler, elsewhere <see cref="Author.Unknown"/>, which counts as a person.</value>
    public Author? By { get; init; }

    /// <summary>Whether to send although the window closes within the guard's margin.</summary>
    /// <value>False by default.</value>
    public bool IgnoreMargin { get; init; }

    /// <summary>
    /// The customer's identity key hash, as webhooks give it: Meta delivers the message only while it is still the same (137000 otherwise).
    /// Needs the identity check of the number to be on.
    /// </summary>
    /// <value>Null by default: no check.</value>
    public string? IdentityKeyHash { get; init; }

    /// <summary>
    /// How long to go on trying: waits for a turn, for rate limits and for Meta's answer. Greater than zero;
    /// it can shorten the options' deadline, not lengthen it.
    /// </summary>
    /// <value>Null by default: as the options say, 30 seconds.</value>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(SendOptions);

    /// <summary>The customer's event that the message answers: the one that a handler replies to. Null for what the guard knows of when it goes.</summary>
    internal Instant? Answers { get; init; }

    /// <summary>The deadline of a send.</summary>
    /// <param name="longest">The deadline that the options of the client set.</param>
    internal TimeSpan DeadlineWithin(TimeSpan longest) => Deadline is { } deadline && deadline < longest ? deadline : longest;

    /// <summary>What Meta would refuse, or read otherwise than it was meant, in what a request says beside the message; null when nothing.</summary>
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

        if (options.Deadline is { } deadline && deadline <= TimeSpan.Zero)
        {
            throw new ArgumentException($"Deadline is {deadline}; it must be greater than zero.", nameof(options));
        }
    }
}
