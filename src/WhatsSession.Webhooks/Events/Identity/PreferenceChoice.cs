using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A customer's choice about messages of a category. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PreferenceChoice>))]
public readonly record struct PreferenceChoice(string Name) : IJsonText<PreferenceChoice>
{
    /// <summary>No more of them.</summary>
    public static PreferenceChoice Stop { get; } = new("stop");

    /// <summary>They are allowed again.</summary>
    public static PreferenceChoice Resume { get; } = new("resume");

    /// <summary>The customer signed up for them.</summary>
    public static PreferenceChoice SignUp { get; } = new("signup");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PreferenceChoice>.ToJson(PreferenceChoice value) => value.Name;

    static PreferenceChoice? IJsonText<PreferenceChoice>.FromJson(string? text) => new PreferenceChoice(text!);
}
