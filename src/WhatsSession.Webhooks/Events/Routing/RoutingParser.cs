using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads what belongs to threads that several partners share.</summary>
internal static class RoutingParser
{
    /// <summary>Reads an element of an array inside <c>standby</c>: a status, an echo, or else a customer's message.</summary>
    public static CustomerEvent Standby(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, Contact? contact)
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
            // A payment, a call and what is not known are told as such: no thread has them.
            var status = StatusParser.Parse(utf8, ref reader);
            return status is not DeliveryUpdated delivery ? status : new StandbyDeliveryUpdated
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
            return CoexistenceParser.Echo(utf8, ref reader, contact);
        }

        var message = MessageParser.Parse(utf8, ref reader, contact);
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

    /// <summary>What <c>messaging_handovers</c> says; null when it names no kind.</summary>
    public static ThreadControlChanged? Handover(in ObjectReader o)
    {
        if (o.Word("type"u8) is not { } kind)
        {
            return null;
        }

        // The rest stands in an object that is called as its kind, whichever that is.
        var sender = o.Object("sender"u8);
        var recipient = o.Object("recipient"u8);
        var control = o.ObjectBeside("sender"u8, "recipient"u8);
        return new ThreadControlChanged
        {
            Kind = new ThreadControl(kind),
            Timestamp = o.Timestamp(),
            Phone = sender.Customer("phone_number"u8),
            BusinessScopedId = sender.Customer("user_id"u8),
            ParentBusinessScopedId = sender.Customer("parent_user_id"u8),
            Number = PhoneNumberId.TryParse(recipient.Word("phone_number_id"u8), out var number) ? number : null,
            DisplayPhoneNumber = recipient.Word("display_phone_number"u8),
            PreviousRole = control.Word("previous_owner_role"u8, static name => new ThreadRole(name)),
            NewRole = control.Word("new_owner_role"u8, static name => new ThreadRole(name)),
            PreviousAppId = control.Id("previous_owner_app_id"u8),
            PreviousAppRole = control.Text("previous_owner_app_role"u8),
            Metadata = control.Text("metadata"u8),
            Summary = control.Value("conversation_context"u8, ContactParser.ReadSummary),
        };
    }
}
