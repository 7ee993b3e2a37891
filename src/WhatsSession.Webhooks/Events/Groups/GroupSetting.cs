namespace WhatsSession;

/// <summary>The result for one setting of a group.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta, read May 2026.</see>
/// </remarks>
public sealed class GroupSetting
{
    /// <summary>Whether it was changed; null when not known.</summary>
    public bool? IsUpdated { get; init; }

    /// <summary>The text; null for a picture.</summary>
    public string? Text { get; init; }

    /// <summary>The MIME type of a picture; null for a text.</summary>
    public string? MimeType { get; init; }

    /// <summary>The SHA-256 of a picture in base64; null when absent.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Why it was not changed; null when it was. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in Meta's order; usually one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Errors is null."); } = [];

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(GroupSetting);
}
