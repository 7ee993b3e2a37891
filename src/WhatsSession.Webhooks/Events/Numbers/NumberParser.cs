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
}
