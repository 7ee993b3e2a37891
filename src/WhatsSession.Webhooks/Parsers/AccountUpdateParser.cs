using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads <c>account_update</c>.</summary>
internal static class AccountUpdateParser
{
    /// <summary>Reads the object that the reader stands on; null when it names no event.</summary>
    public static AccountUpdated? Parse(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new AccountUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "event":
                    update.Event = new AccountEvent(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "country":
                    update.Country = JsonText.ReadId(ref reader);
                    break;
                case "restriction_info":
                    update.Restrictions = JsonText.ReadList(ref reader, Restriction);
                    break;
                case "violation_info":
                    update.Violation = Violation(ref reader);
                    break;
                case "ban_info":
                    update.Ban = Ban(ref reader);
                    break;
                case "auth_international_rate_eligibility":
                    update.AuthenticationInternational = Rate(ref reader);
                    break;
                case "volume_tier_info":
                    update.Tier = Tier(ref reader);
                    break;
                case "disconnection_info":
                    update.Disconnection = Disconnection(ref reader);
                    break;
                case "waba_info":
                    update.Partner = Partner(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Event == default ? null : update;
    }

    private static AccountRestriction Restriction(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var restriction = new AccountRestriction();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "restriction_type":
                    restriction.Kind = new RestrictionKind(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "expiration":
                    restriction.ExpiresAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "remediation":
                    restriction.Remediation = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return restriction;
    }

    private static string? Violation(ref Utf8JsonReader reader)
    {
        string? violation = null;
        if (JsonText.EntersObject(ref reader))
        {
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("violation_type"u8))
                {
                    violation = JsonText.Read(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return violation;
    }

    private static AccountBan? Ban(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var ban = new AccountBan();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "waba_ban_state":
                    ban.State = new BanState(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "waba_ban_date":
                    ban.Date = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return ban;
    }

    private static InternationalRate? Rate(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var rate = new InternationalRate();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "start_time":
                    rate.StartsAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "exception_countries":
                    rate.Exceptions = JsonText.ReadList(ref reader, Exception);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return rate;
    }

    private static InternationalRateCountry Exception(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var exception = new InternationalRateCountry();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "country_code":
                    exception.CountryCode = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "start_time":
                    exception.StartsAt = Timestamps.ReadOptional(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return exception;
    }

    private static PricingTier? Tier(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var tier = new PricingTier();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "tier":
                    tier.Tier = JsonText.Read(ref reader);
                    break;
                case "pricing_category":
                    tier.Category = new PricingCategory(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "region":
                    tier.Region = JsonText.Read(ref reader);
                    break;
                case "effective_month":
                    tier.EffectiveMonth = JsonText.Read(ref reader);
                    break;
                case "tier_update_time":
                    tier.UpdatedAt = Timestamps.ReadOptional(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return tier;
    }

    private static Disconnection? Disconnection(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var disconnection = new Disconnection();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "reason":
                    disconnection.Reason = JsonText.Read(ref reader);
                    break;
                case "initiated_by":
                    disconnection.InitiatedBy = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return disconnection;
    }

    private static PartnerAccount? Partner(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var partner = new PartnerAccount();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "waba_id":
                    partner.Account = Account(ref reader);
                    break;
                case "owner_business_id":
                    partner.OwnerBusinessId = JsonText.ReadId(ref reader);
                    break;
                case "partner_app_id":
                    partner.PartnerAppId = JsonText.ReadId(ref reader);
                    break;
                case "solution_id":
                    partner.SolutionId = JsonText.ReadId(ref reader);
                    break;
                case "solution_partner_business_ids":
                    partner.SolutionPartnerBusinessIds = JsonText.ReadTexts(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return partner;
    }

    private static BusinessAccountId? Account(ref Utf8JsonReader reader) => BusinessAccountId.TryParse(JsonText.ReadId(ref reader), out var account) ? account : null;
}
