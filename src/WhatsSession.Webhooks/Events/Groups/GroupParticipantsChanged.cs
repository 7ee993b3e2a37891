namespace WhatsSession;

/// <summary>Members joined or left a group, or ask to join.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta, read May 2026.</see></remarks>
public sealed class GroupParticipantsChanged : GroupEvent
{
    /// <summary>Who joined.</summary>
    public IReadOnlyList<GroupParticipant> Added { get; init; } = [];

    /// <summary>Who left or was removed.</summary>
    public IReadOnlyList<GroupParticipant> Removed { get; init; } = [];

    /// <summary>Who could not be added or removed.</summary>
    public IReadOnlyList<GroupParticipant> Failed { get; init; } = [];

    /// <summary>Who asks to join; null unless somebody does.</summary>
    public GroupParticipant? Requester { get; init; }

    /// <summary>Meta's id of the request to join; null when there is none.</summary>
    public string? JoinRequestId { get; init; }

    /// <summary>Who did it: <c>business</c> or <c>participant</c>; null when absent.</summary>
    public string? InitiatedBy { get; init; }
}
