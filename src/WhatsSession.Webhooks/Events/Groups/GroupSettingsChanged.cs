namespace WhatsSession;

/// <summary>The settings of a group changed, or could not be changed.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta, read May 2026.</see></remarks>
public sealed class GroupSettingsChanged : GroupEvent
{
    /// <summary>The subject; null when untouched.</summary>
    public GroupSetting? Subject { get; init; }

    /// <summary>The description; null when untouched.</summary>
    public GroupSetting? Description { get; init; }

    /// <summary>The picture; null when untouched.</summary>
    public GroupSetting? Picture { get; init; }
}
