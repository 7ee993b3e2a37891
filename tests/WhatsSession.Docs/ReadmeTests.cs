using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WhatsSession.Emulator;

namespace WhatsSession.Docs;

/// <summary>The README is true: its program compiles as it stands there, and runs against the emulator.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    [Fact]
    public void Program_HasAtMostFifteenLines() => Program().TrimEnd().Split('\n').Count(line => line.Trim().Length > 0).Should().BeLessThanOrEqualTo(15);

    [Fact]
    public void Links_LeadToFiles()
    {
        var root = Path.GetFullPath(Path.Combine(QuickstartTests.SampleFolder, "../../../../.."));
        var links = Readme.Split("](").Skip(1).Select(rest => rest.Split(')')[0]).Where(link => !link.StartsWith("http", StringComparison.Ordinal)).ToList();

        links.Should().NotBeEmpty().And.OnlyContain(link => File.Exists(Path.Combine(root, link)));
    }

    [Fact]
    public async Task Program_RunAgainstTheEmulator_RepliesAndFallsBack()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(o => o.AddTemplate("order_shipped", "en_US", bodyParameters: 1));
        using var folder = new TemporaryFolder();
        await using var program = await StartAsync(meta, folder);
        var ana = meta.Customer("15550001234", "Ana");
        await ana.SaysAsync("Hi");
        (await ana.NextAsync()).Text.Should().Be("You said: Hi");

        meta.Clock.Advance(TimeSpan.FromHours(25)); // Meta's clock alone: the program still believes the window to be open, and learns better.
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(program.Address, "shipped/15550001234/42"), content: null);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("fallback template was accepted");
        (await ana.NextAsync()).Type.Should().Be("template");
    }

    /// <summary>The clock of the program is its own, and follows because it runs in Development and its Graph API is on this machine.</summary>
    [Fact]
    public async Task Program_InDevelopment_AsksOnceMoreWhenTheEmulatorsClockJumps()
    {
        await using var meta = await WhatsAppEmulator.StartAsync();
        using var folder = new TemporaryFolder();
        await using var program = await StartAsync(meta, folder, "--environment=Development");
        var ana = meta.Customer("15550001234", "Ana");
        await ana.SaysAsync("Hi");
        (await ana.NextAsync()).Text.Should().Be("You said: Hi");

        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(meta.BaseAddress, "_emulator/clock/advance?by=PT23H"), content: null);

        answer.IsSuccessStatusCode.Should().BeTrue();
        (await ana.NextAsync().WaitAsync(TimeSpan.FromSeconds(60))).Text.Should().Be("Anything else today?");
    }

    private static async Task<RunningProgram> StartAsync(WhatsAppEmulator meta, TemporaryFolder folder, params string[] arguments)
    {
        var program = await RunningProgram.StartAsync(
            Snippets.Compile(OutputKind.ConsoleApplication, Program().Replace("\"whatssession.db\"", SymbolDisplay.FormatLiteral(folder.File("readme.db"), quote: true), StringComparison.Ordinal)),
            [
                .. arguments,
                $"--WhatsSession:GraphBaseAddress={meta.BaseAddress}",
                "--WhatsSession:Numbers:support:PhoneNumberId=314159265358979",
                "--WhatsSession:Numbers:support:AccessToken=dev",
                "--WhatsSession:AppSecret=dev-secret",
                "--WhatsSession:VerifyToken=dev-verify",
                "--Logging:LogLevel:Default=Warning",
            ]);
        meta.ConnectWebhook(new Uri(program.Address, "whatsapp"));
        (await meta.VerifyWebhookAsync()).Should().BeTrue();
        return program;
    }

    private static string Program() => Snippets.In(Readme)[0];
}
