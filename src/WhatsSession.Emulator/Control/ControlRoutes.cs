using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>The control API, route by route; <c>openapi.json</c> describes it.</summary>
internal sealed class ControlRoutes(MetaSide meta, HttpClient http)
{
    private readonly JournalPages _journal = new(meta);
    private readonly CustomerPages _customers = new(meta);
    private readonly GroupPages _groups = new(meta);
    private readonly FaultPages _faults = new(meta.Faults);

    public async Task<GraphAnswer> AnswerAsync(GraphRequest request, string route, CancellationToken cancellationToken)
    {
        try
        {
            return (route.Split('/'), request.Method) switch
            {
                (["state"], "GET") => GraphAnswer.Ok(meta, static (json, m) => StatePage.Write(json, m)),
                (["customers"], "GET") => _customers.All(),
                (["customers"], "POST") => JsonBody.Read(request, (root, fields) => _customers.Add(root, fields)),
                (["customers", var phone, "chat"], "GET") => _customers.Chat(phone, request.Query("number")),
                (["customers", var phone, "actions"], "POST") => await _customers.ActAsync(phone, request, cancellationToken).ConfigureAwait(false),
                (["customers", var phone, "media"], "POST") => await _customers.SendFileAsync(phone, request, cancellationToken).ConfigureAwait(false),
                (["groups"], "GET") => _groups.All(),
                (["groups"], "POST") => JsonBody.Read(request, (root, fields) => _groups.Add(root, fields)),
                (["groups", var group], "POST") => JsonBody.Read(request, (root, fields) => _groups.Suspend(group, root, fields)),
                (["media", var id], "GET") => meta.Media.Find(id) is { } file
                    ? new GraphAnswer { StatusCode = 200, Body = file.Bytes, ContentType = MediaClass.OfMimeType(file.MimeType) is null ? "application/octet-stream" : file.MimeType }
                    : GraphError.UnknownPath(request.Path) with { HttpStatus = 404 },
                (["faults"], "GET") => _faults.Get(),
                (["faults"], "POST") => JsonBody.Read(request, (root, fields) => Told(_faults.Set(root, fields))),
                (["faults"], "DELETE") => Told(_faults.Clear()),
                (["webhook"], "POST") => JsonBody.Read(request, (root, fields) => Connect(root, fields)),
                (["templates", "status"], "POST") => await SetTemplateStatusAsync(request, cancellationToken).ConfigureAwait(false),
                (["restrictions"], "POST") => await RestrictAsync(request, cancellationToken).ConfigureAwait(false),
                (["settle"], "POST") => await SettleAsync(cancellationToken).ConfigureAwait(false),
                _ => Told(_journal.Answer(request, route)),
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The messages of these say what to give instead.
            return GraphError.Invalid(e.Message);
        }
    }

    private GraphAnswer Told(GraphAnswer answer)
    {
        meta.Changes.Tell();
        return answer;
    }

    private GraphAnswer Connect(JsonElement root, FieldReader fields)
    {
        var url = fields.Text(root, "url", FieldReader.AnyLength);
        var id = fields.OptionalText(root, "id", FieldReader.AnyLength);
        fields.Require(Uri.TryCreate(url, UriKind.Absolute, out var uri) && HttpTarget.Accepts(uri), GraphError.BadValue("'url' must be an absolute http or https URL."));
        if (fields.Error is { } error)
        {
            return error;
        }

        if (id is null)
        {
            meta.Pump.Routes.App = new HttpTarget(uri!, http);
        }
        else
        {
            meta.Pump.Routes.Override(id, new HttpTarget(uri!, http));
        }

        return GraphAnswer.Success;
    }

    private async Task<GraphAnswer> SetTemplateStatusAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<Template> found = [];
        var status = "";
        var read = JsonBody.Read(request, (root, fields) =>
        {
            var name = fields.Text(root, "name", FieldReader.AnyLength);
            var language = fields.Text(root, "language", FieldReader.AnyLength);
            status = fields.Text(root, "status", FieldReader.AnyLength);
            found = [.. meta.Numbers.Select(static n => n.BusinessAccountId).Distinct(StringComparer.Ordinal).Select(a => meta.Templates.Find(a, name, language)).OfType<Template>()];
            fields.Require(found.Count > 0, GraphError.TemplateMissing(name, language));
            return fields.Error is { } error ? error : GraphAnswer.Success;
        });
        await Task.WhenAll(found.Select(t => meta.Templates.SetStatusAsync(t.Id, status, status is "REJECTED" ? "INVALID_FORMAT" : "NONE"))).WaitAsync(cancellationToken).ConfigureAwait(false);
        return read;
    }

    private async Task<GraphAnswer> RestrictAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        var (kind, seconds) = ("", 0);
        var read = JsonBody.Read(request, (root, fields) =>
        {
            kind = fields.Text(root, "kind", FieldReader.AnyLength);
            fields.Require(root, "lasting");
            seconds = fields.OptionalInteger(root, "lasting", 1, int.MaxValue, 0);
            return fields.Error is { } error ? error : GraphAnswer.Success;
        });
        if (read.StatusCode == 200)
        {
            await meta.Restrictions.AddAsync(kind, TimeSpan.FromSeconds(seconds)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    private async Task<GraphAnswer> SettleAsync(CancellationToken cancellationToken)
    {
        await meta.Pump.SettleAsync(cancellationToken).ConfigureAwait(false);
        return GraphAnswer.Success;
    }
}
