using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Whether joining a group needs approval. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta,
/// read May 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<GroupJoinMode>))]
public readonly record struct GroupJoinMode(string Name) : IJsonText<GroupJoinMode>
{
    /// <summary>Everybody who has the link can join.</summary>
    public static GroupJoinMode Automatic { get; } = new("auto_approve");

    /// <summary>The business approves each request.</summary>
    public static GroupJoinMode Approval { get; } = new("approval_required");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<GroupJoinMode>.ToJson(GroupJoinMode value) => value.Name;

    static GroupJoinMode? IJsonText<GroupJoinMode>.FromJson(string? text) => new GroupJoinMode(text!);
}
