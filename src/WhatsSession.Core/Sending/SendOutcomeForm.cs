using System.Text.Json;
using WhatsSession.Json;
using static WhatsSession.SendOutcome;

namespace WhatsSession.Sending;

/// <summary>The JSON of an outcome: which case it is, what it says in a sentence, and what the case has.</summary>
internal static class SendOutcomeForm
{
    // The field by which readers tell the cases apart, so it is named alike whatever the naming policy.
    private const string Case = "outcome";

    private const string Description = "Description";

    public static void Write(Utf8JsonWriter writer, SendOutcome outcome, JsonSerializerOptions options)
    {
        var fields = new JsonFields(writer, options);
        writer.WriteStartObject();
        writer.WriteString(Case, JsonNamingPolicy.CamelCase.ConvertName(outcome.GetType().Name));
        fields.Text(Description, outcome.Describe());
        fields.Flag(nameof(SendOutcome.IsAccepted), outcome.IsAccepted);
        switch (outcome)
        {
            case Accepted accepted:
                WriteAccepted(fields, accepted.MessageId, accepted.Status);
                break;
            case TemplateSent sent:
                WriteAccepted(fields, sent.MessageId, sent.Status);
                fields.Time(nameof(TemplateSent.ClosedAt), sent.ClosedAt);
                WriteHeld(fields, sent.HeldMessage);
                break;
            case WindowClosed closed:
                fields.Choice(nameof(WindowClosed.Reason), closed.Reason);
                fields.Time(nameof(WindowClosed.Since), closed.Since);
                fields.Flag(nameof(WindowClosed.FallbackAlreadySent), closed.FallbackAlreadySent);
                fields.Form(nameof(WindowClosed.FallbackRefusal), closed.FallbackRefusal);
                WriteHeld(fields, closed.HeldMessage);
                break;
            case Invalid invalid:
                WriteViolations(writer, fields, invalid.Violations);
                break;
            case Throttled throttled:
                fields.Time(nameof(Throttled.RetryAt), throttled.RetryAt);
                WriteTemplate(writer, fields, throttled.Template);
                WriteHeld(fields, throttled.HeldMessage);
                break;
            case Rejected rejected:
                fields.Form(nameof(Rejected.Error), rejected.Error);
                WriteTemplate(writer, fields, rejected.Template);
                WriteHeld(fields, rejected.HeldMessage);
                break;
            case Ambiguous ambiguous:
                fields.Text(nameof(Ambiguous.IntentId), ambiguous.IntentId.ToString());
                fields.Text(nameof(Ambiguous.Cause), ambiguous.Cause);
                WriteTemplate(writer, fields, ambiguous.Template);
                WriteHeld(fields, ambiguous.HeldMessage);
                break;
        }

        writer.WriteEndObject();
    }

    /// <exception cref="JsonException">It is no outcome.</exception>
    public static SendOutcome Read(JsonElement json, JsonSerializerOptions options) => Read(new JsonFound(json, options, nameof(SendOutcome)), json, options);

