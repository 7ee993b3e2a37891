namespace WhatsSession;

/// <summary>How one message is sent.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record SendOptions
{
    internal static readonly SendOptions Default = new();

    /// <summary>The template message to send when the window is closed.</summary>
    /// <value>Null by default: none.</value>
    public TemplateMessage? OrTemplate { get; init; }

    /// <summary>What makes two fallbacks the same, so that only one goes in one closed window.</summary>
    /// <value>Null by default: the template's name, language and parameters.</value>
    public string? FallbackKey { get; init; }

    /// <summary>The message that is answered, shown quoted above this one.</summary>
    /// <value>Null by default.</value>
    public MessageId? ReplyTo { get; init; }

    /// <summary>The caller's own data of at most 440 characters, which comes back in every status of the message.</summary>
    /// <value>Null by default.</value>
    public string? CallbackData { get; init; }

    /// <summary>Whether to send although the window closes within the guard's margin.</summary>
    /// <value>False by default.</value>
    public bool IgnoreMargin { get; init; }

    /// <summary>The customer's identity key hash, as webhooks give it: Meta delivers the message only while it is still the same (137000 otherwise). Needs the identity check of the number to be on.</summary>
    /// <value>Null by default: no check.</value>
    public string? IdentityKeyHash { get; init; }

    /// <summary>How long to wait for Meta's answer. Greater than zero; it can shorten the options' deadline, not lengthen it.</summary>
    /// <value>Null by default: as the options say, 30 seconds.</value>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(SendOptions);

    /// <summary>Refuses what the caller must not have written.</summary>
    internal static void ThrowIfInvalid(SendOptions options)
    {
        if (options.CallbackData is { } data && data.Length > WhatsSession.CallbackData.MaximumLength)
        {
            throw new ArgumentException($"CallbackData has {data.Length} characters; the limit is {WhatsSession.CallbackData.MaximumLength}.", nameof(options));
        }

        if (options.Deadline is { } deadline && deadline <= TimeSpan.Zero)
        {
            throw new ArgumentException($"Deadline is {deadline}; it must be greater than zero.", nameof(options));
        }
    }
}
