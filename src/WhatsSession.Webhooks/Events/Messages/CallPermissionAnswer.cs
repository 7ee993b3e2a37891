using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A customer's answer to whether the business may call. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<CallPermissionAnswer>))]
public readonly record struct CallPermissionAnswer(string Name) : IJsonText<CallPermissionAnswer>
{
    /// <summary>The business may call.</summary>
    public static CallPermissionAnswer Accepted { get; } = new("accept");

    /// <summary>The business may not call.</summary>
    public static CallPermissionAnswer Rejected { get; } = new("reject");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<CallPermissionAnswer>.ToJson(CallPermissionAnswer value) => value.Name;

    static CallPermissionAnswer? IJsonText<CallPermissionAnswer>.FromJson(string? text) => new CallPermissionAnswer(text!);
}
