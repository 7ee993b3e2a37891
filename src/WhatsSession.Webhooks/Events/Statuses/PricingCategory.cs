using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The category that a message is priced under. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing">Meta, read July 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PricingCategory>))]
public readonly record struct PricingCategory(string Name) : IJsonText<PricingCategory>
{
    /// <summary>Authentication.</summary>
    public static PricingCategory Authentication { get; } = new("authentication");

    /// <summary>Authentication at the international rate.</summary>
    public static PricingCategory AuthenticationInternational { get; } = new("authentication_international");

    /// <summary>Marketing.</summary>
    public static PricingCategory Marketing { get; } = new("marketing");

    /// <summary>Marketing through the Marketing Messages API.</summary>
    public static PricingCategory MarketingLite { get; } = new("marketing_lite");

    /// <summary>Utility.</summary>
    public static PricingCategory Utility { get; } = new("utility");

    /// <summary>Session messages.</summary>
    public static PricingCategory Service { get; } = new("service");

    /// <summary>Inside a free entry point window.</summary>
    public static PricingCategory ReferralConversion { get; } = new("referral_conversion");

    /// <summary>Marketing in a group.</summary>
    public static PricingCategory GroupMarketing { get; } = new("group_marketing");

    /// <summary>Utility in a group.</summary>
    public static PricingCategory GroupUtility { get; } = new("group_utility");

    /// <summary>Session messages in a group.</summary>
    public static PricingCategory GroupService { get; } = new("group_service");

    /// <summary>Messages of providers of general-purpose AI.</summary>
    public static PricingCategory GeneralPurposeAI { get; } = new("general_purpose_ai");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PricingCategory>.ToJson(PricingCategory value) => value.Name;

    static PricingCategory? IJsonText<PricingCategory>.FromJson(string? text) => new PricingCategory(text!);
}
