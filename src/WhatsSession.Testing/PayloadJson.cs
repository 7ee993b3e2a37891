using System.Text;
using System.Text.Json.Nodes;

namespace WhatsSession.Testing;

/// <summary>Writes the body of a webhook with one message or one status in it.</summary>
internal static class PayloadJson
{
    public const string Messages = "messages";
    public const string Statuses = "statuses";

    /// <exception cref="NotSupportedException">The event is neither a message nor a status.</exception>
    public static byte[] Of(WhatsAppEvent received)
    {
        var section = received switch
        {
            MessageReceived when received.Lane == EventLane.Live => Messages,
            DeliveryUpdated => Statuses,
            _ => throw new NotSupportedException(
                $"A webhook is made of a message of a customer or a status; {received.GetType().Name} is neither. Give the payload itself: "
                + "SignedPayload.Of(json, appSecret)."),
        };
        return Write(section, JsonNode.Parse(received.Raw.Span)!, ContactOf(received), received.Number, received.Account);
    }

    public static byte[] Write(string section, JsonNode slice, JsonObject? contact, PhoneNumberId? number, BusinessAccountId? account)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = "15550009000", ["phone_number_id"] = number?.Value },
        };
        if (contact is not null)
        {
            value["contacts"] = new JsonArray(contact);
        }

        value[section] = new JsonArray(slice);
        var payload = new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = account?.Value,
                ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = Messages }),
            }),
        };
        return Encoding.UTF8.GetBytes(payload.ToJsonString());
    }

    private static JsonObject? ContactOf(WhatsAppEvent received)
    {
        if (received is not CustomerEvent { Contact: { } known })
        {
            return null;
        }

        var contact = new JsonObject();
        if (known.Name is { } name)
        {
            contact["profile"] = new JsonObject { ["name"] = name };
        }

        if (known.Phone is { } phone)
        {
            contact["wa_id"] = phone.Value;
        }

        if (known.BusinessScopedId is { } userId)
        {
            contact["user_id"] = userId.Value;
        }

        return contact;
    }
}
