namespace WhatsSession.Tool.Tests;

public sealed class CommandTests
{
    [Fact]
    public async Task Tool_UnknownCommand_NamesTheCommands()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync("emulat", "--port", "0");

        (exitCode, output).Should().Be((2, ""));
        errors.Should().StartWith("'emulat' is not a command: use emulate, replay.").And.Contain("whatssession --help shows the commands.");
    }

    [Fact]
    public async Task Tool_WithoutACommand_NamesTheCommands()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync();

        (exitCode, output).Should().Be((2, ""));
        errors.Should().StartWith("A command is missing: use emulate, replay.");
    }

    [Fact]
    public async Task Tool_Help_ListsTheCommands()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync("--help");

        (exitCode, errors).Should().Be((0, ""));
        output.Should().Contain("whatssession [command] [options]")
            .And.MatchRegex("emulate +Meta's side of the WhatsApp Business Platform on this machine.").And.MatchRegex("replay <FILE> +Posts captured webhooks");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--prt", "1", "--help")]
    public async Task Emulate_Help_ShowsItsOptionsDefaultsAndExamples(params string[] args)
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync(["emulate", .. args]);

        (exitCode, errors).Should().Be((0, ""));
        output.Should().Contain("whatssession emulate [options]").And.Contain("Examples:").And.Contain("{{1}}")
            .And.MatchRegex(@"--port <number> +TCP port.* \[default: 8080\]").And.MatchRegex(@"--token <token> +access token.* \[default: dev\]")
            .And.MatchRegex("--frozen +the clock stands still");
    }

    [Fact]
    public async Task Tool_Version_IsThatOfThePackage()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync("--version");

        (exitCode, errors).Should().Be((0, ""));
        output.Trim().Should().MatchRegex(@"^\d+\.\d+\.\d+(-[a-z0-9.]+)?$");
    }
}
