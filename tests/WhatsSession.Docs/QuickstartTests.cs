using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using WhatsSession.Emulator;

namespace WhatsSession.Docs;

/// <summary>The sample tells the truth: what it prints is what the emulator's own log says, whoever writes whatever.</summary>
public sealed class QuickstartTests
{
    private static readonly string Program = typeof(QuickstartTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Quickstart").Value!;

    public static string SampleFolder => Path.GetDirectoryName(Program)!;

    [Fact]
    public async Task Story_WithRandomWords_AgreesWithTheEmulatorsLog()
    {
        var random = new Random();
        var customer = Words(random, 2);
        var says = Words(random, 6);

        using var folder = new TemporaryFolder();
        var (exitCode, lines, journal) = await RunAsync(folder, "--customer", customer, "--says", says);

        exitCode.Should().Be(0, string.Join('\n', lines));
        lines.Should().HaveCountLessThan(45);
        lines.Should().ContainSingle(line => line.Contains($"{customer}: \"{says}\"", StringComparison.Ordinal) && line.EndsWith("TextReceived", StringComparison.Ordinal));
        lines.Should().Contain(line => line.Contains("0 requests were made", StringComparison.Ordinal));
        lines.First(line => line.Contains(" -> ", StringComparison.Ordinal) && char.IsAsciiDigit(line[4])).Should().EndWith("WindowClosed");
        AssertAgreement(lines, journal.RootElement);
        journal.Dispose();
    }

    [Fact]
    public async Task Story_WithTheGuardOff_HasMetaRefuse()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, lines, journal) = await RunAsync(folder, "--guard", "off");

