using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.KilledHost;

/// <summary>
/// A host that takes webhooks from its input, a line each (an id, the body in base64, the signature), and answers "200 id". Its handlers reply in every
/// way that must not be doubled, and it prints what they have done. It runs until it is killed.
/// </summary>
internal static class ServingHost
{
    /// <param name="path">The file.</param>
    /// <param name="graph">Where Meta is.</param>
    /// <param name="ahead">How far its clock is ahead, so that it need not wait for the leases of those that were killed before.</param>
    public static async Task RunAsync(string path, Uri graph, TimeSpan ahead)
    {
        await using var app = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = graph;
                o.Deadline = TimeSpan.FromSeconds(5);
            },
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(new ClockAhead(ahead));
                ServingHandlers.Add(b.UseSqlite(path), Console.WriteLine);
            });
        Console.WriteLine("started");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            _ = AcceptAsync(app, parts[0], Convert.FromBase64String(parts[1]), parts[2]);
        }
    }

    private static async Task AcceptAsync(WhatsSessionRuntime app, string id, byte[] body, string signature)
    {
        var answer = await app.AcceptAsync(body, signature);
        Console.WriteLine(FormattableString.Invariant($"{answer.StatusCode} {id}"));
    }

    private sealed class ClockAhead(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }
}
