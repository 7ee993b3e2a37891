using Microsoft.CodeAnalysis;

namespace WhatsSession.Docs;

/// <summary>Tests beside each other run programs of their own.</summary>
public sealed class RunningProgramTests
{
    private const string GateName = "the gate of " + nameof(RunningProgramTests);

    private const string Program = $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        if (args[0] == "first")
        {
            ((ManualResetEventSlim)AppContext.GetData("{{GateName}}")!).Wait(TimeSpan.FromSeconds(60));
        }

        builder.Services.AddWhatsSession(static o => o.Numbers.Add("support", "314159265358979", "dev"));
        var app = builder.Build();
        app.MapGet("/", () => args[0]);
        app.Run();
        """;

    [Fact]
    public async Task StartAsync_AnotherProgramIsBuiltFirst_EachHasItsOwnHost()
    {
        var image = Snippets.Compile(OutputKind.ConsoleApplication, Program);
        using var gate = new ManualResetEventSlim();
        AppDomain.CurrentDomain.SetData(GateName, gate);

        var starting = RunningProgram.StartAsync(image, "first");
        await using var second = await RunningProgram.StartAsync(image, "second");
        gate.Set();
        await using var first = await starting;

        using var http = new HttpClient();
        (await http.GetStringAsync(first.Address)).Should().Be("first");
        (await http.GetStringAsync(second.Address)).Should().Be("second");
    }

    [Fact]
    public async Task StartAsync_ProgramThatEnds_SaysSo()
    {
        var image = Snippets.Compile(OutputKind.ConsoleApplication, "Console.Out.Flush();");

        await FluentActions.Awaiting(() => RunningProgram.StartAsync(image)).Should().ThrowAsync<InvalidOperationException>().WithMessage("The program ended*");
    }
}
