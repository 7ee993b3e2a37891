using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary><c>POST /{phone-number-id}/messages</c>: checks a message, applies the 24-hour rule, and accepts or refuses.</summary>
internal sealed class MessagesEdge(MetaSide meta)
{
    private static readonly TimeSpan ReceiptsUntil = TimeSpan.FromDays(30);

    public GraphAnswer Answer(EmulatedNumber number, GraphRequest request)
    {
        if (request.BodyTooLong)
        {
            return GraphError.Invalid("The body is too long.") with { HttpStatus = 413 };
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return Answer(number, document.RootElement, request.Body);
        }
        catch (JsonException)
        {
            return GraphError.Invalid("The body is not valid JSON.");
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for half of a surrogate pair in a name or a value, which is valid JSON and no text.
            return GraphError.Invalid("The body holds text that is not valid Unicode.");
        }
    }

    private GraphAnswer Answer(EmulatedNumber number, JsonElement root, ReadOnlyMemory<byte> body)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return GraphError.Invalid("The body must be a JSON object.");
        }

        var fields = new FieldReader();
        fields.Require(
            fields.OptionalText(root, "messaging_product", FieldReader.AnyLength) is "whatsapp",
            GraphError.Invalid("The parameter 'messaging_product' is required and must be 'whatsapp'."));
        if (FieldReader.Has(root, "status"))
        {
            return MarkRead(number, root, fields);
        }

        var envelope = SendEnvelope.Read(root, fields);
        return Send(number, root, envelope, fields, body) with { To = envelope.To ?? envelope.Recipient, Type = envelope.Type };
    }

    private GraphAnswer Send(EmulatedNumber number, JsonElement root, SendEnvelope envelope, FieldReader fields, ReadOnlyMemory<byte> body)
    {
        var (template, text) = envelope.IsTemplate ? TemplateRules.Check(root, meta.Templates, fields) : (null, ContentRules.Check(root, envelope.Type, fields));
        if (fields.Error is { } wrong)
        {
            return wrong;
        }

        if (Addressee.Find(envelope, meta.Customers, number, out var addressee) is { } nobody)
        {
            return nobody;
        }

        if (addressee.UserId is not null && template is { Category: "AUTHENTICATION" })
        {
            return GraphError.UserIdNotSupported;
        }

        var insideWindow = addressee.Customer?.IsWindowOpen(number.Id, meta.Clock.GetUtcNow()) ?? false;
        var isRefused = !insideWindow && template is null && envelope.Category is null && !addressee.IsUserIdInTo;
        if (isRefused && meta.RefusalMode == RefusalMode.Synchronous)
        {
            return GraphError.Reengagement;
        }

        var failure = isRefused ? GraphError.Reengagement : BadReaction(envelope, root, addressee.Customer);
        var customer = addressee.Customer ?? (failure is null ? addressee.Meet(meta.Customers) : null);
        var message = new OutboundMessage
        {
            Id = MessageIds.NewOutbound(addressee.Phone ?? addressee.UserId!),
            Number = number,
            Customer = customer,
            Phone = addressee.Phone,
            UserId = addressee.UserId ?? customer?.UserId,
            Type = envelope.Type,
            Text = text,
            Json = body.ToArray(),
            Category = template?.Category.ToLowerInvariant() ?? envelope.Category ?? "service",
            InsideWindow = insideWindow,
            OpaqueData = envelope.OpaqueData,
            Failure = failure ?? (customer is null ? GraphError.Undeliverable : null),
        };
        return GraphAnswer.Ok((message, addressee), static (json, s) => WriteAccepted(json, s.message, s.addressee)) with { MessageId = message.Id, Accepted = message };
    }

    /// <summary>A reaction to anything but a customer's message of the last 30 days is accepted and then fails.</summary>
    private GraphError? BadReaction(SendEnvelope envelope, JsonElement root, EmulatedCustomer? customer)
    {
        if (!envelope.Is("reaction"))
        {
            return null;
        }

        var target = meta.FindInbound(root.GetProperty("reaction").GetProperty("message_id").GetString()!);
        return target is null || target.Customer != customer || meta.Clock.GetUtcNow() - target.At > ReceiptsUntil
            ? GraphError.BadValue("The message to react to is unknown or too old.")
            : null;
    }

    private GraphAnswer MarkRead(EmulatedNumber number, JsonElement root, FieldReader fields)
    {
        fields.Require(fields.Text(root, "status", FieldReader.AnyLength) is "read", GraphError.BadValue("'status' must be 'read'."));
        var id = fields.Text(root, "message_id", FieldReader.AnyLength);
        var isTyping = FieldReader.Has(root, "typing_indicator");
        if (isTyping)
        {
            fields.Require(fields.Text(fields.Object(root, "typing_indicator"), "type", FieldReader.AnyLength) is "text", GraphError.BadValue("'typing_indicator.type' must be 'text'."));
        }

        fields.Require(
            meta.FindInbound(id) is { } inbound && inbound.Number == number && meta.Clock.GetUtcNow() - inbound.At <= ReceiptsUntil,
            GraphError.BadValue("'message_id' is not a message that this number received within 30 days."));
        GraphAnswer answer = fields.Error is { } error ? error : GraphAnswer.Ok(0, static (json, _) => WriteSuccess(json));
        return answer with { Type = isTyping ? "typing" : "read", MessageId = id };
    }

    private static void WriteSuccess(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteEndObject();
    }

    private static void WriteAccepted(Utf8JsonWriter json, OutboundMessage message, Addressee addressee)
    {
        json.WriteStartObject();
        json.WriteString("messaging_product", "whatsapp");
        json.WriteStartArray("contacts");
        json.WriteStartObject();
        json.WriteString("input", addressee.Input);
        if (addressee.Phone is { } phone)
        {
            json.WriteString("wa_id", phone);
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
        if (string.Equals(message.Type, "template", StringComparison.Ordinal))
        {
            json.WriteString("message_status", "accepted");
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
