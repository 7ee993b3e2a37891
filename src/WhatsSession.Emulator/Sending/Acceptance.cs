using System.Text.Json;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>Decides whether Meta accepts a message: its content, its party, the 24-hour rule, the limits.</summary>
internal sealed class Acceptance(
    ContentReader contents, Addressees addressees, SenderRules sender, SendLimits limits, Allowances allowances, InboundMessageLog inbound)
{
    /// <param name="request">The request.</param>
    /// <param name="fields">Its fields; the first error among them is the answer.</param>
    /// <param name="addressee">Whom it addresses; worth something only when there is a message.</param>
    /// <param name="message">The accepted message, which may fail later; null when it is refused.</param>
    /// <returns>Why it is refused; null when it is accepted.</returns>
    public GraphError? Decide(in SendRequest request, FieldReader fields, out Addressee addressee, out OutboundMessage? message)
    {
        addressee = default;
        message = null;
        var content = contents.Read(request, fields);
        if (fields.Error is { } wrong)
        {
            return wrong;
        }

        var (number, envelope, template) = (request.Number, request.Envelope, content.Template);
        if ((addressees.Find(envelope, number, out addressee) ?? KindRefusal(addressee, envelope, template, request.IsMarketing)) is { } misdirected)
        {
            return misdirected;
        }

        var pair = addressee.Group?.Pair ?? addressee.Customer?.With(number);
        var insideWindow = pair?.Closes is { } closes && request.Now < closes;
        if ((sender.RecipientRefusal(number, addressee, pair, template) ?? sender.AccountRefusal(number, envelope, insideWindow)) is { } refusal)
        {
            return refusal;
        }

        var isClosed = !insideWindow && template is null && envelope.Category is null && !addressee.IsUserIdInTo;
        if (isClosed && sender.RefusesAtOnce())
        {
            return GraphError.Reengagement;
        }

        var failure = isClosed
            ? GraphError.Reengagement
            : content.MediaFailure ?? BadReaction(request, addressee.Customer) ?? MarketingRules.Failure(template, addressee);
        var customer = failure is null ? addressees.Meet(addressee) : addressee.Customer;
        if (failure is null && (pair ?? customer?.With(number)) is { } taken && limits.Take(request, taken, customer, insideWindow) is { } limit)
        {
            return limit;
        }

        message = Accept(request, content, addressee, customer, failure, insideWindow, failure is null ? allowances.EntryOf(pair, request.Now) : null);
        return null;
    }

    private OutboundMessage Accept(
        in SendRequest request,
        in MessageContent content,
        in Addressee addressee,
        Person? customer,
        GraphError? failure,
        bool insideWindow,
        FreeEntry? freeEntry)
    {
        var (number, envelope, template) = (request.Number, request.Envelope, content.Template);
        if (template is not null)
        {
            Interlocked.Increment(ref template.Sends.Value);
        }

        if (addressee.Group is { } group && envelope.Is("pin"))
        {
            GroupRules.Pin(group, request.Root.GetProperty("pin"), request.Now);
        }

        customer?.With(number).Meet();
        var category = request.IsMarketing ? MarketingRules.Category : template?.Category.ToLowerInvariant() ?? envelope.Category ?? "service";
        var isService = failure is null && freeEntry is null && category is "service" && !envelope.Is("reaction");
        return new()
        {
            Id = MessageIds.NewOutbound(addressee.Phone ?? addressee.UserId ?? addressee.Input),
            Number = number,
            Customer = customer,
            Phone = addressee.Phone,
            UserId = addressee.UserId ?? customer?.UserId,
            Group = addressee.Group,
            Type = envelope.Type,
            Text = content.Text,
            Json = request.Body,
            Template = template,
            FreeEntry = freeEntry,
            IsFreeService = isService && allowances.TakeServiceMessage(number, request.Now),
            IsExempt = isService && allowances.AreExempt,
            SentAt = request.Now,
            Category = category,
            Expires = request.Now + TimeToLive.Of(category, envelope.TtlSeconds),
            InsideWindow = insideWindow,
            IsVoice = envelope.Is("audio") && IsVoice(request.Root.GetProperty("audio")),
            IsDirectSend = envelope.Category is not null,
            OpaqueData = envelope.OpaqueData,
            Failure = failure ?? (addressee.Group is null && customer is not { IsReachable: true } ? GraphError.Undeliverable : null),
        };
    }

    private static bool IsVoice(JsonElement audio) => audio.TryGetProperty("voice", out var voice) && voice.ValueKind == JsonValueKind.True;

    /// <returns>Why a message of this kind does not go there, or not this way; null when it does.</returns>
    private static GraphError? KindRefusal(in Addressee addressee, SendEnvelope envelope, Template? template, bool isMarketing) =>
        addressee.Group is { } group ? GroupRules.Refusal(group, envelope, template)
        : envelope.Is("pin") ? GraphError.UnsupportedType(envelope.Type)
        : template is null ? null
        : MarketingRules.Refusal(template, isMarketing);

    /// <summary>A reaction to anything but a customer's message of the last 30 days is accepted and then fails.</summary>
    private GraphError? BadReaction(in SendRequest request, Person? customer)
    {
        if (!request.Envelope.Is("reaction"))
        {
            return null;
        }

        var id = request.Root.GetProperty("reaction").GetProperty("message_id").GetString()!;
        return inbound.FindRecent(id, request.Now) is { } target && target.Customer == customer
            ? null
            : GraphError.BadValue("The message to react to is unknown or too old.");
    }
}
