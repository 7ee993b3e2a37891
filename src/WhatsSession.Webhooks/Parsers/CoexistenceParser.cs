using System.Text.Json;
using NodaTime;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads what belongs to numbers that are also used in the WhatsApp Business app: echoes, history, contacts.</summary>
internal static class CoexistenceParser
{
    /// <summary>Reads one element of <c>message_echoes</c>, with the message beside its recipient or in an object of its own.</summary>
    public static MessageEchoed Echo(ref Utf8JsonReader reader, Contact? contact)
    {
        var ends = new Ends();
        var message = Message(ref reader, contact, ends);
        return new MessageEchoed { Message = message, Phone = ends.To, BusinessScopedId = ends.ToUser, ParentBusinessScopedId = ends.ToParent, Group = message.Group ?? ends.Group, Timestamp = message.Timestamp };
    }

    /// <summary>Reads a message of the history; the business wrote those that name a recipient.</summary>
    public static HistoryMessageReceived History(ref Utf8JsonReader reader, Contact? contact)
    {
        var ends = new Ends();
        var message = Message(ref reader, contact, ends);
        var isNamed = ends.To is not null || ends.ToUser is not null;
        var isByBusiness = isNamed || IsOther(message, contact);
        var read = new HistoryMessageReceived { Message = message, IsByBusiness = isByBusiness, DeliveryStatus = ends.DeliveryStatus, Group = message.Group, Timestamp = message.Timestamp };
        read.Phone = !isByBusiness ? message.Phone : isNamed ? ends.To : contact?.Phone;
        read.BusinessScopedId = !isByBusiness ? message.BusinessScopedId : isNamed ? ends.ToUser : contact?.BusinessScopedId;
        read.ParentBusinessScopedId = isByBusiness ? ends.ToParent : message.ParentBusinessScopedId;
        return read;
    }

    /// <summary>Reads the notice of how far the history has come; null when it is none.</summary>
    public static HistoryProgressed? Progress(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var progress = new HistoryProgressed();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "phase":
                    progress.Phase = JsonText.ReadInt64(ref reader);
                    break;
                case "chunk_order":
                    progress.Part = JsonText.ReadInt64(ref reader);
                    break;
                case "progress":
                    progress.Percent = JsonText.ReadInt64(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return progress is { Phase: null, Part: null, Percent: null } ? null : progress;
    }

    /// <summary>Reads one element of <c>state_sync</c>; null when it is none.</summary>
    public static AppContactSynced? AppContact(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var synced = new AppContactSynced();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "action":
                    synced.Action = new ContactSyncAction(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "contact":
                    AppContact(ref reader, synced);
                    break;
                case "metadata":
                    synced.Timestamp = SyncedAt(ref reader) ?? synced.Timestamp;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return synced.Action == default ? null : synced;
    }

    private static void AppContact(ref Utf8JsonReader reader, AppContactSynced synced)
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
                case "full_name":
                    synced.FullName = JsonText.Read(ref reader);
                    break;
                case "first_name":
                    synced.FirstName = JsonText.Read(ref reader);
                    break;
                case "phone_number":
                    synced.Phone = ContactParser.ReadCustomer(ref reader);
                    break;
                case "user_id":
                    synced.BusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static Instant? SyncedAt(ref Utf8JsonReader reader)
    {
        Instant? at = null;
        if (JsonText.EntersObject(ref reader))
        {
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("timestamp"u8))
                {
                    at = Timestamps.ReadOptional(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return at;
    }

    /// <summary>Whether somebody else than the customer of the thread wrote the message.</summary>
    private static bool IsOther(MessageReceived message, Contact? contact) =>
        contact is not null && message.Customer is not null && message.Phone != contact.Phone && (message.BusinessScopedId is null || message.BusinessScopedId != contact.BusinessScopedId);

    /// <summary>Reads the message in a first pass over its object, and in a second one what a customer's message does not have.</summary>
    private static MessageReceived Message(ref Utf8JsonReader reader, Contact? contact, Ends ends)
    {
        var again = reader;
        var outer = MessageParser.Parse(ref again, contact);
        var inner = ends.Read(ref reader);
        if (inner is null)
        {
            return outer;
        }

        inner.MessageId = outer.MessageId;
        inner.Timestamp = outer.Timestamp;
        return inner;
    }

    /// <summary>To whom a message of the business went, and how far it came.</summary>
    private sealed class Ends
    {
        public CustomerId? To { get; private set; }

        public CustomerId? ToUser { get; private set; }

        public CustomerId? ToParent { get; private set; }

        public GroupId? Group { get; private set; }

        public string? DeliveryStatus { get; private set; }

        /// <returns>The message where it stands in an object of its own; else null.</returns>
        public MessageReceived? Read(ref Utf8JsonReader reader)
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
                    case "message":
                        message = Nested(ref reader) ?? message;
                        break;
                    case "history_context":
                        DeliveryStatus = Status(ref reader);
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

        private MessageReceived? Nested(ref Utf8JsonReader reader)
        {
            if (!JsonText.EntersObject(ref reader))
            {
                return null;
            }

            var again = reader;
            var message = MessageParser.Parse(ref again, contact: null);
            // What a hostile payload nests further is not followed.
            ReadRecipient(ref reader);
            return message;
        }

        private void ReadRecipient(ref Utf8JsonReader reader)
        {
            Span<char> room = stackalloc char[JsonText.LongestName];
            while (JsonText.NextName(ref reader, room, out var length))
            {
                switch (room[..length])
                {
                    case "to":
                        To = ContactParser.ReadCustomer(ref reader);
                        break;
                    case "to_user_id" or "recipient" or "recipient_user_id":
                        ToUser = ContactParser.ReadCustomer(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        private static string? Status(ref Utf8JsonReader reader)
        {
            string? status = null;
            if (JsonText.EntersObject(ref reader))
            {
                while (JsonText.NextProperty(ref reader, out var name))
                {
                    if (name.SequenceEqual("status"u8))
                    {
                        status = Utf8Interner.Read(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }

            return status;
        }
    }
}
