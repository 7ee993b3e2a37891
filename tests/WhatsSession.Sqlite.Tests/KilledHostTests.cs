using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Sqlite.Tests;

/// <summary>A process is killed between its 200 and its handlers: nothing that was acknowledged is lost, nothing that was handled comes again.</summary>
public sealed class KilledHostTests : IAsyncDisposable
{
    private const int Handled = 6;
    private const int Unhandled = 20;

    private static readonly string Host = typeof(KilledHostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "KilledHost").Value!;

    private readonly StoreFiles _files = new();
    private readonly ConcurrentQueue<(string Customer, string Id, int Attempt)> _calls = [];

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Kill_BetweenTheAnswerAndTheHandler_HandlesEachEventOnceAfterTheRestart()
    {
        var path = _files.NewPath();
        await RunUntilKilledAsync(path);

        // The dead host's claims hold until their lease ends.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1));
        await using var app = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
                o.AppSecret = "dev-secret";
            },
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(clock);
                b.UseSqlite(path).OnMessage<TextReceived>("work", (message, _) =>
                {
                    _calls.Enqueue((message.Message.Customer!.Value.Value, message.Message.MessageId.Value, message.Attempt));
                    return Task.CompletedTask;
                });
            },
            TestContext.Current.CancellationToken);
        (await app.DrainAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).Should().BeTrue();

        _calls.Select(call => call.Id).Should().BeEquivalentTo(Enumerable.Range(Handled, Unhandled).Select(i => $"wamid.{i}"));
        _calls.Count(call => call.Attempt == 2).Should().Be(2, "two were in the dead host's hands");
        foreach (var conversation in _calls.GroupBy(call => call.Customer))
        {
            conversation.Select(call => int.Parse(call.Id["wamid.".Length..])).Should().BeInAscendingOrder();
        }

        (await app.Client.Number("support").Conversation("15550001230").GetHistoryAsync(100, TestContext.Current.CancellationToken)).Should().HaveCount((Handled + Unhandled + 4) / 5);
    }

    private static async Task RunUntilKilledAsync(string path)
    {
        string[] command = [.. Host.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", Host] : new[] { Host }, path, $"{Handled}", $"{Unhandled}"];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        try
        {
            var lines = new List<string>();
            while (lines.Count(line => line.StartsWith("200 ", StringComparison.Ordinal)) < Handled + Unhandled || lines.Count(line => line == "handling") < 2)
            {
                lines.Add(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(string.Join('\n', lines)));
            }

            lines.Should().Contain("drained");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
