using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happened to a group. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta,
/// read May 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<GroupAction>))]
public readonly record struct GroupAction(string Name) : IJsonText<GroupAction>
{
    /// <summary>It was made.</summary>
    public static GroupAction Create { get; } = new("group_create");

    /// <summary>It was deleted.</summary>
    public static GroupAction Delete { get; } = new("group_delete");

    /// <summary>Members joined.</summary>
    public static GroupAction ParticipantsAdd { get; } = new("group_participants_add");

    /// <summary>Members left or were removed.</summary>
    public static GroupAction ParticipantsRemove { get; } = new("group_participants_remove");

    /// <summary>Somebody asks to join.</summary>
    public static GroupAction JoinRequestCreated { get; } = new("group_join_request_created");

    /// <summary>Somebody no longer asks to join.</summary>
    public static GroupAction JoinRequestRevoked { get; } = new("group_join_request_revoked");

    /// <summary>Its subject, description or picture changed.</summary>
    public static GroupAction SettingsUpdate { get; } = new("group_settings_update");

    /// <summary>Meta suspended it.</summary>
    public static GroupAction Suspend { get; } = new("group_suspend");

    /// <summary>It is no longer suspended.</summary>
    public static GroupAction SuspendCleared { get; } = new("group_suspend_cleared");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<GroupAction>.ToJson(GroupAction value) => value.Name;

    static GroupAction? IJsonText<GroupAction>.FromJson(string? text) => new GroupAction(text!);
}
