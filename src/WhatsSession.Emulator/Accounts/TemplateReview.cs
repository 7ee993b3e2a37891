using System.Globalization;
using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Templates;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Accounts;

/// <summary>Meta's review of templates, which approves them, and the news of their statuses.</summary>
internal sealed class TemplateReview(TemplateStore templates, EmulatorClock clock, WebhookPump pump, ChangeFeed changes)
{
    /// <summary>How long the review takes; null for one that never ends by itself.</summary>
    public TimeSpan? ApprovedAfter { get; set; }

    /// <summary>Keeps a new template and puts it before the review.</summary>
    /// <param name="draft">Without id and status.</param>
    /// <returns>Null when the account has one of that name in that language.</returns>
    public Template? Create(Template draft)
    {
        var created = templates.Create(draft with { Status = ApprovedAfter == TimeSpan.Zero ? "APPROVED" : "PENDING" });
        if (created is not null)
        {
            Begin(created);
        }

        return created;
    }

    /// <summary>Puts a new or changed template before the review.</summary>
    public void Begin(Template template)
    {
        if (ApprovedAfter == TimeSpan.Zero)
        {
            _ = SetStatusAsync(template.Id, "APPROVED", "NONE");
        }
        else if (ApprovedAfter is { } after)
        {
            clock.CreateTimer(_ => Approve(template.Id), null, after, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Gives a template a status in every account that has it and tells the business.</summary>
    public Task SetStatusOfAllAsync(string name, string language, string status) =>
        Task.WhenAll(templates.FindAll(name, language).Select(t => SetStatusAsync(t.Id, status, status is "REJECTED" ? "INVALID_FORMAT" : "NONE")));

    /// <summary>Gives a template a status and tells the business.</summary>
    /// <param name="id">The template.</param>
    /// <param name="status">One of Meta's.</param>
    /// <param name="reason">Why it was rejected; <c>NONE</c> otherwise.</param>
    public Task SetStatusAsync(string id, string status, string reason) =>
        templates.Update(id, t => t with { Status = status, RejectedReason = reason }) is { } template
            ? TellAsync(template, status, reason)
            : Task.CompletedTask;

    private void Approve(string id)
    {
        if (templates.FindById(id) is { Status: "PENDING" })
        {
            _ = SetStatusAsync(id, "APPROVED", "NONE");
        }
    }

    private Task TellAsync(Template template, string status, string reason)
    {
        changes.Tell();
        return pump.EnqueueAsync(new()
        {
            Kind = "message_template_status_update:" + status.ToLowerInvariant(),
            AccountId = template.AccountId,
            MessageId = template.Id,
            Field = "message_template_status_update",
            Array = null,
            Element = WireJson.Fragment((template, status, reason), static (json, s) => WriteStatus(json, s.template, s.status, s.reason)),
        });
    }

    /// <remarks>
    /// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update, read 10 March 2026.
    /// </remarks>
    private static void WriteStatus(Utf8JsonWriter json, Template template, string status, string reason)
    {
        json.WriteStartObject();
        json.WriteString("event", status);
        json.WriteNumber("message_template_id", long.Parse(template.Id, CultureInfo.InvariantCulture));
        json.WriteString("message_template_name", template.Name);
        json.WriteString("message_template_language", template.Language);
        json.WriteString("reason", reason);
        json.WriteString("message_template_category", template.Category);
        if (status is "PAUSED" or "DISABLED")
        {
            json.WriteStartObject("other_info");
            json.WriteString("title", status is "PAUSED" ? "FIRST_PAUSE" : "DISABLED");
            json.WriteString("description", status is "PAUSED" ? "Paused for three hours." : "Disabled.");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
