using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How a customer gets a one-time code into an app. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates">Meta, read 10 March 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<OneTimeCodeKind>))]
public readonly record struct OneTimeCodeKind(string Name) : IJsonText<OneTimeCodeKind>
{
    /// <summary>The customer copies it.</summary>
    public static OneTimeCodeKind CopyCode { get; } = new("COPY_CODE");

    /// <summary>One tap passes the code to the app.</summary>
    public static OneTimeCodeKind OneTap { get; } = new("ONE_TAP");

    /// <summary>The app gets the code without a tap.</summary>
    public static OneTimeCodeKind ZeroTap { get; } = new("ZERO_TAP");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<OneTimeCodeKind>.ToJson(OneTimeCodeKind value) => value.Name;

    static OneTimeCodeKind? IJsonText<OneTimeCodeKind>.FromJson(string? text) => new OneTimeCodeKind(text!);
}
