using System.Globalization;
using System.Text.Json;
using WhatsSession.Emulator.Accounts;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Graph;

/// <summary>Creating, changing and deleting templates.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management, read 10 March 2026.</remarks>
internal sealed class TemplateEdge(TemplateStore templates, TemplateReview review, MetaTime time)
{
    private const int MostTemplates = 250;
    private const int MostEditsInThirtyDays = 10;

    public Template? Find(string id) => templates.FindById(id);

    public GraphAnswer List(string accountId, GraphRequest request) => TemplatePages.List(templates.Of(accountId), request);

    public GraphAnswer Create(string accountId, GraphRequest request) => JsonBody.Read(request, (root, fields) =>
    {
        var name = fields.Text(root, "name", 512);
        fields.Require(TemplateDefinitionRules.IsName(name), GraphError.Invalid("Param 'name' takes lower case letters, digits and underscores."));
        var language = fields.Text(root, "language", FieldReader.AnyLength);
        fields.Require(TemplateDefinitionRules.IsLanguage(language), GraphError.Invalid("Param 'language' must be a language code, such as en_US."));
        var category = fields.Text(root, "category", FieldReader.AnyLength).ToUpperInvariant();
        fields.Require(
            category is "MARKETING" or "UTILITY" or "AUTHENTICATION",
            GraphError.Invalid("Param 'category' must be MARKETING, UTILITY or AUTHENTICATION."));
        var format = (fields.OptionalText(root, "parameter_format", FieldReader.AnyLength) ?? "POSITIONAL").ToUpperInvariant();
        fields.Require(format is "POSITIONAL" or "NAMED", GraphError.Invalid("Param 'parameter_format' must be positional or named."));
        fields.Require(root, "components");
        var ttl = CheckTtl(root, category, fields);
        if (fields.Error is null)
        {
            TemplateDefinitionRules.Check(root.GetProperty("components"), category, fields);
        }

        fields.Require(
            templates.Of(accountId).Count < MostTemplates,
            GraphError.TemplateManagement(2388019, "Message template limit exceeded", $"The account has {MostTemplates} templates."));
        fields.Require(!templates.IsBlocked(accountId, name), GraphError.Invalid("A template of this name was deleted less than 30 days ago."));
        if (fields.Error is { } error)
        {
            return error;
        }

        var created = review.Create(new()
        {
            AccountId = accountId,
            Name = name,
            Language = language,
            Category = category,
            Status = "",
            Shape = TemplateShape.Of(root.GetProperty("components").Clone(), format),
            TtlSeconds = ttl,
        });
        return created is null
            ? GraphError.Invalid($"A template of this name exists in '{language}'.")
            : GraphAnswer.Ok(created, static (json, t) =>
            {
                json.WriteStartObject();
                json.WriteString("id", t.Id);
                json.WriteString("status", t.Status);
                json.WriteString("category", t.Category);
                json.WriteEndObject();
            });
    });

    public GraphAnswer Delete(string accountId, GraphRequest request)
    {
        if (request.Query("name") is not { Length: > 0 } name)
        {
            return GraphError.Invalid("The parameter 'name' is required.");
        }

        var gone = templates.Delete(accountId, t =>
            string.Equals(t.Name, name, StringComparison.Ordinal)
            && (request.Query("hsm_id") is not { } id || string.Equals(t.Id, id, StringComparison.Ordinal)));
        return gone.Count > 0 ? GraphAnswer.Success : GraphError.Invalid("No such template exists in the account.");
    }

    public GraphAnswer Answer(Template template, GraphRequest request, string[] edge) => (edge, request.Method.ToUpperInvariant()) switch
    {
        ([], "GET") => TemplatePages.One(template, request.Query("fields")),
        ([], "POST") => Edit(template, request),
        (["unpause"], "POST") => Unpause(template),
        (["compare"], "GET") => Compare(template, request),
        _ => GraphError.UnknownObject(request.Method, template.Id),
    };

