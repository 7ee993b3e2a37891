using NodaTime;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads an element of <c>calls</c>, and of the statuses beside it.</summary>
internal static class CallParser
{
    /// <summary>What the object says; null when it is neither a call nor the status of one.</summary>
    public static CallEvent? Parse(in ObjectReader o)
    {
        if (Content(o) is not { } call)
        {
            return null;
        }

        var direction = o.Word("direction"u8, static name => new CallDirection(name));
        var (intent, _, callbackData) = CallbackData.Split(o.Text("biz_opaque_callback_data"u8));
        call.SetCall(o.Id("id"u8) ?? "", direction, intent, callbackData, o.Errors());
        call.SetTimestamp(o.Timestamp());
        if (IsByCustomer(o, direction))
        {
            call.SetCustomer(o.Customer("from"u8), o.Customer("from_user_id"u8), o.Customer("from_parent_user_id"u8), group: null);
        }
        else
        {
            call.SetCustomer(
                o.Customer("to"u8) ?? o.Customer("recipient_id"u8),
                o.Customer("to_user_id"u8) ?? o.Customer("recipient_user_id"u8),
                o.Customer("to_parent_user_id"u8) ?? o.Customer("recipient_parent_user_id"u8) ?? o.Customer("parent_recipient_user_id"u8),
                group: null);
        }

        return call;
    }

    private static CallEvent? Content(in ObjectReader o)
    {
        var status = o.Word("status"u8, static name => new CallStatus(name));
        return o.Id("event"u8) switch
        {
            "connect" => Connected(o),
            "terminate" => Terminated(o, status),
            "call_created" => new CallCreated(),
            "call_recording_available" => new CallRecordingAvailable
            {
                Recording = o.Object("call_recording"u8).Object("audio"u8, Medium) ?? o.Object("recording"u8, Medium),
            },
            // Meta documents the one spelling; the other was seen.
            "call_transcription_available" or "call_transcript_available" => new CallTranscriptAvailable
            {
                Transcript = o.Object("call_transcript"u8).Object("document"u8, Medium),
            },
            { } kind => new UnknownCall { Kind = kind },
            null when status != default => new CallStatusUpdated { Status = status },
            null => null,
        };
    }

    /// <summary>
    /// Whether the customer stands under <c>from</c>. A status names the recipient alone, and tells of a call by the business.
    /// What comes after a call names the customer alone, whoever called, and no direction.
    /// </summary>
    private static bool IsByCustomer(in ObjectReader o, CallDirection direction) =>
        direction == CallDirection.UserInitiated
        || (o.Customer("from_user_id"u8) is not null && (direction == default || !IsAddressed(o)))
        || (direction == default && o.Customer("from"u8) is not null && !IsAddressed(o));

    private static bool IsAddressed(in ObjectReader o) =>
        (o.Customer("to_user_id"u8) ?? o.Customer("recipient_user_id"u8) ?? o.Customer("to"u8) ?? o.Customer("recipient_id"u8)) is not null;

    private static CallConnected Connected(in ObjectReader o)
    {
        var session = o.Object("session"u8);
        return new CallConnected
        {
            SessionKind = session.Word("sdp_type"u8),
            SessionDescription = session.Text("sdp"u8),
            ButtonPayload = o.Text("cta_payload"u8),
            LinkPayload = o.Text("deeplink_payload"u8),
        };
    }

    private static CallTerminated Terminated(in ObjectReader o, CallStatus status) => new()
    {
        Status = status,
        StartedAt = o.Time("start_time"u8),
        EndedAt = o.Time("end_time"u8),
        Length = o.Whole("duration"u8) is >= 0 and <= int.MaxValue and var seconds ? Duration.FromSeconds(seconds) : null,
    };

    private static CallMedium Medium(in ObjectReader o) => new()
    {
        MediaId = o.Id("id"u8) ?? "",
        MimeType = o.Word("mime_type"u8) ?? "",
        Sha256 = o.Text("sha256"u8) ?? "",
        Url = o.Url("url"u8),
    };
}
