using System.Text.Json;
using NodaTime;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads one element of <c>statuses</c>: mostly how far a message has come. What is of a type of its own is no delivery.</summary>
internal static class StatusParser
{
    private const string Payment = "payment";

    /// <summary>Reads the object that the reader stands on, and leaves it on its end.</summary>
    /// <param name="utf8">What the reader reads, from its start.</param>
    /// <param name="reader">The reader.</param>
    public static CustomerEvent Parse(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var messageId = default(MessageId);
        var status = default(DeliveryStatus);
        var timestamp = NodaConstants.UnixEpoch;
        CustomerId? user = null, parent = null;
        string? identityHash = null;
        MessagePricing? pricing = null;
        BillingConversation? conversation = null;
        IReadOnlyList<GraphError> errors = [];
        string? recipient = null, callbackData = null, participantPhone = null, participantUser = null;
        string? kind = null;
        var isGroup = false;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                messageId = MessageId.TryParse(JsonText.ReadId(ref reader), out var id) ? id : default;
            }
            else if (name.SequenceEqual("status"u8))
            {
                status = new DeliveryStatus(Utf8Interner.Read(ref reader) ?? "");
            }
            else if (name.SequenceEqual("timestamp"u8))
            {
                timestamp = Timestamps.Read(ref reader);
            }
            else if (name.SequenceEqual("recipient_id"u8))
            {
                recipient = JsonText.ReadId(ref reader);
            }
            else if (name.SequenceEqual("recipient_user_id"u8))
            {
                user = ContactParser.ReadCustomer(ref reader);
            }
            else if (name.SequenceEqual("recipient_parent_user_id"u8) || name.SequenceEqual("parent_recipient_user_id"u8))
            {
                // Renamed on 5 May 2026.
                parent = ContactParser.ReadCustomer(ref reader);
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
                identityHash = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("biz_opaque_callback_data"u8))
            {
                callbackData = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("errors"u8))
            {
                errors = GraphErrorReader.ReadAll(ref reader, errors);
            }
            else if (name.SequenceEqual("pricing"u8))
            {
                pricing = ParsePricing(ref reader);
            }
            else if (name.SequenceEqual("conversation"u8))
            {
                conversation = ParseConversation(ref reader);
            }
            else if (name.SequenceEqual("type"u8))
            {
                kind = Utf8Interner.Read(ref reader) ?? kind;
            }
            else if (name.SequenceEqual("payment"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                kind ??= Payment;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        var (intent, evidence, data) = CallbackData.Split(callbackData);
        var delivery = new DeliveryUpdated
        {
            MessageId = messageId,
            Status = status,
            Timestamp = timestamp,
            Phone = isGroup ? null : ContactParser.Customer(recipient),
            Group = isGroup && GroupId.TryParse(recipient, out var group) ? group : null,
            BusinessScopedId = user,
            ParentBusinessScopedId = parent,
            IdentityHash = identityHash,
            ParticipantPhone = ContactParser.Customer(participantPhone),
            ParticipantBusinessScopedId = ContactParser.Customer(participantUser),
            Participant = participantPhone ?? participantUser ?? "",
            Pricing = pricing,
            BillingConversation = conversation,
            Errors = errors,
            Intent = intent,
            Evidence = evidence,
            CallbackData = data,
        };
        return kind is null or "" or "message" ? delivery : Other(kind, delivery, ObjectReader.Read(utf8[start..(int)reader.BytesConsumed]));
    }

    /// <summary>What a status is that says of itself that it tells of something else than a message.</summary>
    private static CustomerEvent Other(string kind, DeliveryUpdated read, in ObjectReader o) => kind switch
    {
        Payment => PaymentParser.Parse(o),
        "call" when CallParser.Parse(o) is { } call => call,
        _ => new UnknownStatus
        {
            Kind = kind,
            Status = read.Status.Name ?? "",
            MessageId = read.About,
            Timestamp = read.Timestamp,
            Phone = read.Phone,
            BusinessScopedId = read.BusinessScopedId,
            ParentBusinessScopedId = read.ParentBusinessScopedId,
            Group = read.Group,
            Errors = read.Errors,
        },
    };

    private static MessagePricing? ParsePricing(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        var category = default(PricingCategory);
        var kind = default(PricingType);
        var model = default(PricingModel);
        var isBillable = default(bool?);
        var subtype = default(PricingSubtype?);
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("category"u8))
            {
                category = ReadCategory(ref reader);
            }
            else if (name.SequenceEqual("type"u8))
            {
                kind = new PricingType(Utf8Interner.Read(ref reader) ?? "");
            }
            else if (name.SequenceEqual("pricing_model"u8))
            {
                model = new PricingModel(Utf8Interner.Read(ref reader) ?? "");
            }
            else if (name.SequenceEqual("billable"u8))
            {
                isBillable = JsonText.ReadBoolean(ref reader);
            }
            else if (name.SequenceEqual("subtype"u8))
            {
                subtype = Utf8Interner.Read(ref reader) is { } word ? new PricingSubtype(word) : null;
            }
            else
            {
                reader.Skip();
            }
        }

        return new MessagePricing { Category = category, Kind = kind, Subtype = subtype, Model = model, IsBillable = isBillable };
    }

    private static BillingConversation? ParseConversation(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        var id = "";
        Instant? expiresAt = null;
        var origin = default(PricingCategory);
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("id"u8))
            {
                id = JsonText.ReadId(ref reader) ?? "";
            }
            else if (name.SequenceEqual("expiration_timestamp"u8))
            {
                expiresAt = Timestamps.ReadOptional(ref reader);
            }
            else if (name.SequenceEqual("origin"u8))
            {
                origin = ParseOrigin(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new BillingConversation { Id = id, ExpiresAt = expiresAt, Origin = origin };
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
