using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads what belongs to threads that several partners share.</summary>
internal static class RoutingParser
{
    /// <summary>Reads an element of an array inside <c>standby</c>: a status, an echo, or else a customer's message.</summary>
    public static CustomerEvent Standby(ref Utf8JsonReader reader, Contact? contact)
    {
        var ahead = reader;
        var (isStatus, isEcho) = (false, false);
        while (JsonText.NextProperty(ref ahead, out var name))
        {
            isStatus |= name.SequenceEqual("status"u8);
            isEcho |= name.SequenceEqual("message"u8) || name.SequenceEqual("to"u8) || name.SequenceEqual("to_user_id"u8);
            ahead.Skip();
        }

        if (isStatus)
        {
            var delivery = StatusParser.Parse(ref reader);
            return new StandbyDeliveryUpdated
            {
                Delivery = delivery,
                Phone = delivery.Phone,
                BusinessScopedId = delivery.BusinessScopedId,
                ParentBusinessScopedId = delivery.ParentBusinessScopedId,
                Group = delivery.Group,
                Timestamp = delivery.Timestamp,
            };
        }

        if (isEcho)
        {
            return CoexistenceParser.Echo(ref reader, contact);
        }

        var message = MessageParser.Parse(ref reader, contact);
        return new StandbyMessageReceived
        {
            Message = message,
            Phone = message.Phone,
            BusinessScopedId = message.BusinessScopedId,
            ParentBusinessScopedId = message.ParentBusinessScopedId,
            Group = message.Group,
            Timestamp = message.Timestamp,
        };
    }

    /// <summary>Reads <c>messaging_handovers</c>; null when it names no kind.</summary>
    public static ThreadControlChanged? Handover(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var change = new ThreadControlChanged();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "type":
                    change.Kind = new ThreadControl(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "timestamp":
                    change.Timestamp = Timestamps.Read(ref reader);
                    break;
                case "sender":
                    Sender(ref reader, change);
                    break;
                case "recipient":
                    Recipient(ref reader, change);
                    break;
                default:
                    // The rest stands in an object that is called as its kind, whichever that is.
                    Control(ref reader, change);
                    break;
            }
        }

        return change.Kind == default ? null : change;
    }

    private static void Sender(ref Utf8JsonReader reader, ThreadControlChanged change)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "phone_number":
                    change.Phone = ContactParser.ReadCustomer(ref reader);
                    break;
                case "user_id":
                    change.BusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                case "parent_user_id":
                    change.ParentBusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Recipient(ref Utf8JsonReader reader, ThreadControlChanged change)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "phone_number_id":
                    change.Number = PhoneNumberId.TryParse(Utf8Interner.Read(ref reader), out var number) ? number : null;
                    break;
                case "display_phone_number":
                    change.DisplayPhoneNumber = Utf8Interner.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Control(ref Utf8JsonReader reader, ThreadControlChanged change)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "previous_owner_role":
                    change.PreviousRole = new ThreadRole(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "new_owner_role":
                    change.NewRole = new ThreadRole(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "previous_owner_app_id":
                    change.PreviousAppId = JsonText.ReadId(ref reader);
                    break;
                case "previous_owner_app_role":
                    change.PreviousAppRole = JsonText.Read(ref reader);
                    break;
                case "metadata":
                    change.Metadata = JsonText.Read(ref reader);
                    break;
                case "conversation_context":
                    change.Summary = ContactParser.ReadSummary(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
