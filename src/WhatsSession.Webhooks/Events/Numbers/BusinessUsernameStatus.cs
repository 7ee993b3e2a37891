using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The status of a business's username. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta,
/// read 7 May 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<BusinessUsernameStatus>))]
public readonly record struct BusinessUsernameStatus(string Name) : IJsonText<BusinessUsernameStatus>
{
    /// <summary>In use.</summary>
    public static BusinessUsernameStatus Approved { get; } = new("approved");

    /// <summary>Reserved for the business.</summary>
    public static BusinessUsernameStatus Reserved { get; } = new("reserved");

    /// <summary>Given up.</summary>
    public static BusinessUsernameStatus Deleted { get; } = new("deleted");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<BusinessUsernameStatus>.ToJson(BusinessUsernameStatus value) => value.Name;

    static BusinessUsernameStatus? IJsonText<BusinessUsernameStatus>.FromJson(string? text) => new BusinessUsernameStatus(text!);
}
