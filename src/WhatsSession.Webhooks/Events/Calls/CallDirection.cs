using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Who called. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<CallDirection>))]
public readonly record struct CallDirection(string Name) : IJsonText<CallDirection>
{
    /// <summary>The customer.</summary>
    public static CallDirection UserInitiated { get; } = new("USER_INITIATED");

    /// <summary>The business.</summary>
    public static CallDirection BusinessInitiated { get; } = new("BUSINESS_INITIATED");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<CallDirection>.ToJson(CallDirection value) => value.Name;

    static CallDirection? IJsonText<CallDirection>.FromJson(string? text) => new CallDirection(text!);
}
