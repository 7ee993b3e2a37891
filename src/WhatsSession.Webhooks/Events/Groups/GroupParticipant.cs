namespace WhatsSession;

/// <summary>A member of a group, or somebody who asks to join.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta, read May 2026.</see>
/// </remarks>
public sealed class GroupParticipant
{
    /// <summary>The phone number; null when hidden.</summary>
    public CustomerId? Phone { get; init; }

    /// <summary>The business-scoped user id; null when absent.</summary>
    public CustomerId? BusinessScopedId { get; init; }

    /// <summary>The username, without a leading at sign; null when there is none.</summary>
    public string? Username { get; init; }

    /// <summary>What the request named; null when it named nothing.</summary>
    public string? Input { get; init; }

    /// <summary>Why it failed; null when it did not. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in Meta's order; usually one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Errors is null."); } = [];

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(GroupParticipant);
}
