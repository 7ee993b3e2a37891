using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happened to an account. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read February 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<AccountEvent>))]
public readonly record struct AccountEvent(string Name) : IJsonText<AccountEvent>
{
    /// <summary>The account was deleted.</summary>
    public static AccountEvent Deleted { get; } = new("ACCOUNT_DELETED");

    /// <summary>The account is restricted.</summary>
    public static AccountEvent Restricted { get; } = new("ACCOUNT_RESTRICTION");

    /// <summary>A rule of Meta was violated.</summary>
    public static AccountEvent Violation { get; } = new("ACCOUNT_VIOLATION");

    /// <summary>The account is banned, will be, or no longer is.</summary>
    public static AccountEvent Disabled { get; } = new("DISABLED_UPDATE");

    /// <summary>An ad account was linked.</summary>
    public static AccountEvent AdAccountLinked { get; } = new("AD_ACCOUNT_LINKED");

    /// <summary>The international rate for authentication will apply.</summary>
    public static AccountEvent AuthenticationInternationalEligibility { get; } = new("AUTH_INTL_PRICE_ELIGIBILITY_UPDATE");

    /// <summary>The business's primary country changed.</summary>
    public static AccountEvent PrimaryCountryChanged { get; } = new("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE");

    /// <summary>The terms of the Marketing Messages API were signed.</summary>
    public static AccountEvent MarketingTermsSigned { get; } = new("MM_LITE_TERMS_SIGNED");

    /// <summary>A partner may use the account.</summary>
    public static AccountEvent PartnerAdded { get; } = new("PARTNER_ADDED");

    /// <summary>A partner may no longer use the account.</summary>
    public static AccountEvent PartnerRemoved { get; } = new("PARTNER_REMOVED");

    /// <summary>A partner's app was installed.</summary>
    public static AccountEvent PartnerAppInstalled { get; } = new("PARTNER_APP_INSTALLED");

    /// <summary>A partner's app was removed.</summary>
    public static AccountEvent PartnerAppUninstalled { get; } = new("PARTNER_APP_UNINSTALLED");

    /// <summary>The certification of a partner's client changed its status.</summary>
    public static AccountEvent PartnerCertificateStatus { get; } = new("PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE");

    /// <summary>The tier of volume pricing changed.</summary>
    public static AccountEvent PricingTierChanged { get; } = new("VOLUME_BASED_PRICING_TIER_UPDATE");

    /// <summary>A number left coexistence.</summary>
    public static AccountEvent Offboarded { get; } = new("ACCOUNT_OFFBOARDED");

    /// <summary>A number came back to coexistence.</summary>
    public static AccountEvent Reconnected { get; } = new("ACCOUNT_RECONNECTED");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<AccountEvent>.ToJson(AccountEvent value) => value.Name;

    static AccountEvent? IJsonText<AccountEvent>.FromJson(string? text) => new AccountEvent(text!);
}
