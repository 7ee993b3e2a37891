using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads one element of <c>statuses</c>.</summary>
internal static class StatusParser
{
    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    public static DeliveryUpdated Parse(ref Utf8JsonReader reader)
    {
        var status = new DeliveryUpdated();
        string? recipient = null, callbackData = null, participantPhone = null, participantUser = null;
        var isGroup = false;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                status.MessageId = MessageId.TryParse(JsonText.ReadId(ref reader), out var id) ? id : default;
            }
            else if (name.SequenceEqual("status"u8))
            {
                status.Status = new DeliveryStatus(Utf8Interner.Read(ref reader) ?? "");
            }
            else if (name.SequenceEqual("timestamp"u8))
            {
                status.Timestamp = Timestamps.Read(ref reader);
            }
            else if (name.SequenceEqual("recipient_id"u8))
            {
                recipient = JsonText.ReadId(ref reader);
            }
            else if (name.SequenceEqual("recipient_user_id"u8))
            {
                status.BusinessScopedId = ContactParser.ReadCustomer(ref reader);
            }
            else if (name.SequenceEqual("recipient_parent_user_id"u8) || name.SequenceEqual("parent_recipient_user_id"u8))
            {
                // Renamed on 5 May 2026.
                status.ParentBusinessScopedId = ContactParser.ReadCustomer(ref reader);
            }
            else if (name.SequenceEqual("recipient_type"u8))
            {
                isGroup = Utf8Interner.Read(ref reader) == "group";
            }
            else if (name.SequenceEqual("recipient_participant_id"u8) || name.SequenceEqual("participant_recipient_id"u8))
            {
                // Meta documents both spellings.
                participantPhone = JsonText.ReadId(ref reader);
            }
            else if (name.SequenceEqual("recipient_participant_user_id"u8) || name.SequenceEqual("participant_recipient_user_id"u8))
            {
                participantUser = JsonText.ReadId(ref reader);
            }
            else if (name.SequenceEqual("recipient_identity_key_hash"u8))
            {
                status.IdentityHash = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("biz_opaque_callback_data"u8))
            {
                callbackData = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("errors"u8))
            {
                status.Errors = GraphErrorReader.ReadAll(ref reader, status.Errors);
            }
            else if (name.SequenceEqual("pricing"u8))
            {
                status.Pricing = ParsePricing(ref reader);
            }
            else if (name.SequenceEqual("conversation"u8))
            {
                status.BillingConversation = ParseConversation(ref reader);
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

        status.ParticipantPhone = ContactParser.Customer(participantPhone);
        status.ParticipantBusinessScopedId = ContactParser.Customer(participantUser);
        status.Participant = participantPhone ?? participantUser ?? "";
        (status.Intent, status.Evidence, status.CallbackData) = CallbackData.Split(callbackData);
        return status;
    }

    private static MessagePricing? ParsePricing(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        var pricing = new MessagePricing();
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("category"u8))
            {
                pricing.Category = ReadCategory(ref reader);
            }
            else if (name.SequenceEqual("type"u8))
            {
                pricing.Kind = new PricingType(Utf8Interner.Read(ref reader) ?? "");
            }
            else if (name.SequenceEqual("pricing_model"u8))
            {
                pricing.Model = new PricingModel(Utf8Interner.Read(ref reader) ?? "");
            }
            else if (name.SequenceEqual("billable"u8))
            {
                pricing.IsBillable = JsonText.ReadBoolean(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return pricing;
    }

    private static BillingConversation? ParseConversation(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var conversation = new BillingConversation();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "id":
                    conversation.Id = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "expiration_timestamp":
                    conversation.ExpiresAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "origin":
                    conversation.Origin = ParseOrigin(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return conversation;
    }

    private static PricingCategory ParseOrigin(ref Utf8JsonReader reader)
    {
        var origin = default(PricingCategory);
        if (JsonText.EntersObject(ref reader))
        {
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("type"u8))
                {
                    origin = ReadCategory(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return origin;
    }

    private static PricingCategory ReadCategory(ref Utf8JsonReader reader) => Utf8Interner.Read(ref reader) switch
    {
        // Meta documents a hyphen and sends an underscore.
        "authentication-international" => PricingCategory.AuthenticationInternational,
        var category => new PricingCategory(category ?? ""),
    };
}
