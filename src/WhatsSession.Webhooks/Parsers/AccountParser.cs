using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads notices about accounts and numbers. Each method reads the object that the reader stands on; null when it has nothing of the notice.</summary>
internal static class AccountParser
{
    public static AccountReviewed? Review(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new AccountReviewed();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "decision":
                    update.Decision = new ReviewDecision(Utf8Interner.Read(ref reader) ?? "");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Decision == default ? null : update;
    }

    public static BusinessCapabilityUpdated? Capability(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new BusinessCapabilityUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "max_daily_conversations_per_business":
                    update.MessagingLimit = Limit(ref reader);
                    break;
                case "max_daily_conversation_per_phone":
                    update.MessagingLimitPerNumber = Limit(ref reader);
                    break;
                case "max_phone_numbers_per_business":
                    update.NumbersPerBusiness = JsonText.ReadInt64(ref reader);
                    break;
                case "max_phone_numbers_per_waba":
                    update.NumbersPerAccount = JsonText.ReadInt64(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update is { MessagingLimit: null, MessagingLimitPerNumber: null, NumbersPerBusiness: null, NumbersPerAccount: null } ? null : update;
    }

    public static PartnerSolutionUpdated? Solution(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new PartnerSolutionUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "event":
                    update.Event = JsonText.Read(ref reader);
                    break;
                case "solution_id":
                    update.SolutionId = JsonText.ReadId(ref reader);
                    break;
                case "solution_status":
                    update.SolutionStatus = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Event is null && update.SolutionId is null ? null : update;
    }

    public static PaymentConfigurationUpdated? Payment(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new PaymentConfigurationUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "configuration_name":
                    update.ConfigurationName = JsonText.Read(ref reader);
                    break;
                case "provider_name":
                    update.ProviderName = JsonText.Read(ref reader);
                    break;
                case "provider_mid":
                    update.ProviderMerchantId = JsonText.Read(ref reader);
                    break;
                case "status":
                    update.Status = JsonText.Read(ref reader);
                    break;
                case "created_timestamp":
                    update.CreatedAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "updated_timestamp":
                    update.UpdatedAt = Timestamps.ReadOptional(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.ConfigurationName is null ? null : update;
    }

    public static PhoneNumberNameReviewed? Name(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new PhoneNumberNameReviewed();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "display_phone_number":
                    update.DisplayPhoneNumber = JsonText.ReadId(ref reader);
                    break;
                case "decision":
                    update.Decision = new ReviewDecision(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "requested_verified_name":
                    update.RequestedName = JsonText.Read(ref reader);
                    break;
                case "rejection_reason":
                    update.RejectionReason = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Decision == default ? null : update;
    }

    public static PhoneNumberQualityUpdated? Quality(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new PhoneNumberQualityUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "display_phone_number":
                    update.DisplayPhoneNumber = JsonText.ReadId(ref reader);
                    break;
                case "event":
                    update.Event = new PhoneNumberQualityEvent(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "current_limit":
                    update.CurrentLimit = Limit(ref reader);
                    break;
                case "old_limit":
                    update.PreviousLimit = Limit(ref reader);
                    break;
                case "max_daily_conversations_per_business":
                    update.MessagingLimit = Limit(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Event == default ? null : update;
    }

    public static SecurityChanged? Security(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new SecurityChanged();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "display_phone_number":
                    update.DisplayPhoneNumber = JsonText.ReadId(ref reader);
                    break;
                case "event":
                    update.Action = new SecurityAction(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "requester":
                    update.Requester = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Action == default ? null : update;
    }

    public static BusinessUsernameUpdated? Username(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new BusinessUsernameUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "display_phone_number":
                    update.DisplayPhoneNumber = JsonText.ReadId(ref reader);
                    break;
                case "username":
                    update.Username = ContactParser.ReadUsername(ref reader);
                    break;
                case "status":
                    update.Status = new BusinessUsernameStatus(Utf8Interner.Read(ref reader) ?? "");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Status == default ? null : update;
    }

    public static FlowUpdated? Flow(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new FlowUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "event":
                    update.Event = new FlowEvent(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "flow_id":
                    update.FlowId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "message":
                    update.Message = JsonText.Read(ref reader);
                    break;
                case "old_status":
                    update.PreviousStatus = JsonText.Read(ref reader);
                    break;
                case "new_status":
                    update.CurrentStatus = JsonText.Read(ref reader);
                    break;
                case "alert_state":
                    update.AlertState = JsonText.Read(ref reader);
                    break;
                case "threshold":
                    update.Threshold = JsonText.ReadDouble(ref reader);
                    break;
                case "error_rate":
                    update.ErrorRate = JsonText.ReadDouble(ref reader);
                    break;
                case "availability":
                    update.Availability = JsonText.ReadDouble(ref reader);
                    break;
                case "p50_latency":
                    update.MedianLatency = JsonText.ReadInt64(ref reader);
                    break;
                case "p90_latency":
                    update.SlowLatency = JsonText.ReadInt64(ref reader);
                    break;
                case "requests_count":
                    update.Requests = JsonText.ReadInt64(ref reader);
                    break;
                case "warning":
                    update.Warning = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.Event == default ? null : update;
    }

    public static AccountAlerted? Alert(ref Utf8JsonReader reader)
    {
        var alert = new AccountAlerted();
        Alert(ref reader, alert, isInfo: false);
        return alert is { EntityType: null, Kind: null } ? null : alert;
    }

    // The alert's own part stands in an object of its own, in older payloads beside the rest.
    private static void Alert(ref Utf8JsonReader reader, AccountAlerted alert, bool isInfo)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "entity_type":
                    alert.EntityType = JsonText.Read(ref reader);
                    break;
                case "entity_id":
                    alert.EntityId = JsonText.ReadId(ref reader);
                    break;
                case "alert_severity":
                    alert.Severity = JsonText.Read(ref reader);
                    break;
                case "alert_status":
                    alert.Status = JsonText.Read(ref reader);
                    break;
                case "alert_type":
                    alert.Kind = JsonText.Read(ref reader);
                    break;
                case "alert_description":
                    alert.Description = JsonText.Read(ref reader);
                    break;
                case "alert_info" when !isInfo:
                    Info(ref reader, alert);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Info(ref Utf8JsonReader reader, AccountAlerted alert)
    {
        if (JsonText.EntersObject(ref reader))
        {
            Alert(ref reader, alert, isInfo: true);
        }
    }

    private static MessagingLimit? Limit(ref Utf8JsonReader reader) => Utf8Interner.Read(ref reader) is { } limit ? new MessagingLimit(limit) : null;
}
