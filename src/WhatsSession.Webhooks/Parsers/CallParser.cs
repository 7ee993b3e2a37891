using System.Text.Json;
using NodaTime;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads an element of <c>calls</c>, and of the statuses beside it.</summary>
internal static class CallParser
{
    /// <summary>Reads the object that the reader stands on; null when it is neither a call nor the status of one.</summary>
    public static WhatsAppEvent? Parse(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var call = default(Gathered);
        call.Timestamp = NodaConstants.UnixEpoch;
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "id":
                    call.Id = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "event":
                    call.Event = JsonText.ReadId(ref reader);
                    break;
                case "direction":
                    call.Direction = new CallDirection(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "status":
                    call.Status = new CallStatus(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "timestamp":
                    call.Timestamp = Timestamps.Read(ref reader);
                    break;
                case "from":
                    call.From = ContactParser.ReadCustomer(ref reader);
                    break;
                case "from_user_id":
                    call.FromUser = ContactParser.ReadCustomer(ref reader);
                    break;
                case "from_parent_user_id":
                    call.FromParent = ContactParser.ReadCustomer(ref reader);
                    break;
                case "to" or "recipient_id":
                    call.To = ContactParser.ReadCustomer(ref reader);
                    break;
                case "to_user_id" or "recipient_user_id":
                    call.ToUser = ContactParser.ReadCustomer(ref reader);
                    break;
                case "to_parent_user_id" or "recipient_parent_user_id" or "parent_recipient_user_id":
                    call.ToParent = ContactParser.ReadCustomer(ref reader);
                    break;
                case "start_time":
                    call.StartedAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "end_time":
                    call.EndedAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "duration":
                    call.Seconds = JsonText.ReadInt64(ref reader);
                    break;
                case "biz_opaque_callback_data":
                    call.CallbackData = JsonText.Read(ref reader);
                    break;
                case "cta_payload":
                    call.ButtonPayload = JsonText.Read(ref reader);
                    break;
                case "deeplink_payload":
                    call.LinkPayload = JsonText.Read(ref reader);
                    break;
                case "errors":
                    call.Errors = GraphErrorReader.ReadAll(ref reader, call.Errors ?? []);
                    break;
                case "session":
                    (call.SessionKind, call.SessionDescription) = Session(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return call.Make();
    }

    private static (string? Kind, string? Description) Session(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return default;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        string? kind = null, description = null;
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "sdp_type":
                    kind = Utf8Interner.Read(ref reader);
                    break;
                case "sdp":
                    description = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (kind, description);
    }

    /// <summary>What the forms have in common; which it is may be told last.</summary>
    private struct Gathered
    {
        public string? Id { get; set; }

        public string? Event { get; set; }

        public CallDirection Direction { get; set; }

        public CallStatus Status { get; set; }

        public Instant Timestamp { get; set; }

        public CustomerId? From { get; set; }

        public CustomerId? FromUser { get; set; }

        public CustomerId? FromParent { get; set; }

        public CustomerId? To { get; set; }

        public CustomerId? ToUser { get; set; }

        public CustomerId? ToParent { get; set; }

        public Instant? StartedAt { get; set; }

        public Instant? EndedAt { get; set; }

        public long? Seconds { get; set; }

        public string? CallbackData { get; set; }

        public string? ButtonPayload { get; set; }

        public string? LinkPayload { get; set; }

        public string? SessionKind { get; set; }

        public string? SessionDescription { get; set; }

        public IReadOnlyList<GraphError>? Errors { get; set; }

        public readonly CallEvent? Make()
        {
            CallEvent? call = Event switch
            {
                "connect" => new CallConnected { SessionKind = SessionKind, SessionDescription = SessionDescription, ButtonPayload = ButtonPayload, LinkPayload = LinkPayload },
                "terminate" => new CallTerminated { Status = Status, StartedAt = StartedAt, EndedAt = EndedAt, Length = Seconds is >= 0 and <= int.MaxValue ? Duration.FromSeconds(Seconds.Value) : null },
                null when Status != default => new CallStatusUpdated { Status = Status },
                _ => null,
            };
            if (call is null)
            {
                return null;
            }

            // A status names the recipient alone, and tells of a call by the business.
            var isByCustomer = Direction == CallDirection.UserInitiated;
            call.Phone = isByCustomer ? From : To;
            call.BusinessScopedId = isByCustomer ? FromUser : ToUser;
            call.ParentBusinessScopedId = isByCustomer ? FromParent : ToParent;
            call.CallId = Id ?? "";
            call.Direction = Direction;
            call.Timestamp = Timestamp;
            call.Errors = Errors ?? [];
            (call.Intent, _, call.CallbackData) = WhatsSession.CallbackData.Split(CallbackData);
            return call;
        }
    }
}
