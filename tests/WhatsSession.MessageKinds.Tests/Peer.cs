using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>A client of the Cloud API that knows nothing of this SDK. Its script prints what it posts; nothing leaves the machine.</summary>
/// <param name="Package">Its name.</param>
/// <param name="Script">The script in eng/peers.</param>
internal sealed record Peer(string Package, string Script)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, JsonNode>>>> Runs = new(StringComparer.Ordinal);

    public static IReadOnlyList<Peer> All { get; } = [new("@kapso/whatsapp-cloud-api", "messages-kapso.mjs"), new("whatsapp-api-js", "messages-whatsapp-api-js.mjs")];

    /// <summary>Skips the test on a machine without Node or the packages; where CI is set they are required.</summary>
    public static void SkipWhenAbsent()
    {
        var isNeeded = Environment.GetEnvironmentVariable("CI") == "true";
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipWhen(!isNeeded && !path.Any(folder => File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe"))), "No node on the path.");
        Assert.SkipWhen(!isNeeded && !Directory.Exists(Path.Combine(Folder, "node_modules", "whatsapp-api-js")), "The clients are not installed: npm ci --prefix eng/peers.");
    }

    /// <summary>What it posts, by the name of the kind.</summary>
    public Task<IReadOnlyDictionary<string, JsonNode>> RunAsync() => Runs.GetOrAdd(Script, script => new(() => StartAsync(script))).Value;

    private static string Folder => Path.Combine(Repository.Root, "eng", "peers");

    private static async Task<IReadOnlyDictionary<string, JsonNode>> StartAsync(string script)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [script]) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.Should().Be(0, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToDictionary(line => line["kind"]!.GetValue<string>(), line => line["body"]!, StringComparer.Ordinal);
    }
}
