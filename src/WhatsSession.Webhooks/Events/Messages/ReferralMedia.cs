using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What an ad shows. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ReferralMedia>))]
public readonly record struct ReferralMedia(string Name) : IJsonText<ReferralMedia>
{
    /// <summary>An image.</summary>
    public static ReferralMedia Image { get; } = new("image");

    /// <summary>A video.</summary>
    public static ReferralMedia Video { get; } = new("video");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<ReferralMedia>.ToJson(ReferralMedia value) => value.Name;

    static ReferralMedia? IJsonText<ReferralMedia>.FromJson(string? text) => new ReferralMedia(text!);
}
