using System.Text.RegularExpressions;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Media;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Graph;

/// <summary>Answers a Graph request: checks the token, finds the object, and hands over to its edge.</summary>
internal sealed partial class GraphRouter(NumberDirectory numbers)
{
    public required MessagesEdge Messages { get; init; }

    public required AccountEdges Accounts { get; init; }

    public required MediaEdge Media { get; init; }

    public required TemplateEdge Templates { get; init; }

    public required QrCodes QrCodes { get; init; }

    public required CallbackEdge Callbacks { get; init; }

    public required ResumableUploads Uploads { get; init; }

    public ValueTask<GraphReply> AnswerAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        var token = TokenOf(request.Authorization);
        if (request.Path == MediaStore.DownloadPath && request.Is("GET"))
        {
            return Reply(Media.Download(request, token));
        }

        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is not [var version, .. var rest] || rest is [] || !Version().IsMatch(version))
        {
            return Reply(GraphError.UnknownPath(request.Path));
        }

        if (rest is ["debug_token"] && request.Is("GET"))
        {
            return Reply(Accounts.DebugToken(token, request.Query("input_token")));
        }

        var isKnown = false;
        var isAccount = false;
        foreach (var number in numbers.All)
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

        return !isKnown ? Reply(GraphError.BadToken)
            : isAccount ? AnswerAccountAsync(request, rest[0], token, rest[1..], cancellationToken)
            : Reply(AnswerObject(request, token, rest));
    }

    private static ValueTask<GraphReply> Reply(GraphAnswer answer) => new(new GraphReply(answer));

    private ValueTask<GraphReply> AnswerNumberAsync(
        GraphRequest request, EmulatedNumber number, string[] edge, CancellationToken cancellationToken) => edge switch
        {
            ["messages"] when request.Is("POST") => new(Messages.Answer(number, request, isMarketing: false)),
            ["marketing_messages"] when request.Is("POST") => new(Messages.Answer(number, request, isMarketing: true)),
            [] when request.Is("POST") => SetCallbackAsync(request, number, cancellationToken),
            _ => Reply(AnswerNumber(request, number, edge) with { NumberId = number.Id }),
        };

    private GraphAnswer AnswerNumber(GraphRequest request, EmulatedNumber number, string[] edge) => edge switch
    {
        ["media"] when request.Is("POST") => Media.Upload(number, request),
        ["message_qrdls", .. var rest] => QrCodes.Answer(number, request, rest),
        [] when request.Is("GET") => Accounts.Number(number, request.Query("fields")),
        [] or ["messages"] or ["marketing_messages"] or ["media"] => GraphError.UnknownObject(request.Method, number.Id),
        _ => GraphError.UnknownPath("/" + string.Join('/', edge)),
    };

    private async ValueTask<GraphReply> SetCallbackAsync(GraphRequest request, EmulatedNumber number, CancellationToken cancellationToken) =>
        new(await Callbacks.OfNumberAsync(number, request, cancellationToken).ConfigureAwait(false) with { NumberId = number.Id });

    private async ValueTask<GraphReply> AnswerAccountAsync(
        GraphRequest request, string accountId, string token, string[] edge, CancellationToken cancellationToken) => new(edge switch
        {
            ["phone_numbers"] when request.Is("GET") => Accounts.Numbers(accountId, token, request.Query("fields")),
            ["subscribed_apps"] when request.Is("GET") => Accounts.SubscribedApps(accountId),
            ["subscribed_apps"] when request.Is("POST") => await Callbacks.OfAccountAsync(accountId, request, cancellationToken).ConfigureAwait(false),
            ["subscribed_apps"] when request.Is("DELETE") => Callbacks.Unsubscribe(accountId),
            ["message_templates"] when request.Is("GET") => Templates.List(accountId, request),
            ["message_templates"] when request.Is("POST") => Templates.Create(accountId, request),
            ["message_templates"] when request.Is("DELETE") => Templates.Delete(accountId, request),
            [] when request.Is("GET") => AccountEdges.Account(accountId, request.Query("fields")),
            [] or ["phone_numbers"] or ["subscribed_apps"] or ["message_templates"] => GraphError.UnknownObject(request.Method, accountId),
            _ => GraphError.UnknownPath("/" + string.Join('/', edge)),
        });

    /// <summary>What is neither a number nor an account: a template, a file, an upload.</summary>
    private GraphAnswer AnswerObject(GraphRequest request, string token, string[] path)
    {
        if (path[0].StartsWith(ResumableUploads.Prefix, StringComparison.Ordinal))
        {
            return Uploads.Answer(path[0], request);
        }

        if (path is [AccountEdges.AppId, "uploads"] && request.Is("POST"))
        {
            return Uploads.Start(request);
        }

        if (Templates.Find(path[0]) is { } template && Owns(n => string.Equals(n.BusinessAccountId, template.AccountId, StringComparison.Ordinal)))
        {
            return Templates.Answer(template, request, path[1..]);
        }

        return path is [var id] && Media.Find(id) is { } file && Owns(n => n == file.Number)
            ? Media.Answer(file, request)
            : GraphError.UnknownObject(request.Method, path[0]);

        bool Owns(Func<EmulatedNumber, bool> isOwner) => numbers.All.Any(n => isOwner(n) && string.Equals(n.AccessToken, token, StringComparison.Ordinal));
    }

    /// <summary>Resumable uploads say <c>OAuth</c> where all else says <c>Bearer</c>.</summary>
    private static string TokenOf(string? authorization)
    {
        var space = authorization?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (space <= 0)
        {
            return "";
        }

        var scheme = authorization.AsSpan(0, space);
        return scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("OAuth", StringComparison.OrdinalIgnoreCase)
            ? authorization![(space + 1)..].Trim()
            : "";
    }

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
