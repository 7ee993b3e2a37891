using NodaTime;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads an element of <c>calls</c>, and of the statuses beside it.</summary>
internal static class CallParser
{
    /// <summary>What the object says; null when it is neither a call nor the status of one.</summary>
    public static CallEvent? Parse(in ObjectReader o)
    {
        // A status names the recipient alone, and tells of a call by the business.
        var direction = o.Word("direction"u8, static name => new CallDirection(name));
        var status = o.Word("status"u8, static name => new CallStatus(name));
        var isByCustomer = direction == CallDirection.UserInitiated;
        var call = new CallParty(
            isByCustomer ? o.Customer("from"u8) : o.Customer("to"u8) ?? o.Customer("recipient_id"u8),
            isByCustomer ? o.Customer("from_user_id"u8) : o.Customer("to_user_id"u8) ?? o.Customer("recipient_user_id"u8),
            isByCustomer ? o.Customer("from_parent_user_id"u8)
                : o.Customer("to_parent_user_id"u8) ?? o.Customer("recipient_parent_user_id"u8) ?? o.Customer("parent_recipient_user_id"u8));
        var (intent, _, callbackData) = CallbackData.Split(o.Text("biz_opaque_callback_data"u8));
        var id = o.Id("id"u8) ?? "";
        switch (o.Id("event"u8))
        {
            case "connect":
                var session = o.Object("session"u8);
                return new CallConnected
                {
                    CallId = id,
                    Direction = direction,
                    Phone = call.Phone,
                    BusinessScopedId = call.User,
                    ParentBusinessScopedId = call.Parent,
                    Timestamp = o.Timestamp(),
                    Errors = o.Errors(),
                    Intent = intent,
                    CallbackData = callbackData,
                    SessionKind = session.Word("sdp_type"u8),
                    SessionDescription = session.Text("sdp"u8),
                    ButtonPayload = o.Text("cta_payload"u8),
                    LinkPayload = o.Text("deeplink_payload"u8),
                };
            case "terminate":
                return new CallTerminated
                {
                    CallId = id,
                    Direction = direction,
                    Phone = call.Phone,
                    BusinessScopedId = call.User,
                    ParentBusinessScopedId = call.Parent,
                    Timestamp = o.Timestamp(),
                    Errors = o.Errors(),
                    Intent = intent,
                    CallbackData = callbackData,
                    Status = status,
                    StartedAt = o.Time("start_time"u8),
                    EndedAt = o.Time("end_time"u8),
                    Length = o.Whole("duration"u8) is >= 0 and <= int.MaxValue and var seconds ? Duration.FromSeconds(seconds) : null,
                };
            case null when status != default:
                return new CallStatusUpdated
                {
                    CallId = id,
                    Direction = direction,
                    Phone = call.Phone,
                    BusinessScopedId = call.User,
                    ParentBusinessScopedId = call.Parent,
                    Timestamp = o.Timestamp(),
                    Errors = o.Errors(),
                    Intent = intent,
                    CallbackData = callbackData,
                    Status = status,
                };
            default:
                return null;
        }
    }

    private readonly record struct CallParty(CustomerId? Phone, CustomerId? User, CustomerId? Parent);
}
