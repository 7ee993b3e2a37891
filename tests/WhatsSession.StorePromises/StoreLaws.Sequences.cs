using System.Text.Json.Nodes;
using CsCheck;
using WhatsSession.Emulator;

namespace WhatsSession.StorePromises;

public abstract partial class StoreLaws
{
    private enum Act
    {
        Minutes,
        Hours,
        Says,
        SaysLate,
        Starts,
        Pauses,
        Resumes,
        Throttles,
        LosesAnswer,
    }

    /// <summary>
    /// No step goes twice, and none goes once something newer of the customer is known than what its run began with, whatever comes in between: answers in time
    /// and late, pauses, limits, lost answers, and starts of the same sequence. Two hosts share the work.
    /// </summary>
    [Fact]
    public async Task Sequences_AnyInterleaving_SendNoStepTwiceAndNoneAfterANewerInbound() =>
        await Gen.Int[0, 8].Select(static act => (Act)act).Array[4, 24].SampleAsync(
            async acts => (await PlayAsync(acts)).Should().BeEmpty(string.Join(' ', acts)),
            iter: Math.Max(Samples / 10, 1));

    private async Task<IReadOnlyList<string>> PlayAsync(Act[] acts)
    {
        var store = await CreateAsync();
        await using var shop = await Shop.OpenAsync([store, store], build: static (builder, _) => builder.AddSequence("cart", static s => s
            .After(TimeSpan.FromMinutes(30), Telling(1), Template(1)).After(TimeSpan.FromMinutes(20), Telling(2)).BeforeClosing(TimeSpan.FromHours(20), Telling(3))
            .After(TimeSpan.FromHours(5), Telling(4), Template(4))));
        var (inbound, runs, faults) = (new List<Instant>(), new Dictionary<string, (int Ordinal, Instant At)>(StringComparer.Ordinal), new List<string>());
        foreach (var act in acts.Prepend(Act.Says).Append(Act.Hours).Append(Act.Hours).Append(Act.Hours))
        {
            var before = shop.Sent.Count;
            switch (act)
            {
                case Act.Minutes or Act.Hours:
                    await shop.PassAsync(act == Act.Hours ? Duration.FromHours(4) : Duration.FromMinutes(25));
                    break;
                case Act.Says:
                    inbound.Add(shop.Now);
                    await shop.CustomerSaysAsync();
                    break;
                case Act.SaysLate:
                    inbound.Add(shop.Now - Duration.FromMinutes(10));
                    await PostLateAsync(shop, inbound.Count, inbound[^1]);
                    await shop.SettleAsync();
                    break;
                case Act.Starts:
                    var name = $"{runs.Count}";
                    var started = await shop.On(runs.Count % 2).StartSequenceAsync("cart", new Dictionary<string, string> { ["run"] = name }, Token);
                    if (started.IsNew)
                    {
                        // Of one second the last to arrive is the newest.
                        var newest = inbound.Max();
                        runs.Add(name, (inbound.LastIndexOf(newest), newest));
                    }

                    await shop.SettleAsync();
                    break;
                case Act.Pauses or Act.Resumes:
                    var desk = shop.Hosts[1].Client.Sequences;
                    foreach (var run in await desk.ListAsync(Token))
                    {
                        await (act == Act.Pauses ? desk.PauseAsync(run.Id, Token) : desk.ResumeAsync(run.Id, Token));
                    }

                    await shop.SettleAsync();
                    break;
                default:
                    shop.Meta.Faults.FailNext(act == Act.Throttles ? ResponseFault.TooManyRequestsWithRetryAfter : ResponseFault.DropAfterAccepting, 1);
                    break;
            }

            foreach (var text in shop.Sent.Skip(before).Select(NameOf))
            {
                var run = runs[text.Split('/')[0]];
                if (inbound.Where((at, i) => at > run.At || (at == run.At && i > run.Ordinal)).Any())
                {
                    faults.Add($"{text} after a newer message");
                }
            }
        }

        var sent = shop.Sent.Select(NameOf).ToList();
        return [.. faults, .. sent.GroupBy(static text => text, StringComparer.Ordinal).Where(static same => same.Count() > 1).Select(static same => $"{same.Key} twice")];
    }

    private static Func<SequenceStart, SessionMessage> Telling(int step) => start => new TextMessage($"{start["run"]}/{step}");

    private static Func<SequenceStart, TemplateMessage> Template(int step) => start => new TemplateMessage("order_shipped", "en_US", $"{start["run"]}/{step}");

    private static string NameOf(LoggedRequest sent)
    {
        var json = JsonNode.Parse(sent.Json)!;
        return $"{(sent.Type == "text" ? json["text"]!["body"] : json["template"]!["components"]![0]!["parameters"]![0]!["text"])}";
    }

    private static async Task PostLateAsync(Shop shop, int ordinal, Instant at) =>
        (await shop.PostAsync("messages", $$$"""{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"{{{Shop.Number}}}"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"{{{Shop.Phone}}}"}],"messages":[{"from":"{{{Shop.Phone}}}","id":"wamid.late{{{ordinal}}}","timestamp":"{{{at.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"Late"}}]}""", ordinal % 2)).StatusCode.Should().Be(200);
}
