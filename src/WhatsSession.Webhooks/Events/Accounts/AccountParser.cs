using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads notices about accounts; null where an object has nothing of the notice.</summary>
internal static class AccountParser
{
    public static AccountReviewed? Review(in ObjectReader o) =>
        o.Word("decision"u8) is { } decision ? new AccountReviewed { Decision = new ReviewDecision(decision) } : null;

    public static BusinessCapabilityUpdated? Capability(in ObjectReader o)
    {
        var update = new BusinessCapabilityUpdated
        {
            MessagingLimit = Limit(o, "max_daily_conversations_per_business"u8),
            MessagingLimitPerNumber = Limit(o, "max_daily_conversation_per_phone"u8),
            NumbersPerBusiness = o.Whole("max_phone_numbers_per_business"u8),
            NumbersPerAccount = o.Whole("max_phone_numbers_per_waba"u8),
        };
        return update is { MessagingLimit: null, MessagingLimitPerNumber: null, NumbersPerBusiness: null, NumbersPerAccount: null } ? null : update;
    }

    public static PartnerSolutionUpdated? Solution(in ObjectReader o)
    {
        var update = new PartnerSolutionUpdated { Event = o.Text("event"u8), SolutionId = o.Id("solution_id"u8), SolutionStatus = o.Text("solution_status"u8) };
        return update is { Event: null, SolutionId: null } ? null : update;
    }

    public static PaymentConfigurationUpdated? Payment(in ObjectReader o) =>
        o.Text("configuration_name"u8) is not { } name ? null : new PaymentConfigurationUpdated
        {
            ConfigurationName = name,
            ProviderName = o.Text("provider_name"u8),
            ProviderMerchantId = o.Text("provider_mid"u8),
            Status = o.Text("status"u8),
            CreatedAt = o.Time("created_timestamp"u8),
            UpdatedAt = o.Time("updated_timestamp"u8),
        };

    public static AccountAlerted? Alert(in ObjectReader o)
    {
        // The alert's own part stands in an object of its own, in older payloads beside the rest.
        var info = o.Object("alert_info"u8);
        var alert = new AccountAlerted
        {
            EntityType = info.Text("entity_type"u8) ?? o.Text("entity_type"u8),
            EntityId = info.Id("entity_id"u8) ?? o.Id("entity_id"u8),
            Severity = info.Text("alert_severity"u8) ?? o.Text("alert_severity"u8),
            Status = info.Text("alert_status"u8) ?? o.Text("alert_status"u8),
            Kind = info.Text("alert_type"u8) ?? o.Text("alert_type"u8),
            Description = info.Text("alert_description"u8) ?? o.Text("alert_description"u8),
        };
        return alert is { EntityType: null, Kind: null } ? null : alert;
    }

    public static MessagingLimit? Limit(in ObjectReader o, ReadOnlySpan<byte> name) => o.Word(name) is { } limit ? new MessagingLimit(limit) : null;
}
