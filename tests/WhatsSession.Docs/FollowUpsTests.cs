using System.Diagnostics;
using System.Reflection;

namespace WhatsSession.Docs;

/// <summary>The sample of alerts and follow-ups tells and draws what its README says.</summary>
public sealed class FollowUpsTests
{
    private static readonly string Program = typeof(FollowUpsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "FollowUps").Value!;

    [Fact]
    public async Task Program_ThreeDays_FollowsUpUntilTheCustomerAnswers()
    {
        var (exitCode, output, errors) = await ExecuteAsync();

        (exitCode, errors).Should().Be((0, ""));
        var lines = output.Split('\n');
        lines.Should().OnlyContain(static line => line.Length <= 100 && !line.Contains('\u001B'));
        Of("Ana", "->").Should().Equal("Mon 10:00 -> a session message (text)", "Tue 07:00 -> a session message (interactive)", "Wed 09:00 -> the template");
        Of("Ben", "->").Should().Equal("Mon 11:00 -> a session message (text)");
        Of("Cem", "->").Should().BeEmpty();
        Of("Cem", "!!").Select(static line => line[..9]).Should().Equal("Tue 10:00", "Tue 11:00", "Wed 07:00", "Wed 10:00", "Wed 11:00");
        lines.Single(static line => line.StartsWith("Ana  ", StringComparison.Ordinal)).Should().EndWith("w=s=================!==sx........................T......................");

        IEnumerable<string> Of(string name, string direction) => lines
            .Where(line => line.Length > 19 && line[10..].StartsWith(name, StringComparison.Ordinal) && line[16..].StartsWith(direction, StringComparison.Ordinal))
            .Select(static line => line[..10] + line[16..]);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> ExecuteAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }
}
