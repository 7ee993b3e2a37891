using System.Text.Json;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Sending;

namespace WhatsSession.Emulator.Graph;

/// <summary><c>POST /{phone-number-id}/messages</c> and <c>/marketing_messages</c>: messages, and receipts of customers' messages.</summary>
internal sealed class MessagesEdge(Acceptance acceptance, InboundMessageLog inbound, MetaTime time, ChangeFeed changes)
{
    public GraphReply Answer(EmulatedNumber number, GraphRequest request, bool isMarketing)
    {
        OutboundMessage? accepted = null;
        var answer = JsonBody.Read(request, (root, fields) =>
        {
            if (fields.OptionalText(root, "messaging_product", FieldReader.AnyLength) is not "whatsapp")
            {
                fields.Refuse(GraphError.Invalid("The parameter 'messaging_product' is required and must be 'whatsapp'."));
            }

            if (!isMarketing && FieldReader.Has(root, "status"))
            {
                return MarkRead(number, root, fields);
            }

            var envelope = SendEnvelope.Read(root, fields);
            if (isMarketing)
            {
                MarketingRules.Check(root, envelope, fields);
            }

            var send = new SendRequest { Number = number, Root = root, Envelope = envelope, IsMarketing = isMarketing, Body = request.Body, Now = time.Now };
            return Send(send, fields, out accepted);
        });
        return new(answer with { NumberId = number.Id }, accepted);
    }

    private GraphAnswer Send(in SendRequest send, FieldReader fields, out OutboundMessage? accepted)
    {
        GraphAnswer answer = acceptance.Decide(send, fields, out var addressee, out accepted) is { } refusal
            ? refusal
            : GraphAnswer.Ok((message: accepted!, addressee), static (json, s) => WriteAccepted(json, s.message, s.addressee));
        return answer with
        {
            To = send.Envelope.To ?? send.Envelope.Recipient,
            Type = send.Envelope.Type,
            MessageId = accepted?.Id,
            IsAcceptedMessage = accepted is not null,
        };
    }

    private GraphAnswer MarkRead(EmulatedNumber number, JsonElement root, FieldReader fields)
    {
        fields.Require(fields.Text(root, "status", FieldReader.AnyLength) is "read", GraphError.Invalid("Param 'status' must be 'read'."));
        var id = fields.Text(root, "message_id", FieldReader.AnyLength);
        var isTyping = FieldReader.Has(root, "typing_indicator");
        if (isTyping)
        {
            var type = fields.Text(fields.Object(root, "typing_indicator"), "type", FieldReader.AnyLength);
            fields.Require(type is "text", GraphError.Invalid("Param 'typing_indicator.type' must be 'text'."));
        }

        var message = inbound.FindRecent(id, time.Now);
        fields.Require(
            message?.Number == number,
            GraphError.BadValue("'message_id' is not a message that this number received from a customer within 30 days."));
        if (fields.Error is null)
        {
            message!.Customer.Handset.MarkRead(message);
            changes.Tell();
        }

        GraphAnswer answer = fields.Error is { } error ? error : GraphAnswer.Success;
        return answer with { Type = isTyping ? "typing" : "read", MessageId = id };
    }

    private static void WriteAccepted(Utf8JsonWriter json, OutboundMessage message, Addressee addressee)
    {
        json.WriteStartObject();
        json.WriteString("messaging_product", "whatsapp");
        json.WriteStartArray("contacts");
        json.WriteStartObject();
        json.WriteString("input", addressee.Input);
        if ((addressee.Phone ?? addressee.Group?.Id) is { } id)
        {
            json.WriteString("wa_id", id);
        }
        else
        {
            json.WriteString("user_id", addressee.UserId);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("messages");
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        if (addressee.Group is { } group)
        {
            json.WriteString("group_id", group.Id);
        }

        if (string.Equals(message.Type, "template", StringComparison.Ordinal))
        {
            json.WriteString("message_status", "accepted");
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
