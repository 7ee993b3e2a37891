namespace WhatsSession;

/// <summary>A group was made or deleted, or could not be.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta, read May 2026.</see></remarks>
public sealed class GroupLifecycleChanged : GroupEvent
{
    /// <summary>The subject; null when absent.</summary>
    public string? Subject { get; init; }

    /// <summary>The description; null when absent.</summary>
    public string? Description { get; init; }

    /// <summary>The link by which customers join; null when absent.</summary>
    public string? InviteLink { get; init; }

    /// <summary>Whether joining needs approval.</summary>
    public GroupJoinMode JoinMode { get; init; }
}
