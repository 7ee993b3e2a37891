using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads what belongs to numbers that are also used in the WhatsApp Business app: echoes, history, contacts.</summary>
internal static class CoexistenceParser
{
    /// <summary>Reads one element of <c>message_echoes</c>, with the message beside its recipient or in an object of its own.</summary>
    public static MessageEchoed Echo(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, Contact? contact)
    {
        var ends = new Ends();
        var message = Message(utf8, ref reader, contact, ends);
        return new MessageEchoed
        {
            Message = message,
            Phone = ends.To,
            BusinessScopedId = ends.ToUser,
            ParentBusinessScopedId = ends.ToParent,
            Group = message.Group ?? ends.Group,
            Timestamp = message.Timestamp,
        };
    }

    /// <summary>Reads a message of the history; the business wrote those that name a recipient.</summary>
    public static HistoryMessageReceived History(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, Contact? contact)
    {
        var ends = new Ends();
        var message = Message(utf8, ref reader, contact, ends);
        var isNamed = ends.To is not null || ends.ToUser is not null || ends.Group is not null;
        var isByBusiness = isNamed || IsOther(message, contact);
        return new HistoryMessageReceived
        {
            Message = message,
            IsByBusiness = isByBusiness,
            DeliveryStatus = ends.DeliveryStatus,
            Group = message.Group ?? ends.Group,
            Timestamp = message.Timestamp,
            Phone = !isByBusiness ? message.Phone : isNamed ? ends.To : contact?.Phone,
            BusinessScopedId = !isByBusiness ? message.BusinessScopedId : isNamed ? ends.ToUser : contact?.BusinessScopedId,
            ParentBusinessScopedId = isByBusiness ? ends.ToParent : message.ParentBusinessScopedId,
        };
    }

    /// <summary>What the notice of how far the history has come says; null when it is none.</summary>
    public static HistoryProgressed? Progress(in ObjectReader o)
    {
        var progress = new HistoryProgressed { Phase = o.Whole("phase"u8), Part = o.Whole("chunk_order"u8), Percent = o.Whole("progress"u8) };
        return progress is { Phase: null, Part: null, Percent: null } ? null : progress;
    }

    /// <summary>What one element of <c>state_sync</c> says; null when it is none.</summary>
    public static AppContactSynced? AppContact(in ObjectReader o)
    {
        if (o.Word("action"u8) is not { } action)
        {
            return null;
        }

        var contact = o.Object("contact"u8);
        return new AppContactSynced
        {
            Action = new ContactSyncAction(action),
            FullName = contact.Text("full_name"u8),
            FirstName = contact.Text("first_name"u8),
            Phone = contact.Customer("phone_number"u8),
            BusinessScopedId = contact.Customer("user_id"u8),
            Timestamp = o.Object("metadata"u8).Timestamp(),
        };
    }

    /// <summary>Whether somebody else than the customer of the thread wrote the message.</summary>
    private static bool IsOther(MessageReceived message, Contact? contact) =>
        contact is not null && message.Customer is not null && message.Phone != contact.Phone
            && (message.BusinessScopedId is null || message.BusinessScopedId != contact.BusinessScopedId);

    /// <summary>Reads the message in a first pass over its object, and in a second one what a customer's message does not have.</summary>
    private static MessageReceived Message(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, Contact? contact, Ends ends)
    {
        var again = reader;
        var outer = MessageParser.Parse(utf8, ref again, contact);
        var message = outer;
        if (ends.Read(utf8, ref reader) is { } inner)
        {
            inner.SetOrigin(outer.MessageId, outer.Timestamp);
            message = inner;
        }

        // What Meta says of a template stands beside the message that was sent.
        (message as TemplateEchoed)?.Complete(ends.Template);
        return message;
    }

    /// <summary>To whom a message of the business went, and how far it came.</summary>
    private sealed class Ends
    {
        public CustomerId? To { get; private set; }

        public CustomerId? ToUser { get; private set; }

        public CustomerId? ToParent { get; private set; }

        public GroupId? Group { get; private set; }

        public string? DeliveryStatus { get; private set; }

        public TemplateEchoed? Template { get; private set; }

        /// <returns>The message where it stands in an object of its own; else null.</returns>
        public MessageReceived? Read(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader) => Read(utf8, ref reader, isInside: false);

        private MessageReceived? Read(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, bool isInside)
        {
            Span<char> room = stackalloc char[JsonText.LongestName];
            MessageReceived? message = null;
            string? to = null;
            var isGroup = false;
            while (JsonText.NextName(ref reader, room, out var length))
            {
                switch (room[..length])
                {
                    case "to":
                        to = JsonText.ReadId(ref reader);
                        break;
                    case "recipient_type":
                        isGroup = Utf8Interner.Read(ref reader) == "group";
                        break;
                    case "to_user_id" or "recipient" or "recipient_user_id":
                        ToUser = ContactParser.ReadCustomer(ref reader);
                        break;
                    case "to_parent_user_id":
                        ToParent = ContactParser.ReadCustomer(ref reader);
                        break;
                    case "message" when !isInside:
                        message = Inner(utf8, ref reader) ?? message;
                        break;
                    case "template" when !isInside:
                        Template = MessageContentParser.Template(ObjectReader.Read(utf8, ref reader));
                        break;
                    case "history_context":
                        DeliveryStatus = ObjectReader.Read(utf8, ref reader).Word("status"u8);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            if (isGroup)
            {
                Group = GroupId.TryParse(to, out var group) ? group : null;
            }
            else if (to is not null)
            {
                To = ContactParser.Customer(to);
            }

            return message;
        }

        private MessageReceived? Inner(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
        {
            if (!JsonText.EntersObject(ref reader))
            {
                return null;
            }

            var again = reader;
            var message = MessageParser.Parse(utf8, ref again, contact: null);
            // What a hostile payload nests further is not followed.
            Read(utf8, ref reader, isInside: true);
            return message;
        }
    }
}
