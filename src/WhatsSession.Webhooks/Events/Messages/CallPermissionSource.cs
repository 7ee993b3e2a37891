using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The origin of a call permission. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<CallPermissionSource>))]
public readonly record struct CallPermissionSource(string Name) : IJsonText<CallPermissionSource>
{
    /// <summary>The customer chose.</summary>
    public static CallPermissionSource UserAction { get; } = new("user_action");

    /// <summary>It follows from what the customer did, such as calling the business.</summary>
    public static CallPermissionSource Automatic { get; } = new("automatic");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<CallPermissionSource>.ToJson(CallPermissionSource value) => value.Name;

    static CallPermissionSource? IJsonText<CallPermissionSource>.FromJson(string? text) => new CallPermissionSource(text!);
}
