using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What a customer came through. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ReferralSource>))]
public readonly record struct ReferralSource(string Name) : IJsonText<ReferralSource>
{
    /// <summary>An ad that opens a chat.</summary>
    public static ReferralSource Ad { get; } = new("ad");

    /// <summary>A post, in older payloads.</summary>
    public static ReferralSource Post { get; } = new("post");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<ReferralSource>.ToJson(ReferralSource value) => value.Name;

    static ReferralSource? IJsonText<ReferralSource>.FromJson(string? text) => new ReferralSource(text!);
}
