namespace WhatsSession.Tool.Tests;

public sealed class CommandTests
{
    [Fact]
    public async Task Tool_UnknownCommand_NamesTheCommands()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync("emulat", "--port", "0");

        (exitCode, output).Should().Be((2, ""));
        errors.Should().StartWith("'emulat' is not a command: use emulate, replay.").And.Contain("whatssession <command> [options]");
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
        output.Should().Contain("emulate     Meta's side of the WhatsApp Business Platform on this machine.");
    }

    [Fact]
    public async Task Emulate_Help_ShowsItsOptions()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync("emulate", "--help");

        (exitCode, errors).Should().Be((0, ""));
        output.Should().Contain("whatssession emulate [--port 8080]").And.Contain("--frozen true");
    }

    [Fact]
    public async Task Tool_Version_IsThatOfThePackage()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync("--version");

        (exitCode, errors).Should().Be((0, ""));
        output.Trim().Should().MatchRegex(@"^\d+\.\d+\.\d+(-[a-z0-9.]+)?$");
    }
}