    private GraphAnswer Edit(Template template, GraphRequest request) => JsonBody.Read(request, (root, fields) =>
    {
        var category = fields.OptionalText(root, "category", FieldReader.AnyLength)?.ToUpperInvariant();
        fields.Require(template.Status is "APPROVED" or "REJECTED" or "PAUSED", GraphError.Invalid($"A template that is {template.Status} cannot be edited."));
        fields.Require(category is null || template.Status is not "APPROVED", GraphError.Invalid("The category of an approved template cannot be changed."));
        fields.Require(
            category is null or "MARKETING" or "UTILITY" or "AUTHENTICATION",
            GraphError.Invalid("Param 'category' must be MARKETING, UTILITY or AUTHENTICATION."));
        var ttl = CheckTtl(root, category ?? template.Category, fields);
        if (FieldReader.Has(root, "components"))
        {
            TemplateDefinitionRules.Check(root.GetProperty("components"), category ?? template.Category, fields);
        }

        var now = time.Now;
        var lately = template.Edits.Where(e => e > now - TimeSpan.FromDays(30)).ToList();
        fields.Require(
            template.Status is not "APPROVED" || (lately.Count < MostEditsInThirtyDays && !lately.Exists(e => e > now - TimeSpan.FromHours(24))),
            GraphError.Invalid("An approved template can be edited once in 24 hours and 10 times in 30 days."));
        if (fields.Error is { } error)
        {
            return error;
        }

        var shape = FieldReader.Has(root, "components")
            ? TemplateShape.Of(root.GetProperty("components").Clone(), template.Shape.ParameterFormat)
            : template.Shape;
        var edited = templates.Update(template.Id, t => t with
        {
            Category = category ?? t.Category,
            Shape = shape,
            TtlSeconds = ttl ?? t.TtlSeconds,
            Status = "PENDING",
            Edits = t.Status is "APPROVED" ? [.. lately, now] : t.Edits,
        });
        if (edited is not null)
        {
            review.Begin(edited);
        }

        return GraphAnswer.Success;
    });

    private GraphAnswer Unpause(Template template)
    {
        var isPaused = template.Status is "PAUSED";
        if (isPaused)
        {
            _ = review.SetStatusAsync(template.Id, "APPROVED", "NONE");
        }

        return GraphAnswer.Ok(isPaused, static (json, success) =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", success);
            if (!success)
            {
                json.WriteString("reason", "The template is not paused.");
            }

            json.WriteEndObject();
        });
    }

    private GraphAnswer Compare(Template template, GraphRequest request)
    {
        var other = templates.FindById((request.Query("template_ids") ?? "").Trim('[', ']', ' '));
        if (other is null || !string.Equals(other.AccountId, template.AccountId, StringComparison.Ordinal))
        {
            return GraphError.Invalid("The parameter 'template_ids' must be the id of one other template of the account.");
        }

        return long.TryParse(request.Query("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && long.TryParse(request.Query("end"), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && (end - start) is 7 * 86_400 or 30 * 86_400 or 60 * 86_400 or 90 * 86_400
                ? GraphAnswer.Ok((template, other), static (json, s) => TemplatePages.WriteComparison(json, s.template, s.other))
                : GraphError.Invalid("'start' and 'end' are Unix seconds, 7, 30, 60 or 90 days apart.");
    }

    /// <returns>The time to live, null when it is not given.</returns>
    private static int? CheckTtl(JsonElement root, string category, FieldReader fields)
    {
        var (min, max) = category switch
        {
            "AUTHENTICATION" => (30, 900),
            "UTILITY" => (30, 43_200),
            _ => (43_200, 2_592_000),
        };
        var ttl = fields.OptionalInteger(root, "message_send_ttl_seconds", -1, max, min);
        fields.Require(
            ttl >= min || (ttl == -1 && category is not "MARKETING"),
            GraphError.BadValue($"'message_send_ttl_seconds' of this category is from {min} to {max}."));
        return FieldReader.Has(root, "message_send_ttl_seconds") ? ttl : null;
    }
}
