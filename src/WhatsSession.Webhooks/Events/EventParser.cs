using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Makes an event of its own slice, its field and its lane alone: so what a store kept is read as what arrived was.</summary>
internal static class EventParser
{
    /// <summary>Reads the value that the reader stands on, and leaves it on its end.</summary>
    /// <param name="field">The webhook field.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="utf8">What the reader reads, from its start.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="contact">Probably the same customer: where it is, its identifiers are shared. Null when there is none.</param>
    public static WhatsAppEvent Parse(string field, EventLane lane, ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, Contact? contact)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new UnknownEvent();
        }

        return lane switch
        {
            EventLane.Live => MessageParser.Parse(utf8, ref reader, contact),
            EventLane.Status or EventLane.Payment => StatusParser.Parse(utf8, ref reader),
            EventLane.Echo => CoexistenceParser.Echo(utf8, ref reader, contact),
            EventLane.Standby => RoutingParser.Standby(utf8, ref reader, contact),
            EventLane.History => CoexistenceParser.History(utf8, ref reader, contact),
            // These tell by their properties whether they are what their place says.
            EventLane.Call => CallParser.Parse(ObjectReader.Read(utf8, ref reader)) ?? (WhatsAppEvent)new UnknownEvent(),
            _ => ParseNotice(WebhookFields.Of(field), utf8, ref reader) ?? new UnknownEvent(),
        };
    }

    /// <summary>The lane of an event that stood in an array of a lane: what is of another kind than the array belongs to no conversation's stream.</summary>
    public static EventLane LaneOf(WhatsAppEvent read, EventLane array) => read switch
    {
        UnknownEvent => array == EventLane.Call ? array : EventLane.Account,
        _ when array != EventLane.Status => array,
        DeliveryUpdated => array,
        PaymentUpdated => EventLane.Payment,
        CallEvent => EventLane.Call,
        _ => array,
    };

    private static WhatsAppEvent? ParseNotice(WebhookField field, ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        var start = reader;
        var properties = ObjectReader.Read(utf8, ref reader);
        if (field.Notice?.Invoke(properties) is { } read)
        {
            return read;
        }

        // An element of one of the field's arrays, or of the errors that may stand beside them: 0 is one of Meta's codes.
        return field.Shape != FieldShape.Value && properties.Whole("code"u8) is not null
            ? new ErrorReported { Error = GraphErrorReader.Read(ref start, httpStatus: null) }
            : null;
    }
}
