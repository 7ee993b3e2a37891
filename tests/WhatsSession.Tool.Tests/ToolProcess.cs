using System.Diagnostics;
using System.Globalization;

namespace WhatsSession.Tool.Tests;

/// <summary>The tool, as a process of its own.</summary>
internal sealed class ToolProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ToolProcess(Process process, Uri address, string greeting)
    {
        _process = process;
        Address = address;
        Greeting = greeting;
    }

    public Uri Address { get; }

    public string Greeting { get; }

    /// <summary>Starts the emulator and waits until it is up.</summary>
    public static async Task<ToolProcess> EmulateAsync(params string[] args)
    {
        var process = Start(["emulate", .. args]);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Limit) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                return new(process, new(lines[0].Split(' ')[^1]), string.Join('\n', lines));
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    /// <returns>The next line that is written.</returns>
    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);

    /// <summary>Asks it to stop, as a container's host does.</summary>
    /// <returns>The exit code, and what was written as errors.</returns>
    public async Task<(int ExitCode, string Errors)> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        var errors = await _process.StandardError.ReadToEndAsync().WaitAsync(Limit);
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return (_process.ExitCode, errors);
    }

    /// <returns>The exit code, what was written, and what was written as errors.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args) => RunInAsync(Environment.CurrentDirectory, args);

    /// <summary>The same in a directory.</summary>
    /// <returns>The exit code, what was written, and what was written as errors.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> RunInAsync(string directory, string[] args)
    {
        using var process = Start(args, directory);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync().WaitAsync(Limit);
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, await output, errors);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static Process Start(string[] args, string? directory = null) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WhatsSession.Tool.dll"), .. args])
        {
            UseShellExecute = false,
            WorkingDirectory = directory ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
