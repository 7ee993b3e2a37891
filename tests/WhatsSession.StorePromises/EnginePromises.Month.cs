using System.Collections.Concurrent;
using WhatsSession.Emulator;
using WhatsSession.StorePromises.Month;

namespace WhatsSession.StorePromises;

/// <content>A month of many conversations, beside the prediction of a model that knows nothing of the SDK.</content>
public abstract partial class EnginePromises
{
    private static readonly int CustomersOfTheMonth = Environment.GetEnvironmentVariable("WHATSSESSION_DEEP") == "1" ? 2_000 : 300;

    [Fact]
    public async Task Month_ManyConversations_TellsAndSendsWhatTheModelPredicts()
    {
        var scripts = Enumerable.Range(0, CustomersOfTheMonth).Select(MonthScript.Write).ToList();
        var expected = scripts.ToDictionary(static script => script.Customer, MonthModel.Predict, StringComparer.Ordinal);
        var seen = new ConcurrentQueue<(string Customer, MonthEvent Event)>();
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(
            stores,
            build: (builder, shop) => Listen(builder, (party, kind, detail) => seen.Enqueue((party, new MonthEvent(kind, shop.Now.ToUnixTimeSeconds(), detail)))),
            notes: false,
            meta: static o =>
            {
                o.StartsAt = DateTimeOffset.FromUnixTimeSeconds(MonthScript.Begins);
                o.AddTemplate("cart", "en_US", bodyParameters: 1);
            });
        var acts = scripts.SelectMany(script => ActsOf(shop, script)).ToLookup(static act => act.At, static act => act.DoAsync);
        var sent = 0L;
        foreach (var at in acts.Select(static act => act.Key).Concat(expected.Values.SelectMany(static events => events.Select(static one => one.At))).Distinct().Order())
        {
            if (at >= MonthScript.DownUntil && shop.Now.ToUnixTimeSeconds() < MonthScript.DownUntil)
            {
                shop.Meta.Clock.AdvanceTo(DateTimeOffset.FromUnixTimeSeconds(MonthScript.DownFrom));
                stores = await ReopenStoresAsync(stores);
                await shop.RestartAsync(stores, Duration.FromSeconds(MonthScript.DownUntil - MonthScript.DownFrom));
                await shop.SettleAsync();
            }

            shop.Meta.Clock.AdvanceTo(DateTimeOffset.FromUnixTimeSeconds(at));
            foreach (var doAsync in acts[at])
            {
                await doAsync();
            }

            await shop.SettleAsync(rounds: 2);
            if (shop.Meta.Tally.Requests != sent)
            {
                sent = NoteSteps(shop, sent, seen);
            }
        }

        // Events name customers by user id, requests by phone.
        var phones = scripts.ToDictionary(script => shop.Meta.Customer(script.Customer).UserId, static script => script.Customer, StringComparer.Ordinal);
        var told = seen.ToLookup(one => phones.GetValueOrDefault(one.Customer, one.Customer), static one => one.Event, StringComparer.Ordinal);
        foreach (var script in scripts)
        {
            var (missing, excess) = (expected[script.Customer].Except(told[script.Customer]), told[script.Customer].Except(expected[script.Customer]));
            (string.Join('\n', missing), string.Join('\n', excess)).Should().Be(("", ""), "that is missing and that is too much of customer {0}", script.Customer);
            told[script.Customer].Should().OnlyHaveUniqueItems("nothing of customer {0} comes twice", script.Customer);
        }
    }

