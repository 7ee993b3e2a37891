using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using WhatsSession.Tests;

namespace WhatsSession.Docs.Written;

/// <summary>The page on events has every type, with what the reader makes of a sample.</summary>
public sealed class EventsPageTests
{
    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    private static readonly JsonSerializerOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 24, 12, 0);

    private static readonly ConversationKey Ana = new(PhoneNumberId.Parse("314159265358979"), CustomerId.Parse("15550001234"));

    [Fact]
    public void Types_OfThePage_AreAllEvents()
    {
        var samples = Samples();
        var types = new[] { typeof(WhatsAppEvent), typeof(WindowClosing) }.SelectMany(static type => type.Assembly.GetExportedTypes())
            .Where(static type => type.IsSubclassOf(typeof(WhatsAppEvent)) && !type.IsAbstract)
            .GroupBy(static type => Chapter(type))
            .OrderBy(static chapter => chapter.Key, StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var chapter in types)
        {
            var common = chapter.Select(Bases).Aggregate(static (one, other) => one.Intersect(other)).ToList();
            text.Append(CultureInfo.InvariantCulture, $"\n## {chapter.Key[2..]}\n{(common.Count == 0 ? "" : $"\nEach is a {Named(common)}.\n")}");
            foreach (var type in chapter.OrderBy(static type => type.Name, StringComparer.Ordinal))
            {
                samples.Contains(type).Should().BeTrue("every event type has a sample, and so has {0}", type.Name);
                var sample = MostTelling(samples[type]);
                var fields = samples[type].Select(static received => $"`{received.Field}`").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                var field = type.Assembly == typeof(WindowClosing).Assembly ? "" : $" {(fields.Count == 1 ? "Field" : "Fields")} {string.Join(", ", fields)}.";
                var bases = Bases(type).Except(common).ToList();
                var kind = bases.Count == 0 ? "" : $" It is a {Named(bases)}.";
                text.Append(CultureInfo.InvariantCulture, $"\n### {type.Name}\n\n{XmlDocs.Summary(type)}{field}{kind}\n");
                text.Append(Own(sample) is not "{}" and var own ? $"\n```json\n{own}\n```\n" : "");
            }
        }

        Page.Of("docs/events.md").ShouldHave("types", text.ToString());
    }

    private static ILookup<Type, WhatsAppEvent> Samples()
    {
        WhatsAppEvent[] ofTheSdk =
        [
            new WindowClosing(Ana, Noon, Duration.FromHours(1)) { WaitingSince = Noon, LastMessage = LastMessage },
            new WindowClosed(Ana, Noon) { LastMessage = LastMessage },
            new WindowExtended(Ana, Noon, Noon + Duration.FromMinutes(23 * 60 + 30)) { WaitingSince = Noon, LastMessage = LastMessage },
            new ReplyOverdue(Ana, Noon, Duration.FromHours(1)) { LastMessage = LastMessage },
            new Turn(Line("wamid.HBgLMTU1NTAwMDEyMzQA", "Hi"), Line("wamid.HBgLMTU1NTAwMDEyMzQB", "Where is my order?")),
            new HeldMessageExpired(Ana, Id(1), Noon) { Content = Text, CallbackData = "order-42" },
            new HeldMessageFailed(Ana, Id(2), new SendOutcome.Rejected { Error = new GraphError { Code = 131026, Message = "Message undeliverable", Category = GraphErrorCategory.InvalidRequest } }, Noon) { Content = Text },
            new SessionMessageRefused(Ana, Id(3), MessageId.Parse("wamid.HBgLMTU1NTAwMDEyMzQ"), Noon) { Content = Text, CallbackData = "order-42" },
            new IdentityConflict(Ana.Number, Ana.Customer!.Value, CustomerId.Parse("US.40917263548812004417"), CustomerId.Parse("US.88100294417705526631"), Noon),
        ];
        return Directory.GetFiles(Path.Combine(Page.Root, "tests/Shared/Samples/webhooks"), "*.json")
            .Order(StringComparer.Ordinal)
            .Where(static path => !Path.GetFileName(path).StartsWith("dashboard", StringComparison.Ordinal))
            .Select(File.ReadAllBytes)
            .Concat(MadePayloads.All)
            .SelectMany(static payload =>
            {
                var events = new List<WhatsAppEvent>();
                _ = WebhookReader.Read(payload, events);
                return events.Concat(events.Select(static received => received.Inner).OfType<WhatsAppEvent>());
            })
            .Concat(ofTheSdk)
            .ToLookup(static received => received.GetType());
    }

    /// <summary>The sample that says most of its own, not of a group, and the shorter where two do.</summary>
    private static WhatsAppEvent MostTelling(IEnumerable<WhatsAppEvent> samples) =>
        samples.MaxBy(static received => (received is not CustomerEvent { Group: not null }, OwnJson(received).Count, -Own(received).Length))!;

    private static TextReceived Line(string id, string text) => new()
    {
        MessageId = MessageId.Parse(id),
        Number = Ana.Number,
        Phone = Ana.Customer,
        Kind = CustomerEventKind.Text,
        Text = text,
        Timestamp = Noon,
        Key = EventKey.Of(Ana.Number.Value, EventLane.Live, id),
    };

    private static ReadOnlyMemory<byte> Text => """{"type":"text","text":{"body":"Your parcel left."}}"""u8.ToArray();

    private static HistoryMessage LastMessage => new(
        new LoggedMessage { IsInbound = true, At = Noon, MessageId = MessageId.Parse("wamid.HBgLMTU1NTAwMDEyMzQ"), Json = """{"type":"text","text":{"body":"Where is my order?"}}"""u8.ToArray() });

    private static IntentId Id(int number) => IntentId.Naming([(byte)number]);

    private static string Own(WhatsAppEvent received)
    {
        var json = OwnJson(received);
        return json.ToJsonString(OnOneLine) is { Length: <= 120 } line ? line : json.ToJsonString(Indented);
    }

    /// <summary>What the type has beside the members of its bases, which stand at the top of the page, and beside what is empty.</summary>
    private static JsonObject OwnJson(WhatsAppEvent received)
    {
        var type = received.GetType();
        var json = JsonSerializer.SerializeToNode(received, type, Indented)!.AsObject();
        foreach (var name in json.Select(static member => member.Key).ToList())
        {
            var property = type.GetProperty(name)!;
            var declaring = property.GetMethod!.GetBaseDefinition().DeclaringType!;
            if (declaring == typeof(WhatsAppEvent) || declaring == typeof(CustomerEvent) || declaring == typeof(MessageReceived))
            {
                json.Remove(name);
            }
            else if (property.GetValue(received) is WhatsAppEvent within)
            {
                json[name] = OwnJson(within);
            }
        }

        Prune(json);
        return json;
    }

    private static void Prune(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Prune(item);
            }
        }
        else if (node is JsonObject members)
        {
            // Of an error what tells one from another; the rest is on the page on errors.
            var isError = members.ContainsKey(nameof(GraphError.Advice));
            foreach (var (name, value) in members.ToList())
            {
                Prune(value);
                if (value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }
                    || (value is JsonValue && value.ToString() is "" or "1970-01-01T00:00:00Z")
                    || (isError && name is not (nameof(GraphError.Code) or nameof(GraphError.Message) or nameof(GraphError.Details) or nameof(GraphError.Category))))
                {
                    members.Remove(name);
                }
            }
        }
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var above = type.BaseType!; above != typeof(WhatsAppEvent); above = above.BaseType!)
        {
            yield return above;
        }
    }

    private static string Named(IEnumerable<Type> bases) => string.Join(" and a ", bases.Select(static type => $"`{type.Name}`"));

    /// <summary>The chapter, with a digit for its place.</summary>
    private static string Chapter(Type type) => type switch
    {
        _ when type.Assembly == typeof(WindowClosing).Assembly => "1 By the SDK itself",
        _ when type.IsSubclassOf(typeof(MessageReceived)) => "0 Messages of customers",
        _ when type == typeof(DeliveryUpdated) || type == typeof(PaymentUpdated) || type == typeof(UnknownStatus) || type == typeof(ErrorReported) => "2 What became of your messages",
        _ when type.IsSubclassOf(typeof(TemplateEvent)) => "3 Templates",
        _ when type.IsSubclassOf(typeof(CallEvent)) => "4 Calls",
        _ when type.IsSubclassOf(typeof(GroupEvent)) => "5 Groups",
        _ when type.IsSubclassOf(typeof(CustomerEvent)) => "6 About customers",
        _ => "7 About the account and its numbers",
    };
}
