namespace WhatsSession.Emulator;

/// <summary>The control API, route by route; <c>openapi.json</c> describes it.</summary>
internal sealed class ControlRoutes(MetaSide meta, HttpClient http)
{
    private readonly JournalPages _journal = new(meta);
    private readonly CustomerPages _customers = new(meta);
    private readonly GroupPages _groups = new(meta);
    private readonly FaultPages _faults = new(meta.Faults);
    private readonly OptionPages _options = new(meta);
    private readonly NumberPages _numbers = new(meta);
    private readonly AccountPages _accounts = new(meta);

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
                (["options"], "GET") => _options.Get(),
                (["options"], "POST") => JsonBody.Read(request, (root, fields) => Told(_options.Set(root, fields))),
                (["numbers"], "GET") => _numbers.All(),
                (["numbers"], "POST") => JsonBody.Read(request, (root, fields) => _numbers.Add(root, fields)),
                (["numbers", var number], "POST") => JsonBody.Read(request, (root, fields) => _numbers.Change(number, root, fields)),
                (["webhook"], "POST") => await ConnectAsync(request, cancellationToken).ConfigureAwait(false),
                (["webhook"], "DELETE") => Told(Disconnect(request.Query("id"))),
                (["templates"], "POST") => JsonBody.Read(request, (root, fields) => _accounts.Add(root, fields)),
                (["templates", "status"], "POST") => await _accounts.SetStatusAsync(request, cancellationToken).ConfigureAwait(false),
                (["restrictions"], "POST") => await _accounts.RestrictAsync(request, cancellationToken).ConfigureAwait(false),
                (["settle"], "POST") => await SettleAsync(cancellationToken).ConfigureAwait(false),
                _ => Told(_journal.Answer(request, route)),
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The messages of these say what to give instead.
            return GraphError.Invalid(WithoutParameter(e));
        }
    }

    /// <summary>The message alone: the parameter that .NET names behind it, and its value, are no names of this API.</summary>
    private static string WithoutParameter(Exception e) =>
        e is ArgumentException { ParamName: { } name } && e.Message.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal) is >= 0 and var end ? e.Message[..end] : e.Message;

    private GraphAnswer Told(GraphAnswer answer)
    {
        meta.Changes.Tell();
        return answer;
    }

    /// <summary>Connects, and tells whether the consumer answers the handshake: as Meta does, but a consumer may come up later.</summary>
    private async Task<GraphAnswer> ConnectAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        HttpTarget? target = null;
        var read = JsonBody.Read(request, (root, fields) =>
        {
            var url = fields.Text(root, "url", FieldReader.AnyLength);
            var id = fields.OptionalText(root, "id", FieldReader.AnyLength);
            fields.Require(Uri.TryCreate(url, UriKind.Absolute, out var uri) && HttpTarget.Accepts(uri), GraphError.BadValue("'url' must be an absolute http or https URL."));
            if (fields.Error is { } error)
            {
                return error;
            }

            target = new(uri!, http);
            meta.Connect(id, target);
            return GraphAnswer.Success;
        });
        if (target is null)
        {
            return read;
        }

        var verified = await target.VerifyAsync(meta.VerifyToken, cancellationToken).ConfigureAwait(false);
        meta.Changes.Tell();
        return GraphAnswer.Ok(verified, static (json, verified) =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", value: true);
            json.WriteBoolean("verified", verified);
            json.WriteEndObject();
        });
    }

    private GraphAnswer Disconnect(string? id)
    {
        meta.Connect(id, target: null);
        return GraphAnswer.Success;
    }

    private async Task<GraphAnswer> SettleAsync(CancellationToken cancellationToken)
    {
        await meta.Pump.SettleAsync(cancellationToken).ConfigureAwait(false);
        return GraphAnswer.Success;
    }
}
