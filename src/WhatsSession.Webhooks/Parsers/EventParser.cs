using System.Text.Json;
using WhatsSession.Reading;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Makes an event of its own slice, its field and its lane alone: so what a store kept is read as what arrived was.</summary>
internal static class EventParser
{
    /// <summary>Reads the value that the reader stands on, and leaves it on its end.</summary>
    /// <param name="field">The webhook field.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="contact">Probably the same customer: where it is, its identifiers are shared. Null when there is none.</param>
    public static WhatsAppEvent Parse(string field, EventLane lane, ref Utf8JsonReader reader, Contact? contact)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new UnknownEvent();
        }

        switch (lane)
        {
            case EventLane.Live:
                return MessageParser.Parse(ref reader, contact);
            case EventLane.Status:
                return StatusParser.Parse(ref reader);
            case EventLane.Echo:
                return CoexistenceParser.Echo(ref reader, contact);
            case EventLane.Standby:
                return RoutingParser.Standby(ref reader, contact);
            case EventLane.History:
                return CoexistenceParser.History(ref reader, contact);
            default:
                // These tell by their properties whether they are what their place says.
                var start = reader;
                if ((lane == EventLane.Call ? CallParser.Parse(ref reader) : ParseNotice(field, ref reader)) is { } read)
                {
                    return read;
                }

                reader = start;
                reader.Skip();
                return new UnknownEvent();
        }
    }

    private static WhatsAppEvent? ParseNotice(string field, ref Utf8JsonReader reader)
    {
        if (WebhookFields.ShapeOf(field) == FieldShape.Value)
        {
            return ParseValue(field, ref reader);
        }

        // An element of one of the field's arrays, or of the errors that may stand beside them.
        var start = reader;
        WhatsAppEvent? read = field switch
        {
            "user_preferences" => IdentityParser.Preference(ref reader),
            "user_id_update" => IdentityParser.UserId(ref reader),
            "smb_app_state_sync" => CoexistenceParser.AppContact(ref reader),
            "history" => CoexistenceParser.Progress(ref reader),
            _ when field.StartsWith("group_", StringComparison.Ordinal) => GroupParser.Parse(field, ref reader),
            _ => null,
        };
        if (read is not null)
        {
            return read;
        }

        reader = start;
        return GraphErrorReader.Read(ref reader, httpStatus: null) is { Code: not 0 } error ? new ErrorReported { Error = error } : null;
    }

    private static WhatsAppEvent? ParseValue(string field, ref Utf8JsonReader reader) => field switch
    {
        "account_update" => AccountUpdateParser.Parse(ref reader),
        "account_review_update" => AccountParser.Review(ref reader),
        "account_alerts" => AccountParser.Alert(ref reader),
        "business_capability_update" => AccountParser.Capability(ref reader),
        "business_username_update" or "business_username_updates" => AccountParser.Username(ref reader),
        "flows" => AccountParser.Flow(ref reader),
        "message_template_status_update" => TemplateParser.Status(ref reader),
        "message_template_quality_update" => TemplateParser.Quality(ref reader),
        "message_template_components_update" => TemplateParser.Components(ref reader),
        "template_category_update" => TemplateParser.Category(ref reader),
        "messaging_handovers" => RoutingParser.Handover(ref reader),
        "partner_solutions" => AccountParser.Solution(ref reader),
        "payment_configuration_update" => AccountParser.Payment(ref reader),
        "phone_number_name_update" => AccountParser.Name(ref reader),
        "phone_number_quality_update" => AccountParser.Quality(ref reader),
        "security" => AccountParser.Security(ref reader),
        _ => null,
    };
}
