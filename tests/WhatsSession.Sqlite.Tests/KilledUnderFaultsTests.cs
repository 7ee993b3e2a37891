using System.Collections.Concurrent;
using System.Text.Json;
using WhatsSession.Emulator;

namespace WhatsSession.Sqlite.Tests;

/// <summary>
/// Hosts are killed at odd moments while Meta drops, garbles and throttles. What was acknowledged is handled; nobody gets an alert, a fallback, a reply, a held
/// message, a step of a sequence or a message with a key twice.
/// </summary>
public sealed class KilledUnderFaultsTests : IAsyncDisposable
{
    private const int Customers = 6;
    private const int MostSteps = 40;
    private const string Status = "status:";
    private const int MostRounds = 120;

    private static readonly ResponseFault[] Faults =
    [
        ResponseFault.DropAfterAccepting, ResponseFault.EmptyObject, ResponseFault.ConnectionReset, ResponseFault.TooManyRequests,
        ResponseFault.TooManyRequestsWithRetryAfter, ResponseFault.ServerError, ResponseFault.BadGatewayHtml, ResponseFault.EmptyUnavailable,
    ];

    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("WHATSSESSION_DEEP") == "1";

    private readonly StoreFiles _files = new();
    private readonly ConcurrentDictionary<string, bool> _handled = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly ConcurrentQueue<string> _alerted = [];
    private readonly List<CommandedProcess> _hosts = [];
    private readonly List<(string Customer, string Text, string Key, DateTimeOffset At)> _withKeys = [];
    private int _posts;
    private int _texts;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _files.DisposeAsync();
    }

    public static TheoryData<int, int, int> Kills => IsDeep ? new() { { 1, 40, 1 }, { 2, 40, 2 } } : new() { { 1, 4, 3 }, { 2, 4, 4 } };

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Kill_WhileMetaDropsGarblesAndThrottles_LosesNothingAndDoublesNothing(int hosts, int kills, int seed)
    {
        var random = new Random(seed);
        await using var meta = await OpenMetaAsync();
        var file = _files.NewPath();
        for (var killed = 0; killed < kills; killed++)
        {
            await StartAsync(meta, file, hosts, () => random.Next(15, 120));
            for (var step = 0; step < MostSteps && !_hosts.Any(static host => host.IsDead); step++)
            {
                await StepAsync(meta, random);
            }

            await _hosts[random.Next(_hosts.Count)].KillAsync();
            // The claims of the dead end, and at times windows do.
            Advance(meta, random.Next(3) == 0 ? TimeSpan.FromHours(23) : TimeSpan.FromMinutes(3));
        }

        meta.Faults.Clear();
        await StartAsync(meta, file, hosts, static () => int.MaxValue);
        await LiveADayAsync(meta);
        await EndAsync(meta);

        Expect(meta);
    }

    private static async Task<WhatsAppEmulator> OpenMetaAsync() => await WhatsAppEmulator.StartAsync(static o =>
    {
        o.StartsAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        o.ClockFrozen = true;
        o.RateLimits = false;
        o.AddTemplate("order_shipped", "en_US", bodyParameters: 1);
    });

    private async Task StartAsync(WhatsAppEmulator meta, string file, int hosts, Func<int> linesToLive)
    {
        _hosts.RemoveAll(static host => host.IsDead);
        while (_hosts.Count < hosts)
        {
            _hosts.Add(await CommandedProcess.StartAsync(file, meta, linesToLive(), Hear));
        }

        meta.ConnectWebhook((post, _) => AcceptAsync(post));
    }

    /// <summary>One thing that happens: a customer writes, the business does, an answer goes wrong, time passes.</summary>
    private async Task StepAsync(WhatsAppEmulator meta, Random random)
    {
        if (random.Next(3) == 0)
        {
            meta.Faults.FailNext(Faults[random.Next(Faults.Length)], 1);
        }

        var customer = PhoneOf(random.Next(Customers));
        var host = _hosts[random.Next(_hosts.Count)];
        var text = $"t{_texts++}";
        switch (random.Next(12))
        {
            case < 4:
                await meta.Customer(customer).SaysAsync(text);
                break;
            case 4:
                // A key is kept for 8 days, and may be used for something else then.
                _withKeys.RemoveAll(sent => meta.Clock.GetUtcNow() - sent.At > TimeSpan.FromDays(7));
                var (to, what, key, _) = _withKeys.Count > 0 && random.Next(2) == 0 ? _withKeys[random.Next(_withKeys.Count)] : Add((customer, "key-" + text, text, meta.Clock.GetUtcNow()));
                host.Tell($"text {to} {what} {key}");
                break;
            case 5:
                host.Tell($"hold {customer} held-{text}");
                break;
            case 6:
                host.Tell($"fallback {customer} {text}");
                break;
            case 7 or 8:
                host.Tell($"sequence {customer} {text}");
                break;
            default:
                Advance(meta, TimeSpan.FromSeconds(random.Next(1, 20)));
                break;
        }
    }

    private (string Customer, string Text, string Key, DateTimeOffset At) Add((string Customer, string Text, string Key, DateTimeOffset At) sent)
    {
        _withKeys.Add(sent);
        return sent;
    }

    /// <summary>A day on which everything happens once, whatever happened by chance before.</summary>
    private async Task LiveADayAsync(WhatsAppEmulator meta)
    {
        var customer = PhoneOf(Customers);
        await meta.Customer(customer).SaysAsync("last-day");
        _hosts[0].Tell($"text {customer} key-last-day last-day");
        _hosts[0].Tell($"sequence {customer} last-day");
        await DrainAsync(meta);
        Advance(meta, TimeSpan.FromMinutes(22 * 60 + 30));
        await DrainAsync(meta);
        Advance(meta, TimeSpan.FromHours(3));
        await DrainAsync(meta);
        _hosts[0].Tell($"fallback {customer} last-day");
        _hosts[0].Tell($"hold {customer} held-last-day");
        await DrainAsync(meta);
        await meta.Customer(customer).SaysAsync("last-day-again");
        await DrainAsync(meta);
    }

    private async Task<bool> DrainAsync(WhatsAppEmulator meta)
    {
        await meta.SettleAsync();
        var drained = await Task.WhenAll(_hosts.Select(static host => host.DrainAsync()));
        return drained.All(static isDrained => isDrained);
    }

    /// <summary>Lets all that is due come to its end: the last deliveries of Meta, postponed work, tries again.</summary>
    private async Task EndAsync(WhatsAppEmulator meta)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            Advance(meta, TimeSpan.FromMinutes(round < MostRounds / 2 ? 1 : 10));
            if (await DrainAsync(meta) && round > 20 && _acknowledged.Keys.All(_handled.ContainsKey))
            {
                break;
            }
        }
    }

    private void Expect(WhatsAppEmulator meta)
    {
        _acknowledged.Should().NotBeEmpty();
        _acknowledged.Keys.Should().BeSubsetOf(_handled.Keys, "what was acknowledged is handled");
        _acknowledged.Keys.Should().Contain(static key => key.StartsWith(Status, StringComparison.Ordinal));

        // A try whose process ended is counted, so the first of an alert comes twice only if the alert does.
        _alerted.Where(static line => line.EndsWith(" 1", StringComparison.Ordinal)).Should().NotBeEmpty().And.OnlyHaveUniqueItems("an alert is raised once");

        var arrived = meta.Requests.Where(static request => request.MessageId is not null && request.Type is not (null or "read" or "typing")).Select(ContentOf).ToList();
        arrived.GroupBy(static content => content).Where(static same => same.Count() > 1).Select(static same => $"{same.Key} x{same.Count()}").Should().BeEmpty("nothing goes out twice");
        foreach (var kind in (string[])["re-", "key-", "held-", "closing-", "seq1-", "order_shipped", "order_shipped seq2-"])
        {
            arrived.Should().Contain(content => content.StartsWith(kind, StringComparison.Ordinal));
        }

        arrived.Count(static content => content.StartsWith("re-", StringComparison.Ordinal)).Should().BeGreaterThan(_handled.Keys.Count(static key => !key.StartsWith(Status, StringComparison.Ordinal)) / 2);
    }

    private async Task<int> AcceptAsync(WebhookDelivery post)
    {
        var status = await _hosts[(Interlocked.Increment(ref _posts) & int.MaxValue) % _hosts.Count].AcceptAsync(post);
        if (status == 200)
        {
            using var payload = JsonDocument.Parse(post.Body);
            var value = payload.RootElement.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");
            foreach (var message in ItemsOf(value, "messages"))
            {
                _acknowledged[message.GetProperty("id").GetString()!] = true;
            }

            foreach (var told in ItemsOf(value, "statuses"))
            {
                _acknowledged[$"{Status}{told.GetProperty("id").GetString()}:{told.GetProperty("status").GetString()}"] = true;
            }
        }

        return status;
    }

    private void Hear(string line)
    {
        if (line.StartsWith("handled ", StringComparison.Ordinal))
        {
            _handled[line["handled ".Length..]] = true;
        }
        else if (line.StartsWith("alerted ", StringComparison.Ordinal))
        {
            _alerted.Enqueue(line);
        }
    }

    private void Advance(WhatsAppEmulator meta, TimeSpan by)
    {
        meta.Clock.Advance(by);
        _hosts.ForEach(host => host.Tell($"clock {meta.Clock.GetUtcNow().UtcTicks}"));
    }

    private static JsonElement.ArrayEnumerator ItemsOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    private static string PhoneOf(int customer) => $"1555000123{customer}";

    /// <summary>What tells one message from all others: its text, or a template's parameter.</summary>
    private static string ContentOf(LoggedRequest request)
    {
        using var body = JsonDocument.Parse(request.Json);
        return request.Type switch
        {
            "template" => "order_shipped " + body.RootElement.GetProperty("template").GetProperty("components")[0].GetProperty("parameters")[0].GetProperty("text").GetString(),
            _ => body.RootElement.GetProperty("text").GetProperty("body").GetString()!,
        };
    }
}