    private static SendOutcome Read(JsonFound found, JsonElement json, JsonSerializerOptions options) =>
        (json.TryGetProperty(Case, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null) switch
        {
            "accepted" => new Accepted { MessageId = Required<MessageId>(found, nameof(Accepted.MessageId)), Status = StatusOf(found) },
            "templateSent" => new TemplateSent
            {
                MessageId = Required<MessageId>(found, nameof(TemplateSent.MessageId)),
                Status = StatusOf(found),
                ClosedAt = found.Time(nameof(TemplateSent.ClosedAt)),
                HeldMessage = HeldIn(found),
            },
            "windowClosed" => new WindowClosed
            {
                Reason = found.Choice<WindowClosedReason>(nameof(WindowClosed.Reason)) ?? throw found.Fault(nameof(WindowClosed.Reason)),
                Since = found.Time(nameof(WindowClosed.Since)),
                FallbackAlreadySent = found.Flag(nameof(WindowClosed.FallbackAlreadySent)),
                FallbackRefusal = found.Form<GraphError>(nameof(WindowClosed.FallbackRefusal)),
                HeldMessage = HeldIn(found),
            },
            "optedOut" => new OptedOut(),
            "overtaken" => new Overtaken(),
            "invalid" => new Invalid { Violations = [.. found.Items(nameof(Invalid.Violations)).Select(item => ViolationOf(item, options))] },
            "throttled" => new Throttled
            {
                RetryAt = found.Time(nameof(Throttled.RetryAt)) ?? throw found.Fault(nameof(Throttled.RetryAt)),
                Template = TemplateIn(found, options),
                HeldMessage = HeldIn(found),
            },
            "rejected" => new Rejected
            {
                Error = found.Form<GraphError>(nameof(Rejected.Error)) ?? throw found.Fault(nameof(Rejected.Error)),
                Template = TemplateIn(found, options),
                HeldMessage = HeldIn(found),
            },
            "ambiguous" => new Ambiguous
            {
                IntentId = Required<IntentId>(found, nameof(Ambiguous.IntentId)),
                Cause = found.Text(nameof(Ambiguous.Cause)) ?? "",
                Template = TemplateIn(found, options),
                HeldMessage = HeldIn(found),
            },
            _ => throw new JsonException($"The object has no field \"{Case}\" with the name of an outcome."),
        };

    private static void WriteAccepted(JsonFields fields, MessageId message, AcceptedStatus status)
    {
        fields.Text(nameof(Accepted.MessageId), message.Value);
        fields.Text(nameof(Accepted.Status), status.Name);
    }

    private static void WriteHeld(JsonFields fields, IntentId? held) => fields.Text(nameof(TemplateSent.HeldMessage), held?.ToString());

    private static void WriteTemplate(Utf8JsonWriter writer, JsonFields fields, TemplateMessage? template)
    {
        if (fields.Begins(nameof(Rejected.Template), template is null))
        {
            writer.WriteStartObject();
            fields.Text(nameof(TemplateMessage.Name), template!.Name);
            fields.Text(nameof(TemplateMessage.Language), template.Language);
            writer.WriteEndObject();
        }
    }

    private static void WriteViolations(Utf8JsonWriter writer, JsonFields fields, IReadOnlyList<Violation> violations)
    {
        fields.Name(nameof(Invalid.Violations));
        writer.WriteStartArray();
        foreach (var violation in violations)
        {
            writer.WriteStartObject();
            fields.Text(nameof(Violation.Path), violation.Path);
            fields.Text(nameof(Violation.Rule), violation.Rule);
            fields.Number(nameof(Violation.Limit), violation.Limit);
            fields.Number(nameof(Violation.Actual), violation.Actual);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static T Required<T>(JsonFound found, string name)
        where T : struct, IJsonText<T> => found.Value<T>(name) ?? throw found.Fault(name);

    private static AcceptedStatus StatusOf(JsonFound found) => found.Value<AcceptedStatus>(nameof(Accepted.Status)) ?? default;

    private static IntentId? HeldIn(JsonFound found) => found.Value<IntentId>(nameof(TemplateSent.HeldMessage));

    private static TemplateMessage? TemplateIn(JsonFound found, JsonSerializerOptions options)
    {
        if (found.Object(nameof(Rejected.Template)) is not { } json)
        {
            return null;
        }

        var template = new JsonFound(json, options, nameof(TemplateMessage));
        return new TemplateMessage(template.Text(nameof(TemplateMessage.Name)) ?? "", template.Text(nameof(TemplateMessage.Language)) ?? "");
    }

    private static Violation ViolationOf(JsonElement json, JsonSerializerOptions options)
    {
        var found = new JsonFound(json, options, nameof(Violation));
        return new Violation(found.Text(nameof(Violation.Path)) ?? "", found.Text(nameof(Violation.Rule)) ?? "")
        {
            Limit = found.Number(nameof(Violation.Limit)),
            Actual = found.Number(nameof(Violation.Actual)),
        };
    }
}
