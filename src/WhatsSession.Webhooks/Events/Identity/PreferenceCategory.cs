using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What a customer's choice is about. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PreferenceCategory>))]
public readonly record struct PreferenceCategory(string Name) : IJsonText<PreferenceCategory>
{
    /// <summary>Marketing messages.</summary>
    public static PreferenceCategory MarketingMessages { get; } = new("marketing_messages");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PreferenceCategory>.ToJson(PreferenceCategory value) => value.Name;

    static PreferenceCategory? IJsonText<PreferenceCategory>.FromJson(string? text) => new PreferenceCategory(text!);
}
