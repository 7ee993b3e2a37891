using System.Text.Json;
using System.Text.RegularExpressions;
using WhatsSession.Emulator.Accounts;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Control;

/// <summary>What befalls an account over HTTP: templates that Meta already knows, their statuses, restrictions.</summary>
internal sealed partial class AccountPages(TemplateStore templates, TemplateReview review, AccountRestrictions restrictions, ChangeFeed changes)
{
    /// <summary>Adds a template to every account, in place of one with the same name and language.</summary>
    public GraphAnswer Add(JsonElement root, FieldReader fields)
    {
        var template = new EmulatedTemplate
        {
            Name = fields.Text(root, "name", FieldReader.AnyLength),
            Language = fields.Text(root, "language", FieldReader.AnyLength),
            Category = fields.OptionalText(root, "category", FieldReader.AnyLength) ?? "UTILITY",
            ParameterFormat = fields.OptionalText(root, "parameter_format", FieldReader.AnyLength)?.ToUpperInvariant() ?? "POSITIONAL",
            Body = fields.OptionalText(root, "body", FieldReader.AnyLength),
            BodyParameters = fields.OptionalInteger(root, "body_parameters", 0, 100, 0),
            Components = FieldReader.Has(root, "components") ? root.GetProperty("components").GetRawText() : null,
            Status = fields.OptionalText(root, "status", FieldReader.AnyLength) ?? "APPROVED",
        };
        CheckStatus(template.Status, fields);
        if (fields.Error is { } error)
        {
            return error;
        }

        if (template.Problem() is { } problem)
        {
            return GraphError.Invalid(problem);
        }

        templates.Add(template);
        changes.Tell();
        return GraphAnswer.Success;
    }

    public async Task<GraphAnswer> SetStatusAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        var (name, language, status) = ("", "", "");
        var read = JsonBody.Read(request, (root, fields) =>
        {
            name = fields.Text(root, "name", FieldReader.AnyLength);
            language = fields.Text(root, "language", FieldReader.AnyLength);
            status = fields.Text(root, "status", FieldReader.AnyLength);
            CheckStatus(status, fields);
            fields.Require(templates.FindAll(name, language).Count > 0, GraphError.TemplateMissing(name, language));
            return fields.Error is { } error ? error : GraphAnswer.Success;
        });
        if (read.StatusCode == 200)
        {
            await review.SetStatusOfAllAsync(name, language, status).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    public async Task<GraphAnswer> RestrictAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        var (kind, seconds) = ("", 0);
        var read = JsonBody.Read(request, (root, fields) =>
        {
            kind = fields.Text(root, "kind", FieldReader.AnyLength);
            fields.Require(
                fields.Error is not null || Restriction().IsMatch(kind),
                GraphError.Invalid($"'{kind}' is not a restriction: Meta's begin with RESTRICTED_, such as {AccountRestrictions.Initiating}."));
            fields.Require(root, "lasting");
            seconds = fields.OptionalInteger(root, "lasting", 1, int.MaxValue, 0);
            return fields.Error is { } error ? error : GraphAnswer.Success;
        });
        if (read.StatusCode == 200)
        {
            await restrictions.AddAsync(kind, TimeSpan.FromSeconds(seconds)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    private static void CheckStatus(string status, FieldReader fields) => fields.Require(
        fields.Error is not null || status is "APPROVED" or "PENDING" or "REJECTED" or "PAUSED" or "DISABLED" or "IN_APPEAL" or "PENDING_DELETION"
            or "DELETED" or "LIMIT_EXCEEDED" or "ARCHIVED" or "FLAGGED" or "LOCKED" or "REINSTATED",
        GraphError.Invalid($"'{status}' is not a template's status: use one of Meta's, such as APPROVED, REJECTED or PAUSED."));

    [GeneratedRegex("^RESTRICTED_[A-Z_]+\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Restriction();
}
