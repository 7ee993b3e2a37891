using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How many customers may be written to outside the window in 24 hours. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word, or the digits of a plain number.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<MessagingLimit>))]
public readonly record struct MessagingLimit(string Name) : IJsonText<MessagingLimit>
{
    /// <summary>50.</summary>
    public static MessagingLimit Tier50 { get; } = new("TIER_50");

    /// <summary>250.</summary>
    public static MessagingLimit Tier250 { get; } = new("TIER_250");

    /// <summary>1,000.</summary>
    public static MessagingLimit Tier1K { get; } = new("TIER_1K");

    /// <summary>2,000.</summary>
    public static MessagingLimit Tier2K { get; } = new("TIER_2K");

    /// <summary>10,000.</summary>
    public static MessagingLimit Tier10K { get; } = new("TIER_10K");

    /// <summary>100,000.</summary>
    public static MessagingLimit Tier100K { get; } = new("TIER_100K");

    /// <summary>No limit.</summary>
    public static MessagingLimit Unlimited { get; } = new("TIER_UNLIMITED");

    /// <summary>Not yet set.</summary>
    public static MessagingLimit NotSet { get; } = new("TIER_NOT_SET");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<MessagingLimit>.ToJson(MessagingLimit value) => value.Name;

    static MessagingLimit? IJsonText<MessagingLimit>.FromJson(string? text) => new MessagingLimit(text!);
}
