using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads <c>account_update</c>.</summary>
internal static class AccountUpdateParser
{
    /// <summary>What the object says; null when it names no event.</summary>
    public static AccountUpdated? Parse(in ObjectReader o) => o.Word("event"u8) is not { } name ? null : new AccountUpdated
    {
        Event = new AccountEvent(name),
        Country = o.Id("country"u8),
        Restrictions = o.List("restriction_info"u8, Restriction),
        Violation = o.Object("violation_info"u8).Text("violation_type"u8),
        Ban = o.Object("ban_info"u8, Ban),
        AuthenticationInternational = o.Object("auth_international_rate_eligibility"u8, Rate),
        Tier = o.Object("volume_tier_info"u8, Tier),
        Disconnection = o.Object("disconnection_info"u8, Disconnection),
        Partner = o.Object("waba_info"u8, Partner),
    };

    private static AccountRestriction Restriction(in ObjectReader o) => new()
    {
        Kind = o.Word("restriction_type"u8, static name => new RestrictionKind(name)),
        ExpiresAt = o.Time("expiration"u8),
        Remediation = o.Text("remediation"u8),
    };

    private static AccountBan Ban(in ObjectReader o) => new()
    {
        State = o.Word("waba_ban_state"u8, static name => new BanState(name)),
        Date = o.Text("waba_ban_date"u8),
    };

    private static InternationalRate Rate(in ObjectReader o) => new()
    {
        StartsAt = o.Time("start_time"u8),
        Exceptions = o.List("exception_countries"u8, Exception),
    };

    private static InternationalRateCountry Exception(in ObjectReader o) => new()
    {
        CountryCode = o.Id("country_code"u8) ?? "",
        StartsAt = o.Time("start_time"u8),
    };

    private static PricingTier Tier(in ObjectReader o) => new()
    {
        Tier = o.Text("tier"u8),
        Category = o.Word("pricing_category"u8, static name => new PricingCategory(name)),
        Region = o.Text("region"u8),
        EffectiveMonth = o.Text("effective_month"u8),
        UpdatedAt = o.Time("tier_update_time"u8),
    };

    private static Disconnection Disconnection(in ObjectReader o) => new()
    {
        Reason = o.Text("reason"u8),
        InitiatedBy = o.Text("initiated_by"u8),
    };

    private static PartnerAccount Partner(in ObjectReader o) => new()
    {
        Account = BusinessAccountId.TryParse(o.Id("waba_id"u8), out var account) ? account : null,
        OwnerBusinessId = o.Id("owner_business_id"u8),
        PartnerAppId = o.Id("partner_app_id"u8),
        SolutionId = o.Id("solution_id"u8),
        SolutionPartnerBusinessIds = o.Texts("solution_partner_business_ids"u8),
    };
}
