using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using WhatsSession.Emulator;

namespace WhatsSession.Sqlite.Tests;

/// <summary>A process with a host in it, which does what it is told and is killed.</summary>
internal sealed class CommandedProcess : IAsyncDisposable
{
    private static readonly string Host = typeof(CommandedProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "KilledHost").Value!;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Action<string> _said;
    private readonly int _linesToLive;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _asked = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private int _commands;
    private volatile bool _isDead;

    private CommandedProcess(Process process, int linesToLive, Action<string> said)
    {
        (_process, _linesToLive, _said) = (process, linesToLive, said);
        _reading = ReadAsync();
    }

    public bool IsDead => _isDead;

    /// <summary>Starts a host that is killed after so many lines.</summary>
    public static async Task<CommandedProcess> StartAsync(string file, WhatsAppEmulator meta, int linesToLive, Action<string> said)
    {
        string[] command = [.. Host.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", Host] : new[] { Host }, "commanded", file, meta.BaseAddress.AbsoluteUri];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var host = new CommandedProcess(Process.Start(start)!, linesToLive, said);
        host.Tell($"clock {meta.Clock.GetUtcNow().UtcTicks}");
        await host._started.Task.WaitAsync(Patience);
        return host;
    }

    public void Tell(FormattableString command)
    {
        lock (_asked)
        {
            try
            {
                _process.StandardInput.WriteLine(command.ToString(CultureInfo.InvariantCulture));
                _process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Dead.
            }
        }
    }

    /// <summary>Gives a webhook to the host.</summary>
    /// <returns>Its answer; 503 when the host died before it.</returns>
    public async Task<int> AcceptAsync(WebhookDelivery post)
    {
        var id = Next();
        var answer = await AskAsync($"answer {id}", $"webhook {id} {Convert.ToBase64String(post.Body.Span)} {post.Signature}");
        return int.TryParse(answer, CultureInfo.InvariantCulture, out var status) ? status : 503;
    }

    public async Task<bool> DrainAsync()
    {
        var id = Next();
        return await AskAsync($"drained {id}", $"drain {id}") == "True";
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private int Next() => Interlocked.Increment(ref _commands);

    private async Task<string> AskAsync(string waitsFor, FormattableString command)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[waitsFor] = answer;
        Tell(command);
        if (_isDead)
        {
            answer.TrySetResult("");
        }

        return await answer.Task.WaitAsync(Patience);
    }

    private async Task ReadAsync()
    {
        for (var lines = 0; await _process.StandardOutput.ReadLineAsync() is { } line; lines++)
        {
            _said(line);
            var end = line.LastIndexOf(' ');
            if (line == "started")
            {
                _started.TrySetResult();
            }
            else if (end > 0 && _asked.TryRemove(line[..end], out var asked))
            {
                asked.TrySetResult(line[(end + 1)..]);
            }

            if (lines == _linesToLive)
            {
                _process.Kill();
            }
        }

        await _process.WaitForExitAsync();
        _isDead = true;
        _started.TrySetException(new InvalidOperationException("The host ended before it had started."));
        foreach (var asked in _asked.Values)
        {
            asked.TrySetResult("");
        }
    }
}
