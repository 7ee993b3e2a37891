using System.Diagnostics;

namespace WhatsSession.Tool.Tests;

/// <summary>An unrelated client, <c>@kapso/whatsapp-cloud-api</c>, against the stand-alone emulator.</summary>
public sealed class PeerTests
{
    [Fact]
    public async Task Kapso_TextTemplateAndWebhook_Work()
    {
        var folder = FindFolder();
        var isNeeded = Environment.GetEnvironmentVariable("CI") == "true";
        Assert.SkipWhen(!isNeeded && !HasNode(), "No node on the path.");
        Assert.SkipWhen(!isNeeded && !Directory.Exists(Path.Combine(folder, "node_modules")), "The client is not installed: npm ci --prefix eng/peers.");
        using var host = await ToolProcess.EmulateAsync("--port", "0", "--token", "dev", "--app-secret", "dev");

        using var node = Process.Start(new ProcessStartInfo("node", ["kapso.mjs", host.Address.AbsoluteUri.TrimEnd('/'), "dev", "dev"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await node.StandardOutput.ReadToEndAsync() + await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        output.Should().StartWith("ok: text and template accepted, 5 signed webhooks, statuses sent delivered sent delivered");
        node.ExitCode.Should().Be(0);
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "eng", "peers")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "eng", "peers");
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(static p => File.Exists(Path.Combine(p, "node")) || File.Exists(Path.Combine(p, "node.exe")));
}
