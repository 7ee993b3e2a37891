using System.Text.RegularExpressions;

namespace WhatsSession.Emulator;

/// <summary>Answers a Graph request: checks the token, finds the object, and hands over to its edge.</summary>
internal sealed partial class GraphRouter(MetaSide meta)
{
    private const string Bearer = "Bearer ";

    private readonly MessagesEdge _messages = new(meta);
    private readonly AccountEdges _accounts = new(meta);

    public GraphAnswer Answer(GraphRequest request)
    {
        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is not [var version, .. var rest] || rest is [] || !Version().IsMatch(version))
        {
            return GraphError.UnknownPath(request.Path);
        }

        var token = request.Authorization is { } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : "";
        if (rest is ["debug_token"] && request.Is("GET"))
        {
            return _accounts.DebugToken(token, request.Query("input_token"));
        }

        var reachable = meta.Numbers.Where(n => string.Equals(n.AccessToken, token, StringComparison.Ordinal)).ToList();
        if (reachable.Count == 0)
        {
            return GraphError.BadToken;
        }

        if (reachable.Find(n => string.Equals(n.Id, rest[0], StringComparison.Ordinal)) is { } number)
        {
            return AnswerNumber(request, number, rest[1..]) with { NumberId = number.Id };
        }

        var owned = reachable.FindAll(n => string.Equals(n.BusinessAccountId, rest[0], StringComparison.Ordinal));
        if (owned.Count > 0)
        {
            return AnswerAccount(request, owned, rest[1..]);
        }

        return GraphError.UnknownObject(request.Method, rest[0]);
    }

    private GraphAnswer AnswerNumber(GraphRequest request, EmulatedNumber number, string[] edge) => edge switch
    {
        ["messages"] when request.Is("POST") => _messages.Answer(number, request),
        [] when request.Is("GET") => AccountEdges.Number(number, request.Query("fields")),
        [] or ["messages"] => GraphError.UnknownObject(request.Method, number.Id),
        _ => GraphError.UnknownPath("/" + string.Join('/', edge)),
    };

    private static GraphAnswer AnswerAccount(GraphRequest request, List<EmulatedNumber> owned, string[] edge) => edge switch
    {
        ["phone_numbers"] when request.Is("GET") => AccountEdges.Numbers(owned, request.Query("fields")),
        ["subscribed_apps"] when request.Is("GET") => AccountEdges.SubscribedApps(),
        [] or ["phone_numbers"] or ["subscribed_apps"] => GraphError.UnknownObject(request.Method, owned[0].BusinessAccountId),
        _ => GraphError.UnknownPath("/" + string.Join('/', edge)),
    };

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
