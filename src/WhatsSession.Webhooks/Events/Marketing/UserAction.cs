using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What somebody did with a marketing message. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages">Meta, read November 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<UserAction>))]
public readonly record struct UserAction(string Name) : IJsonText<UserAction>
{
    /// <summary>Tapped the text or the button.</summary>
    public static UserAction LinkClick { get; } = new("marketing_messages_link_click");

    /// <summary>Saw the page that the link led to.</summary>
    public static UserAction LandingPageView { get; } = new("landing_page_view");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<UserAction>.ToJson(UserAction value) => value.Name;

    static UserAction? IJsonText<UserAction>.FromJson(string? text) => new UserAction(text!);
}
