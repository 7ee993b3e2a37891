using System.Text.Json;

namespace WhatsSession;

/// <summary>Reads one element of <c>statuses</c>.</summary>
internal static class StatusParser
{
    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="participant">The member of a group that the status is about; empty otherwise.</param>
    public static DeliveryUpdated Parse(ref Utf8JsonReader reader, out string participant)
    {
        var status = new DeliveryUpdated { Lane = EventLane.Status, Timestamp = NodaTime.NodaConstants.UnixEpoch };
        string? recipient = null, callbackData = null, participantPhone = null, participantUser = null;
        var isGroup = false;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                status.MessageId = MessageId.TryParse(JsonText.Read(ref reader), out var id) ? id : default;
            }
            else if (name.SequenceEqual("status"u8))
            {
                status.Status = new DeliveryStatus(JsonText.ReadInterned(ref reader) ?? "");
            }
            else if (name.SequenceEqual("timestamp"u8))
            {
                status.Timestamp = Timestamps.Read(ref reader);
            }
            else if (name.SequenceEqual("recipient_id"u8))
            {
                recipient = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("recipient_user_id"u8))
            {
                status.BusinessScopedId = ContactParser.Customer(JsonText.Read(ref reader));
            }
            else if (name.SequenceEqual("recipient_type"u8))
            {
                isGroup = JsonText.ReadInterned(ref reader) == "group";
            }
            else if (name.SequenceEqual("recipient_participant_id"u8) || name.SequenceEqual("participant_recipient_id"u8))
            {
                // Meta documents both spellings.
                participantPhone = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("recipient_participant_user_id"u8))
            {
                participantUser = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("biz_opaque_callback_data"u8))
            {
                callbackData = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("errors"u8))
            {
                status.Error = GraphErrorReader.ReadFirst(ref reader) ?? status.Error;
            }
            else
            {
                reader.Skip();
            }
        }

        if (isGroup)
        {
            status.Group = GroupId.TryParse(recipient, out var group) ? group : null;
        }
        else
        {
            status.Phone = ContactParser.Customer(recipient);
        }

        (status.Intent, status.CallbackData) = CallbackData.Split(callbackData);
        participant = participantPhone ?? participantUser ?? "";
        return status;
    }
}
