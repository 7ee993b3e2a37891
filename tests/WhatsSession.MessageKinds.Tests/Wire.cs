using System.Net;
using System.Text.Json.Nodes;
using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>What the SDK posts for a kind.</summary>
internal static class Wire
{
    public static async Task<JsonNode> OfAsync(Kind kind)
    {
        if (kind.ReadWithTyping is not { } typing)
        {
            return await OfAsync(kind.To, kind.Make(SampleMedia.Ids), new GraphSendOptions { ReplyTo = kind.ReplyTo });
        }

        return await OfReadAsync(MessageId.Parse("wamid.a"), typing);
    }

    public static async Task<JsonNode> OfReadAsync(MessageId message, bool typing)
    {
        using var handler = new Recorder();
        using var http = new HttpClient(handler);
        await new GraphClient(http, new GraphClientOptions()).Messages.MarkReadAsync(Kind.Number, message, "token", typing);
        return handler.Body!;
    }

    public static async Task<JsonNode> OfAsync(ConversationKey to, Message message, GraphSendOptions options)
    {
        using var handler = new Recorder();
        using var http = new HttpClient(handler);
        await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(to, message, "token", options);
        return handler.Body!;
    }

    /// <summary>What makes a request one of its kind; two that share these differ in values and options alone.</summary>
    public static HashSet<string> FeaturesOf(JsonNode body)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        Add(body["type"], "type");
        Add(body["status"], "status");
        AddIf(body["typing_indicator"] is not null, "typing");
        foreach (var flag in new[] { "context", "recipient", "product_policy" })
        {
            AddIf(body[flag] is not null, flag);
        }

        Add(body["category"], "category");
        AddIf(body["recipient_type"]?.GetValue<string>() == "group", "group");
        AddIf(body["text"]?["preview_url"] is not null, "preview");
        AddIf(body["audio"]?["voice"] is not null, "voice");
        AddIf(body["reaction"]?["emoji"]?.GetValue<string>() is { Length: 0 }, "taken back");
        Add(body["pin"]?["type"], "pin");
        Add(body["interactive"]?["type"], "interactive");
        var action = body["interactive"]?["action"];
        Add(action?["parameters"]?["flow_action"], "flow");
        var card = action?["cards"]?[0];
        Add(card?["type"], "card");
        AddIf(card?["action"]?["buttons"] is not null, "card with replies");
        Add(card?["action"]?["name"], "card action");
        AddIf(body["template"]?["language"]?["policy"] is not null, "policy");
        foreach (var component in body["template"]?["components"]?.AsArray() ?? [])
        {
            AddComponent(component!);
        }

        return features;

        void Add(JsonNode? value, string name) => AddIf(value is not null, $"{name} {value}");

        void AddIf(bool has, string name)
        {
            if (has)
            {
                features.Add(name);
            }
        }

        void AddComponent(JsonNode component)
        {
            Add(component["type"], "component");
            Add(component["sub_type"], "button");
            AddIf(component["cards"] is not null, "cards of " + component["cards"]?[0]?["components"]?[0]?["parameters"]?[0]?["type"]);
            foreach (var parameter in component["parameters"]?.AsArray() ?? [])
            {
                Add(parameter!["type"], $"parameter of {component["type"]}");
                AddIf(parameter["parameter_name"] is not null, "named");
            }
        }
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public JsonNode? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"messages":[{"id":"wamid.b"}]}""") };
        }
    }
}
