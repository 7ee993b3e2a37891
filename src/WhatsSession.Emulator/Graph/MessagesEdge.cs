using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary><c>POST /{phone-number-id}/messages</c> and <c>/marketing_messages</c>: checks a message, applies the 24-hour rule, and accepts or refuses.</summary>
internal sealed class MessagesEdge(MetaSide meta)
{
    private static readonly TimeSpan ReceiptsUntil = TimeSpan.FromDays(30);

    public GraphAnswer Answer(EmulatedNumber number, GraphRequest request, bool isMarketing) => JsonBody.Read(request, (root, fields) =>
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

        return Send(number, root, envelope, fields, isMarketing, request.Body) with { To = envelope.To ?? envelope.Recipient, Type = envelope.Type };
    });

    private GraphAnswer Send(EmulatedNumber number, JsonElement root, SendEnvelope envelope, FieldReader fields, bool isMarketing, ReadOnlyMemory<byte> body)
    {
        var media = new MediaRules(meta, number);
        var (template, text) = envelope.IsTemplate
            ? new TemplateRules(media, fields).Check(root, (name, language) => meta.Templates.Find(number.BusinessAccountId, name, language))
            : (null, ContentRules.Check(root, envelope.Type, media, fields));
        if (fields.Error is { } wrong)
        {
            return wrong;
        }

        if ((Addressee.Find(envelope, meta, number, out var addressee) ?? KindRefusal(addressee, envelope, template, isMarketing)) is { } misdirected)
        {
            return misdirected;
        }

        var now = meta.Now;
        var pair = addressee.Group?.Pair ?? addressee.Customer?.With(number);
        var insideWindow = pair?.Closes is { } closes && now < closes;
        if ((Refusal(number, addressee, pair, template) ?? AccountRefusal(number, envelope, insideWindow)) is { } refusal)
        {
            return refusal;
        }

        var isClosed = !insideWindow && template is null && envelope.Category is null && !addressee.IsUserIdInTo;
        if (isClosed && meta.RefusesAtOnce())
        {
            return GraphError.Reengagement;
        }

        var failure = isClosed ? GraphError.Reengagement : media.Failure ?? BadReaction(envelope, root, addressee.Customer) ?? MarketingRules.Failure(template, addressee);
        var customer = addressee.Customer ?? (failure is null ? addressee.Meet(meta.Customers) : null);
        if (failure is null && (pair ?? customer?.With(number)) is { } taken && (TakeQuota(number, taken) ?? TakeLimit(customer, insideWindow, now)) is { } limit)
        {
            return limit;
        }

        if (template is not null)
        {
            Interlocked.Increment(ref template.Sends.Value);
        }

        if (addressee.Group is { } group && envelope.Is("pin"))
        {
            GroupRules.Pin(group, root.GetProperty("pin"), now);
        }

        var category = isMarketing ? MarketingRules.Category : template?.Category.ToLowerInvariant() ?? envelope.Category ?? "service";
        var message = new OutboundMessage
        {
            Id = MessageIds.NewOutbound(addressee.Phone ?? addressee.UserId ?? addressee.Input),
            Number = number,
            Customer = customer,
            Phone = addressee.Phone,
            UserId = addressee.UserId ?? customer?.UserId,
            Group = addressee.Group,
            Type = envelope.Type,
            Text = text,
            Json = body,
            Template = template,
            FreeEntry = failure is null ? pair?.Answer(now) : null,
            SentAt = now,
            Category = category,
            Expires = now + TimeToLive.Of(category, envelope.TtlSeconds),
            InsideWindow = insideWindow,
            IsVoice = envelope.Is("audio") && root.GetProperty("audio").TryGetProperty("voice", out var voice) && voice.ValueKind == JsonValueKind.True,
            IsDirectSend = envelope.Category is not null,
            OpaqueData = envelope.OpaqueData,
            Failure = failure ?? (addressee.Group is null && customer is not { IsReachable: true } ? GraphError.Undeliverable : null),
        };
        customer?.With(number).Meet();
        return GraphAnswer.Ok((message, addressee), static (json, s) => WriteAccepted(json, s.message, s.addressee)) with { MessageId = message.Id, Accepted = message };
    }

    /// <summary>Why a message of this kind does not go there, or not this way.</summary>
    private static GraphError? KindRefusal(in Addressee addressee, SendEnvelope envelope, Template? template, bool isMarketing) =>
        addressee.Group is { } group ? GroupRules.Refusal(group, envelope, template)
        : envelope.Is("pin") ? GraphError.UnsupportedType(envelope.Type)
        : template is null ? null
        : MarketingRules.Refusal(template, isMarketing);

    /// <summary>Why this recipient does not get this message, whatever the window.</summary>
    private GraphError? Refusal(EmulatedNumber number, in Addressee addressee, Pair? pair, Template? template)
    {
        if (addressee.UserId is not null && template is { Category: "AUTHENTICATION" })
        {
            return GraphError.UserIdNotSupported;
        }

        if (addressee.Group is null && meta.AllowedBy(number) is { Count: > 0 } allowed && !allowed.Contains(addressee.Phone ?? addressee.Customer?.Phone ?? "", StringComparer.Ordinal))
        {
            return GraphError.NotAllowed;
        }

        return pair is { StoppedMarketing: true } && template is { Category: "MARKETING" } ? GraphError.StoppedMarketing : null;
    }

    /// <summary>Why this account does not send it.</summary>
    private GraphError? AccountRefusal(EmulatedNumber number, SendEnvelope envelope, bool insideWindow) =>
        envelope.Category is not null && !meta.DirectSend
            ? GraphError.Invalid("Direct Send isn't enabled for this WhatsApp Business Account.")
            : meta.Restrictions.Refusal(number.BusinessAccountId, insideWindow, envelope.Category is "utility");

    /// <summary>Meta counts customers, not groups.</summary>
    private GraphError? TakeLimit(EmulatedCustomer? customer, bool insideWindow, DateTimeOffset now) =>
        insideWindow || customer is null || meta.Limit.TryTake(customer, now) ? null : GraphError.SpamLimit;

    private GraphError? TakeQuota(EmulatedNumber number, Pair pair)
    {
        if (!meta.RateLimits)
        {
            return null;
        }

        // On the business's clock: a skew that changes must not look like a burst.
        var now = meta.Clock.GetUtcNow();
        return !meta.ThroughputOf(number).TryTake(now) ? GraphError.ThroughputLimit : pair.TryTake(now) ? null : GraphError.PairLimit;
    }

    /// <summary>A reaction to anything but a customer's message of the last 30 days is accepted and then fails.</summary>
    private GraphError? BadReaction(SendEnvelope envelope, JsonElement root, EmulatedCustomer? customer)
    {
        if (!envelope.Is("reaction"))
        {
            return null;
        }

        var target = meta.FindInbound(root.GetProperty("reaction").GetProperty("message_id").GetString()!);
        return target is null || target.Customer != customer || meta.Now - target.At > ReceiptsUntil
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
            meta.FindInbound(id) is { Group: null } inbound && inbound.Number == number && meta.Now - inbound.At <= ReceiptsUntil,
            GraphError.BadValue("'message_id' is not a message that this number received from a customer, outside groups, within 30 days."));
        if (fields.Error is null)
        {
            var read = meta.FindInbound(id)!;
            read.Customer.MarkRead(read);
            meta.Changes.Tell();
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
