using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Control;

/// <summary>The control API, route by route; <c>openapi.json</c> describes it.</summary>
internal sealed class ControlRoutes(ChangeFeed changes)
{
    public required StatePage State { get; init; }

    public required JournalPages Journal { get; init; }

    public required ClockPages Clock { get; init; }

    public required CustomerPages Customers { get; init; }

    public required CustomerActions Actions { get; init; }

    public required GroupPages Groups { get; init; }

    public required FilePages Files { get; init; }

    public required FaultPages Faults { get; init; }

    public required OptionPages Options { get; init; }

    public required NumberPages Numbers { get; init; }

    public required WebhookPages Webhooks { get; init; }

    public required AccountPages Accounts { get; init; }

    public async Task<GraphAnswer> AnswerAsync(GraphRequest request, string route, CancellationToken cancellationToken)
    {
        try
        {
            return (route.Split('/'), request.Method) switch
            {
                (["state"], "GET") => State.Get(),
                (["clock"], "GET") => await Clock.GetAsync(request.Query("after"), cancellationToken).ConfigureAwait(false),
                (["clock", "advance"], "POST") => Told(await Clock.AdvanceAsync(request).ConfigureAwait(false)),
                (["clock", "frozen"], "POST") => Told(Clock.Freeze(request.Query("value"))),
                (["customers"], "GET") => Customers.All(),
                (["customers"], "POST") => JsonBody.Read(request, (root, fields) => Customers.Add(root, fields)),
                (["customers", var phone, "chat"], "GET") => Customers.Chat(phone, request.Query("number")),
                (["customers", var phone, "actions"], "POST") => await Actions.ActAsync(phone, request, cancellationToken).ConfigureAwait(false),
                (["customers", var phone, "media"], "POST") => await Actions.SendFileAsync(phone, request, cancellationToken).ConfigureAwait(false),
                (["groups"], "GET") => Groups.All(),
                (["groups"], "POST") => JsonBody.Read(request, (root, fields) => Groups.Add(root, fields)),
                (["groups", var group], "POST") => JsonBody.Read(request, (root, fields) => Groups.Suspend(group, root, fields)),
                (["media", var id], "GET") => Files.Get(id, request.Path),
                (["faults"], "GET") => Faults.Get(),
                (["faults"], "POST") => JsonBody.Read(request, (root, fields) => Told(Faults.Set(root, fields))),
                (["faults"], "DELETE") => Told(Faults.Clear()),
                (["options"], "GET") => Options.Get(),
                (["options"], "POST") => JsonBody.Read(request, (root, fields) => Told(Options.Set(root, fields))),
                (["numbers"], "GET") => Numbers.All(),
                (["numbers"], "POST") => JsonBody.Read(request, (root, fields) => Numbers.Add(root, fields)),
                (["numbers", var number], "POST") => JsonBody.Read(request, (root, fields) => Numbers.Change(number, root, fields)),
                (["webhook"], "POST") => await Webhooks.ConnectAsync(request, cancellationToken).ConfigureAwait(false),
                (["webhook"], "DELETE") => Told(Webhooks.Disconnect(request.Query("id"))),
                (["templates"], "POST") => JsonBody.Read(request, (root, fields) => Accounts.Add(root, fields)),
                (["templates", "status"], "POST") => await Accounts.SetStatusAsync(request, cancellationToken).ConfigureAwait(false),
                (["restrictions"], "POST") => await Accounts.RestrictAsync(request, cancellationToken).ConfigureAwait(false),
                (["settle"], "POST") => await Webhooks.SettleAsync(cancellationToken).ConfigureAwait(false),
                ([("requests" or "webhooks") and var list, var sequence], "GET") => Journal.Find(request, list, sequence),
                _ => Told(Journal.Answer(request, route)),
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
        e is ArgumentException { ParamName: { } name } && e.Message.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal) is >= 0 and var end
            ? e.Message[..end]
            : e.Message;

    private GraphAnswer Told(GraphAnswer answer)
    {
        changes.Tell();
        return answer;
    }
}
