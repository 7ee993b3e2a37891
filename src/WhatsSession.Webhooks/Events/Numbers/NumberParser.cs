using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads notices about business numbers; null where an object has nothing of the notice.</summary>
internal static class NumberParser
{
    public static PhoneNumberNameReviewed? Name(in ObjectReader o) => o.Word("decision"u8) is not { } decision ? null : new PhoneNumberNameReviewed
    {
        DisplayPhoneNumber = o.Id("display_phone_number"u8),
        Decision = new ReviewDecision(decision),
        RequestedName = o.Text("requested_verified_name"u8),
        RejectionReason = o.Text("rejection_reason"u8),
    };

    public static PhoneNumberQualityUpdated? Quality(in ObjectReader o) => o.Word("event"u8) is not { } name ? null : new PhoneNumberQualityUpdated
    {
        DisplayPhoneNumber = o.Id("display_phone_number"u8),
        Event = new PhoneNumberQualityEvent(name),
        CurrentLimit = AccountParser.Limit(o, "current_limit"u8),
        PreviousLimit = AccountParser.Limit(o, "old_limit"u8),
        MessagingLimit = AccountParser.Limit(o, "max_daily_conversations_per_business"u8),
    };

    public static SecurityChanged? Security(in ObjectReader o) => o.Word("event"u8) is not { } action ? null : new SecurityChanged
    {
        DisplayPhoneNumber = o.Id("display_phone_number"u8),
        Action = new SecurityAction(action),
        Requester = o.Text("requester"u8),
    };

    public static BusinessUsernameUpdated? Username(in ObjectReader o) => o.Word("status"u8) is not { } status ? null : new BusinessUsernameUpdated
    {
        DisplayPhoneNumber = o.Id("display_phone_number"u8),
        Username = o.Value("username"u8, ContactParser.ReadUsername),
        Status = new BusinessUsernameStatus(status),
    };

    public static PhoneNumberSettingsUpdated? Settings(in ObjectReader o)
    {
        var kind = o.Word("type"u8);
        var settings = o.Object("phone_number_settings"u8);
        return kind is null && !settings.IsPresent ? null : new PhoneNumberSettingsUpdated
        {
            Kind = kind ?? "",
            Timestamp = o.Timestamp(),
            Number = PhoneNumberId.TryParse(settings.Word("phone_number_id"u8), out var number) ? number : null,
            Calling = settings.Object("calling"u8, Calling),
            ChecksIdentity = settings.Object("user_identity_change"u8).Word("enable_identity_key_check"u8) is { } checks ? checks == "true" : null,
        };
    }

    private static CallingSettings Calling(in ObjectReader o) => new()
    {
        Status = o.Word("status"u8),
        IconVisibility = o.Word("call_icon_visibility"u8),
        CallbackPermission = o.Word("callback_permission_status"u8),
        Hours = o.Object("call_hours"u8).Word("status"u8),
        Sip = o.Object("sip"u8).Word("status"u8),
    };
}
