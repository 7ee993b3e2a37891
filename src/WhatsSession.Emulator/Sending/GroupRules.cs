using System.Globalization;
using System.Text.Json;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>What may be sent to a group: texts, media, templates of text and media, and pins.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/groups, as of November 2026.</remarks>
internal static class GroupRules
{
    private const int LongestPin = 30;

    /// <returns>Why this group gets no message of this kind; null when it does.</returns>
    public static GraphError? Refusal(Group group, SendEnvelope envelope, Template? template)
    {
        if (group.IsSuspended)
        {
            return GraphError.GroupSuspended;
        }

        if (group.Participants.Count == 0)
        {
            return GraphError.NobodyInGroup;
        }

        if (envelope.Category is not null)
        {
            return GraphError.Invalid("Param 'category' is not for groups.");
        }

        return Takes(envelope.Type) && (template is null || Takes(template))
            ? null
            : GraphError.UnsupportedType(template is null ? envelope.Type : $"template of category {template.Category.ToLowerInvariant()}");
    }

    /// <summary>An expiry is for a new pin alone.</summary>
    public static void CheckPin(JsonElement pin, FieldReader fields)
    {
        var type = fields.Text(pin, "type", FieldReader.AnyLength);
        fields.Require(type is "pin" or "unpin", GraphError.BadValue("'pin.type' must be 'pin' or 'unpin'."));
        fields.Text(pin, "message_id", FieldReader.AnyLength);
        if (type is "pin")
        {
            fields.Require(pin, "expiration_days");
            fields.OptionalInteger(pin, "expiration_days", 1, LongestPin, LongestPin);
        }
    }

    /// <summary>Carries out an accepted pin.</summary>
    public static void Pin(Group group, JsonElement pin, DateTimeOffset now)
    {
        var id = pin.GetProperty("message_id").GetString()!;
        if (pin.GetProperty("type").ValueEquals("pin"u8))
        {
            var days = pin.GetProperty("expiration_days");
            var count = days.ValueKind == JsonValueKind.Number ? days.GetInt32() : int.Parse(days.GetString()!, CultureInfo.InvariantCulture);
            group.Pin(id, now + TimeSpan.FromDays(count), now);
        }
        else
        {
            group.Unpin(id);
        }
    }

    private static bool Takes(string type) => type is "text" or "image" or "video" or "audio" or "document" or "sticker" or "template" or "pin";

    private static bool Takes(Template template) =>
        template is { Category: not "AUTHENTICATION", Shape: { Cards.Count: 0, HeaderFormat: null or "TEXT" or "IMAGE" or "VIDEO" or "DOCUMENT" } }
        && !template.Shape.Buttons.Any(static b => b.Type is "OTP" or "CATALOG" or "MPM" or "SPM" or "VOICE_CALL" or "FLOW" or "ORDER_DETAILS");
}
