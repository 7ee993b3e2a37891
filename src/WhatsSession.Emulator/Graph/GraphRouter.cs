using System.Text.RegularExpressions;

namespace WhatsSession.Emulator;

/// <summary>Answers a Graph request: checks the token, finds the object, and hands over to its edge.</summary>
internal sealed partial class GraphRouter(MetaSide meta, HttpClient http)
{
    private readonly MessagesEdge _messages = new(meta);
    private readonly AccountEdges _accounts = new(meta);
    private readonly MediaEdge _media = new(meta);
    private readonly TemplateEdge _templates = new(meta);
    private readonly QrCodes _qrCodes = new(meta);
    private readonly CallbackEdge _callbacks = new(meta, http);
    private readonly ResumableUploads _uploads = new(meta);

    public ValueTask<GraphAnswer> AnswerAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        var token = TokenOf(request.Authorization);
        if (request.Path == MediaStore.DownloadPath && request.Is("GET"))
        {
            return new(_media.Download(request, token));
        }

        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is not [var version, .. var rest] || rest is [] || !Version().IsMatch(version))
        {
            return new(GraphError.UnknownPath(request.Path));
        }

        if (rest is ["debug_token"] && request.Is("GET"))
        {
            return new(_accounts.DebugToken(token, request.Query("input_token")));
        }

        var isKnown = false;
        var isAccount = false;
        foreach (var number in meta.Numbers)
        {
            if (!string.Equals(number.AccessToken, token, StringComparison.Ordinal))
            {
                continue;
            }

            if (string.Equals(number.Id, rest[0], StringComparison.Ordinal))
            {
                return AnswerNumberAsync(request, number, rest[1..], cancellationToken);
            }

            isKnown = true;
            isAccount |= string.Equals(number.BusinessAccountId, rest[0], StringComparison.Ordinal);
        }

        return isKnown
            ? isAccount ? AnswerAccountAsync(request, rest[0], token, rest[1..], cancellationToken) : new(AnswerObject(request, token, rest))
            : new(GraphError.BadToken);
    }

    private async ValueTask<GraphAnswer> AnswerNumberAsync(GraphRequest request, EmulatedNumber number, string[] edge, CancellationToken cancellationToken)
    {
        var answer = edge switch
        {
            ["messages"] when request.Is("POST") => _messages.Answer(number, request, isMarketing: false),
            ["marketing_messages"] when request.Is("POST") => _messages.Answer(number, request, isMarketing: true),
            ["media"] when request.Is("POST") => _media.Upload(number, request),
            ["message_qrdls", .. var rest] => _qrCodes.Answer(number, request, rest),
            [] when request.Is("GET") => _accounts.Number(number, request.Query("fields")),
            [] when request.Is("POST") => await _callbacks.OfNumberAsync(number, request, cancellationToken).ConfigureAwait(false),
            [] or ["messages"] or ["marketing_messages"] or ["media"] => GraphError.UnknownObject(request.Method, number.Id),
            _ => GraphError.UnknownPath("/" + string.Join('/', edge)),
        };
        return answer with { NumberId = number.Id };
    }

    private async ValueTask<GraphAnswer> AnswerAccountAsync(GraphRequest request, string accountId, string token, string[] edge, CancellationToken cancellationToken) => edge switch
    {
        ["phone_numbers"] when request.Is("GET") => _accounts.Numbers(
            [.. meta.Numbers.Where(n => string.Equals(n.AccessToken, token, StringComparison.Ordinal) && string.Equals(n.BusinessAccountId, accountId, StringComparison.Ordinal))],
            request.Query("fields")),
        ["subscribed_apps"] when request.Is("GET") => _accounts.SubscribedApps(accountId),
        ["subscribed_apps"] when request.Is("POST") => await _callbacks.OfAccountAsync(accountId, request, cancellationToken).ConfigureAwait(false),
        ["subscribed_apps"] when request.Is("DELETE") => _callbacks.Unsubscribe(accountId),
        ["message_templates"] when request.Is("GET") => TemplatePages.List(meta.Templates.Of(accountId), request, meta),
        ["message_templates"] when request.Is("POST") => _templates.Create(accountId, request),
        ["message_templates"] when request.Is("DELETE") => _templates.Delete(accountId, request),
        [] when request.Is("GET") => AccountEdges.Account(accountId, request.Query("fields")),
        [] or ["phone_numbers"] or ["subscribed_apps"] or ["message_templates"] => GraphError.UnknownObject(request.Method, accountId),
        _ => GraphError.UnknownPath("/" + string.Join('/', edge)),
    };

    /// <summary>What is neither a number nor an account: a template, a file, an upload.</summary>
    private GraphAnswer AnswerObject(GraphRequest request, string token, string[] path)
    {
        if (path[0].StartsWith(ResumableUploads.Prefix, StringComparison.Ordinal))
        {
            return _uploads.Answer(path[0], request);
        }

        if (path is [AccountEdges.AppId, "uploads"] && request.Is("POST"))
        {
            return _uploads.Start(request);
        }

        if (meta.Templates.FindById(path[0]) is { } template && Owns(n => string.Equals(n.BusinessAccountId, template.AccountId, StringComparison.Ordinal)))
        {
            return _templates.Answer(template, request, path[1..]);
        }

        return path is [var id] && meta.Media.Find(id) is { } file && Owns(n => n == file.Number)
            ? _media.Answer(file, request)
            : GraphError.UnknownObject(request.Method, path[0]);

        bool Owns(Func<EmulatedNumber, bool> isOwner) => meta.Numbers.Any(n => isOwner(n) && string.Equals(n.AccessToken, token, StringComparison.Ordinal));
    }

    /// <summary>Resumable uploads say <c>OAuth</c> where all else says <c>Bearer</c>.</summary>
    private static string TokenOf(string? authorization)
    {
        var space = authorization?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        return space > 0 && (authorization.AsSpan(0, space).Equals("Bearer", StringComparison.OrdinalIgnoreCase) || authorization.AsSpan(0, space).Equals("OAuth", StringComparison.OrdinalIgnoreCase))
            ? authorization![(space + 1)..].Trim()
            : "";
    }

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