        exitCode.Should().Be(0);
        lines.Where(line => line.EndsWith("Rejected 131047", StringComparison.Ordinal)).Should().HaveCount(2);
        lines.Should().NotContain(line => line.EndsWith("WindowClosed", StringComparison.Ordinal));
        journal.RootElement.GetProperty("requests").EnumerateArray().Count(request => Number(request, "error_code") == 131047).Should().Be(3, "two texts, and the one whose fallback went");
        AssertAgreement(lines, journal.RootElement);
        journal.Dispose();
    }

    [Fact]
    public async Task Story_AdvancedTo2358_HasNothingRefusedAfterTheFirstHello()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, lines, journal) = await RunAsync(folder, "--advance", "23:58");

        exitCode.Should().Be(0);
        lines.Count(line => line.EndsWith("WindowClosed", StringComparison.Ordinal)).Should().Be(1);
        lines.Should().NotContain(line => line.EndsWith("TemplateSent", StringComparison.Ordinal));
        AssertAgreement(lines, journal.RootElement);
        journal.Dispose();
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task Story_InAFile_BeginsWithALegendHasNoColoursAndFits(string guard)
    {
        var (exitCode, output, _) = await ExecuteAsync(["--guard", guard]);

        exitCode.Should().Be(0);
        output.Should().NotContain("\u001B").And.Contain("-> the shop sends     <- comes from WhatsApp     !! an alert");
        output.Split('\n').Should().OnlyContain(line => line.Length <= 100);
    }

    [Fact]
    public async Task Help_NamesTheOptionsAsTheReadmeDoes()
    {
        var (exitCode, output, errors) = await ExecuteAsync(["--help"]);
        var readme = await File.ReadAllTextAsync(Path.Combine(SampleFolder, "../../../README.md"));

        (exitCode, errors).Should().Be((0, ""));
        foreach (var option in new[] { "--customer", "--says", "--advance", "--guard", "--journal", "--live", "--to", "--help" })
        {
            output.Should().Contain(option);
            readme.Should().Contain($"`{option}");
        }
    }

    [Theory]
    [InlineData("--advance", "noon")]
    [InlineData("--guard", "perhaps")]
    [InlineData("--unknown", "x")]
    [InlineData("--to", "not a phone")]
    public async Task WrongArguments_GiveTheUsage(string name, string value)
    {
        var (exitCode, output, errors) = await ExecuteAsync([name, value]);

        exitCode.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain($"Cannot read {name} {value}").And.Contain("Usage");
    }

    [Fact]
    public async Task Live_AgainstTheEmulator_ExaminesTheAccountAndSendsHello()
    {
        await using var meta = await WhatsAppEmulator.StartAsync();

        var (exitCode, output, _) = await ExecuteAsync(["--live", "--to", "15550001234"], Credentials(meta, token: "dev", secret: "dev-secret"));

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().OnlyContain(line => line.StartsWith("ok", StringComparison.Ordinal), output);
        output.TrimEnd().Should().EndWith("ok   all is in place, and hello_world is on its way: look at the phone");
        exitCode.Should().Be(0);
        meta.Requests.Should().ContainSingle(request => request.Type == "template" && request.To == "15550001234");
    }

    [Fact]
    public async Task Live_WithAWrongTokenAndNoSecret_SaysSoAndFails()
    {
        await using var meta = await WhatsAppEmulator.StartAsync();

        var (exitCode, output, _) = await ExecuteAsync(["--live"], Credentials(meta, token: "wrong-token", secret: ""));

        exitCode.Should().Be(1);
        output.TrimEnd().Should().EndWith("FAIL something is missing: the lines that begin with FAIL say what");
        output.Should().Contain("FAIL token").And.Contain("FAIL app secret").And.NotContain("wrong-token");
    }

    [Fact]
    public async Task Live_WithoutCredentials_SaysWhichToSet()
    {
        var (exitCode, output, _) = await ExecuteAsync(["--live"], new() { ["WHATSAPP_TOKEN"] = "" });

        exitCode.Should().Be(1);
        output.Should().Contain("WHATSAPP_TOKEN");
    }

    private static Dictionary<string, string> Credentials(WhatsAppEmulator meta, string token, string secret) => new()
    {
        ["WHATSAPP_GRAPH_URL"] = meta.BaseAddress.AbsoluteUri,
        ["WHATSAPP_TOKEN"] = token,
        ["WHATSAPP_PHONE_NUMBER_ID"] = "314159265358979",
        ["WHATSAPP_BUSINESS_ACCOUNT_ID"] = "271828182845904",
        ["WHATSAPP_APP_SECRET"] = secret,
    };

    /// <summary>Every accepted, refused, received and delivered line has its entry in the emulator's log, and the reverse.</summary>
    private static void AssertAgreement(string[] lines, JsonElement journal)
    {
        var requests = journal.GetProperty("requests").EnumerateArray().ToList();
        var webhooks = journal.GetProperty("webhooks").EnumerateArray().Select(webhook => webhook.GetProperty("kind").GetString()!).ToList();

        lines.Count(line => line.EndsWith(" Accepted", StringComparison.Ordinal)).Should().Be(requests.Count(request => Number(request, "status_code") == 200 && Text(request, "type") != "template"));
        lines.Count(line => line.EndsWith(" TemplateSent", StringComparison.Ordinal)).Should().Be(requests.Count(request => Number(request, "status_code") == 200 && Text(request, "type") == "template"));
        lines.Count(line => line.EndsWith(" TextReceived", StringComparison.Ordinal)).Should().Be(webhooks.Count(kind => kind == "message:text"));
        lines.Count(line => line.EndsWith(" ButtonReplied", StringComparison.Ordinal)).Should().Be(webhooks.Count(kind => kind == "message:interactive"));
        Quoted(lines.Where(line => line.EndsWith(" TextReceived", StringComparison.Ordinal))).Should().Equal(journal.GetProperty("webhooks").EnumerateArray().Where(webhook => Text(webhook, "kind") == "message:text").Select(TextOf));
        foreach (var status in new[] { "sent", "delivered", "read" })
        {
            lines.Count(line => line.Contains($"status: {status} ", StringComparison.Ordinal)).Should().Be(webhooks.Count(kind => kind == $"status:{status}"), status);
        }

        lines[^1].Should().EndWith("the SDK counted the same.");
    }

    /// <summary>What the lines quote, from the first quotation mark to the last.</summary>
    private static IEnumerable<string> Quoted(IEnumerable<string> lines) =>
        lines.Select(line => line[(line.IndexOf(": \"", StringComparison.Ordinal) + 3)..line.LastIndexOf('"')]);

    /// <summary>The text of a customer's message as the emulator posted it.</summary>
    private static string TextOf(JsonElement webhook)
    {
        using var payload = JsonDocument.Parse(Text(webhook, "json")!);
        var value = payload.RootElement.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");
        return value.GetProperty("messages")[0].GetProperty("text").GetProperty("body").GetString()!;
    }

    private static async Task<(int ExitCode, string[] Lines, JsonDocument Journal)> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        var journal = folder.File("journal.json");
        var (exitCode, output, errors) = await ExecuteAsync([.. arguments, "--journal", journal]);
        File.Exists(journal).Should().BeTrue(output + errors);
        return (exitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries), JsonDocument.Parse(await File.ReadAllTextAsync(journal)));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> ExecuteAsync(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }

    private static string Words(Random random, int count)
    {
        // Letters of several alphabets, an emoji outside the basic plane, and what JSON must escape.
        string[] letters = ["a", "b", "z", "é", "ß", "Ж", "日", "本", "🙂", "'", "\\", "/", "\"", "&", "<"];
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => letters[random.Next(letters.Length)]))));
    }

    private static int Number(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
