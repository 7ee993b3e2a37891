using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happened to the PIN of a business number. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/security">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<SecurityAction>))]
public readonly record struct SecurityAction(string Name) : IJsonText<SecurityAction>
{
    /// <summary>It was changed.</summary>
    public static SecurityAction PinChanged { get; } = new("PIN_CHANGED");

    /// <summary>Its reset was asked for.</summary>
    public static SecurityAction PinResetRequested { get; } = new("PIN_RESET_REQUEST");

    /// <summary>It was reset.</summary>
    public static SecurityAction PinResetDone { get; } = new("PIN_REQUEST_SUCCESS");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<SecurityAction>.ToJson(SecurityAction value) => value.Name;

    static SecurityAction? IJsonText<SecurityAction>.FromJson(string? text) => new SecurityAction(text!);
}
