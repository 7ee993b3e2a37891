using System.Diagnostics;

namespace WhatsSession.Emulator.Tests;

/// <summary>The stand-alone emulator, as a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, Uri address, string greeting)
    {
        _process = process;
        Address = address;
        Greeting = greeting;
    }

    public Uri Address { get; }

    public string Greeting { get; }

    public static async Task<HostProcess> StartAsync(params string[] args)
    {
        var process = Start(args);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                return new(process, new(lines[0].Split(' ')[^1]), string.Join('\n', lines));
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    /// <returns>The exit code and what was written as errors.</returns>
    public static async Task<(int ExitCode, string Errors)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static Process Start(string[] args) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WhatsSession.Emulator.Host.dll"), .. args])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