    private static void Listen(WhatsSessionBuilder builder, Action<string, string, string> note)
    {
        builder.OnWindowClosing((w, _) => Note(w.Message, "closing", $"{w.Message.Opened.ToUnixTimeSeconds()}/{w.Message.Lead.TotalSeconds:0}{Late(w.Message.IsLate)}"))
            .OnWindowClosed((w, _) => Note(w.Message, "closed", $"{w.Message.Opened.ToUnixTimeSeconds()}{Late(w.Message.IsLate)}"))
            .OnWindowExtended((w, _) => Note(w.Message, "extended", $"{w.Message.OpenedBefore.ToUnixTimeSeconds()}"))
            .OnReplyOverdue(Duration.FromSeconds(MonthScript.OverdueAfter), (w, _) => Note(w.Message, "overdue", $"{w.Message.WaitingSince?.ToUnixTimeSeconds()}"))
            .OnTurn(Duration.FromSeconds(MonthScript.TurnQuiet), Duration.FromSeconds(MonthScript.TurnAtMost), (t, _) =>
                Note(t.Message, "turn", string.Join(' ', t.Message.Messages.OfType<TextReceived>().Select(static message => message.Text))))
            .AddSequence("cart", static s => s
                .InZone(static start => start["zone"])
                .InZone("UTC")
                .After(TimeSpan.FromSeconds(MonthScript.FirstStepAfter), static start => new TextMessage($"{start["start"]}/1"), static start => new TemplateMessage("cart", "en_US", $"{start["start"]}/1"))
                .At(1, new TimeOnly((int)MonthScript.SecondStepHour, 0), static start => new TextMessage($"{start["start"]}/2"), static start => new TemplateMessage("cart", "en_US", $"{start["start"]}/2"))
                .BeforeClosing(TimeSpan.FromSeconds(MonthScript.LastStepLead), static start => new TextMessage($"{start["start"]}/3")));

        Task Note(WhatsAppEvent received, string kind, string detail)
        {
            note(received.Conversation!.Value.Party, kind, detail);
            return Task.CompletedTask;
        }

        static string Late(bool isLate) => isLate ? " late" : "";
    }

    private static IEnumerable<(long At, Func<Task> DoAsync)> ActsOf(Shop shop, MonthScript script)
    {
        foreach (var message in script.Messages)
        {
            yield return (message.SentAt, async () =>
            {
                shop.Meta.Faults.WebhookDelay = TimeSpan.FromSeconds(message.ArrivesAt - message.SentAt);
                await shop.Meta.Customer(script.Customer).SaysAsync(message.Text, Shop.Number, Token);
                shop.Meta.Faults.WebhookDelay = TimeSpan.Zero;
            }
            );
            yield return (message.ArrivesAt, static () => Task.CompletedTask);
        }

        foreach (var at in script.Answers)
        {
            yield return (at, () => shop.On(Other(shop), script.Customer).SendAsync(Hello, new SendOptions { By = Author.Person("agent 7") }, Token));
        }

        foreach (var at in script.Starts)
        {
            yield return (at, async () =>
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["start"] = FormattableString.Invariant($"{at}"), ["zone"] = script.TimeZone };
                (await shop.On(0, script.Customer).StartSequenceAsync("cart", values, Token)).IsNew.Should().BeTrue("of customer {0} at {1}", script.Customer, at);
            }
            );
        }
    }

    private static long NoteSteps(Shop shop, long sent, ConcurrentQueue<(string Customer, MonthEvent Event)> seen)
    {
        foreach (var request in shop.Meta.Requests.Where(request => request.Sequence > sent))
        {
            sent = request.Sequence;
            if (request is { To: { } to, MessageId: not null } && StepOf(request) is { } step)
            {
                seen.Enqueue((to, new MonthEvent("step", request.At.ToUnixTimeSeconds(), $"{step}/{(request.Type == "template" ? "template" : "session")}")));
            }
        }

        return sent;
    }

    private static string? StepOf(LoggedRequest request)
    {
        using var document = System.Text.Json.JsonDocument.Parse(request.Json);
        var root = document.RootElement;
        var text = request.Type == "template"
            ? root.GetProperty("template").GetProperty("components")[0].GetProperty("parameters")[0].GetProperty("text").GetString()
            : root.GetProperty("text").GetProperty("body").GetString();
        return text == Hello.Body ? null : text;
    }
}
