using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happened to a contact in the app. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/smb_app_state_sync">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ContactSyncAction>))]
public readonly record struct ContactSyncAction(string Name) : IJsonText<ContactSyncAction>
{
    /// <summary>It was added or changed.</summary>
    public static ContactSyncAction Add { get; } = new("add");

    /// <summary>It was removed.</summary>
    public static ContactSyncAction Remove { get; } = new("remove");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<ContactSyncAction>.ToJson(ContactSyncAction value) => value.Name;

    static ContactSyncAction? IJsonText<ContactSyncAction>.FromJson(string? text) => new ContactSyncAction(text!);
}
