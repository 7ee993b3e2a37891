using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WhatsSession.Emulator;
using WhatsSession.KilledHost;

namespace WhatsSession.Sqlite.Tests;

/// <summary>
/// Hosts on one file are killed at any moment, while Meta drops, garbles and throttles: what was acknowledged is handled, and no reply, alert, keyed
/// message, fallback or held message goes twice.
/// </summary>
public sealed class KilledUnderFaultsTests : IAsyncDisposable
{
    private const string Number = "314159265358979";

    // Longer than a lease: each host lives after the claims of the one before.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(70);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Host = typeof(KilledUnderFaultsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "KilledHost").Value!;

    private static readonly ResponseFault[] Faults =
    [
        ResponseFault.DropAfterAccepting, ResponseFault.ConnectionReset, ResponseFault.TooManyRequests, ResponseFault.ServerError,
        ResponseFault.BadGatewayHtml, ResponseFault.EmptyUnavailable, ResponseFault.EmptyObject,
    ];

    private readonly StoreFiles _files = new();
    private readonly ConcurrentQueue<string> _acknowledged = [];
    private readonly ConcurrentDictionary<string, bool> _handled = [];
    private readonly List<Serving> _hosts = [];
    private int _next;

    private static int Kills => Environment.GetEnvironmentVariable("WHATSSESSION_DEEP") == "1" ? 40 : 4;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.KillAsync();
        }

        await _files.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kill_AtAnyMomentWhileMetaFails_LosesNothingAndDoublesNothing(int hosts)
    {
        var random = new Random(hosts);
        var path = _files.NewPath();
        await using var meta = await WhatsAppEmulator.StartAsync(
            static o =>
            {
                // So that every message is the last of a window that closes within the hour.
                o.StartsAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(23.5);
                o.RateLimits = false;
                o.AddNumber(Number);
                o.AddTemplate("order_shipped", "en_US", bodyParameters: 1);
            },
            TestContext.Current.CancellationToken);
        meta.ConnectWebhook((post, cancellationToken) => DeliverAsync(post, cancellationToken));
        var said = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            while (_hosts.Count < hosts)
            {
                _hosts.Add(await Serving.StartAsync(path, meta.BaseAddress, Step * kill, _handled));
            }

            for (var i = 0; i < 6; i++)
            {
                Spoil(meta, random);
                await meta.Customer($"1555000123{random.Next(4)}").SaysAsync($"{said++}", Number, TestContext.Current.CancellationToken);
            }

            // At any moment of what follows: a handler, a request, a commit.
            await _hosts[0].WaitForLinesAsync(random.Next(1, 12));
            await _hosts[0].KillAsync();
            _hosts.RemoveAt(0);
        }

        meta.Faults.Clear();
        await FinishAsync(path, meta);
        var sent = meta.Requests.Where(static request => request.MessageId is not null && request.Type is "text" or "template").Select(ContentOf).ToList();

        sent.Should().OnlyHaveUniqueItems();
        _acknowledged.Should().NotBeEmpty().And.OnlyContain(text => _handled.ContainsKey(text));
        sent.Should().Contain(static text => text.StartsWith("re-", StringComparison.Ordinal)).And.Contain(static text => text.StartsWith("key-", StringComparison.Ordinal))
            .And.Contain(static text => text.StartsWith("alert-", StringComparison.Ordinal));
    }

    private static void Spoil(WhatsAppEmulator meta, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                meta.Faults.FailNext(Faults[random.Next(Faults.Length)], random.Next(1, 3));
                break;
            case 1:
                // The window is closed, Meta says: the fallback goes, and the message is held.
                meta.Faults.RefuseNext(131047, 1);
                break;
            default:
                break;
        }
    }

    /// <summary>A host that is killed before it answers has not acknowledged: the next one is asked.</summary>
    private async Task<int> DeliverAsync(WebhookDelivery post, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _next);
        for (var tries = 0; tries < 20; tries++)
        {
            foreach (var host in _hosts.ToArray())
            {
                if (await host.PostAsync($"{id}.{tries}", post, cancellationToken))
                {
                    TextsOf(post).ForEach(_acknowledged.Enqueue);
                    return 200;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }

        return 503;
    }

    /// <summary>A last host, which lives long after the others and is not killed, does what is left.</summary>
    private async Task FinishAsync(string path, WhatsAppEmulator meta)
    {
        foreach (var host in _hosts)
        {
            await host.KillAsync();
        }

        _hosts.Clear();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + (Step * Kills));
        await using var app = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", Number, "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = meta.BaseAddress;
            },
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(clock);
                ServingHandlers.Add(b.UseSqlite(path), line => Note(_handled, line));
            },
            TestContext.Current.CancellationToken);
        meta.ConnectWebhook(async (post, cancellationToken) => (await app.AcceptAsync(post.Body, post.Signature, cancellationToken)).StatusCode);
        for (var i = 0; i < 8; i++)
        {
            await meta.SettleAsync(TestContext.Current.CancellationToken);
            (await app.DrainAsync(Patience, TestContext.Current.CancellationToken)).Should().BeTrue();
            clock.Advance(Step);
        }
    }

    private static void Note(ConcurrentDictionary<string, bool> handled, string line)
    {
        if (line.StartsWith("handled ", StringComparison.Ordinal))
        {
            handled[line["handled ".Length..]] = true;
        }
    }

    private static List<string> TextsOf(WebhookDelivery post) =>
    [
        .. JsonNode.Parse(post.Body.Span)!["entry"]!.AsArray().SelectMany(static entry => entry!["changes"]!.AsArray())
            .SelectMany(static change => change!["value"]!["messages"]?.AsArray() ?? []).Select(static message => message!["text"]?["body"]?.GetValue<string>())
            .OfType<string>(),
    ];

    private static string ContentOf(LoggedRequest request)
    {
        var body = JsonNode.Parse(request.Json)!;
        return request.Type == "text"
            ? body["text"]!["body"]!.GetValue<string>()
            : "template-" + body["template"]!["components"]![0]!["parameters"]![0]!["text"]!.GetValue<string>();
    }

    /// <summary>A host in a process of its own.</summary>
    private sealed class Serving
    {
        private readonly Process _process;
        private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _answers = [];
        private readonly SemaphoreSlim _lines = new(0);
        private readonly Task _reading;

        private Serving(Process process, ConcurrentDictionary<string, bool> handled) => (_process, _reading) = (process, ReadAsync(process, handled));

        public static async Task<Serving> StartAsync(string path, Uri graph, TimeSpan ahead, ConcurrentDictionary<string, bool> handled)
        {
            string[] command =
            [
                .. Host.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", Host] : new[] { Host },
                "serve", path, graph.ToString(), ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ];
            var process = Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true })!;
            var host = new Serving(process, handled);
            await host.WaitForLinesAsync(1);
            return host;
        }

        public async Task WaitForLinesAsync(int count)
        {
            for (var i = 0; i < count && await _lines.WaitAsync(TimeSpan.FromSeconds(2)); i++)
            {
            }
        }

        /// <returns>Whether the host has it.</returns>
        public async Task<bool> PostAsync(string id, WebhookDelivery post, CancellationToken cancellationToken)
        {
            var answer = _answers.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                await _process.StandardInput.WriteLineAsync($"{id} {Convert.ToBase64String(post.Body.Span)} {post.Signature}".AsMemory(), cancellationToken);
                await _process.StandardInput.FlushAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
            {
                return false;
            }

            return !_reading.IsCompleted && await Task.WhenAny(answer.Task, _reading).WaitAsync(Patience, TimeProvider.System, cancellationToken) == answer.Task && await answer.Task;
        }

        public async Task KillAsync()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            await _process.WaitForExitAsync(CancellationToken.None);
            await _reading;
        }

        private async Task ReadAsync(Process process, ConcurrentDictionary<string, bool> handled)
        {
            await Task.Yield();
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                Note(handled, line);
                if (line.StartsWith("200 ", StringComparison.Ordinal))
                {
                    _answers.GetOrAdd(line["200 ".Length..], static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(true);
                }

                _lines.Release();
            }
        }
    }
}
