using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WhatsSession.Docs;

/// <summary>
/// A web program on a port of its own, whose Main blocks until its host is stopped. It is found as a host's own test support finds it: the host announces
/// itself to diagnostic listeners.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // The listeners hear of every host of the process, and other tests start programs and emulators meanwhile. A host announces itself where it is built.
    private static readonly AsyncLocal<RunningProgram?> Current = new();

    private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Task _main;
    private IHost? _host;

    private RunningProgram(byte[] image, string[] arguments)
    {
        Keep(DiagnosticListener.AllListeners.Subscribe(this));
        _main = Task.Run(() =>
        {
            Current.Value = this;
            Assembly.Load(image).EntryPoint!.Invoke(null, [arguments]);
        });
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_host!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<RunningProgram> StartAsync(byte[] image, params string[] arguments)
    {
        var program = new RunningProgram(image, [.. arguments, "--urls=http://127.0.0.1:0"]);
        try
        {
            program._host = await program.OrEndAsync(program._built.Task);
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = program._host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
            await program.OrEndAsync(started.Task.ContinueWith(static _ => true, TaskScheduler.Default));
            return program;
        }
        catch
        {
            program.Unsubscribe();
            throw;
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            Keep(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value == this && value is { Key: "HostBuilt", Value: IHost host })
        {
            _built.TrySetResult(host);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host!.StopAsync().WaitAsync(Limit);
            await _main.WaitAsync(Limit);
        }
        finally
        {
            Unsubscribe();
        }
    }

    /// <summary>Waits for a step of the program, and no longer when the program ends before.</summary>
    private async Task<T> OrEndAsync<T>(Task<T> step)
    {
        if (await Task.WhenAny(step, _main).WaitAsync(Limit) == _main)
        {
            await _main;
            throw new InvalidOperationException("The program ended before it listened.");
        }

        return await step;
    }

    private void Keep(IDisposable subscription)
    {
        lock (_subscriptions)
        {
            _subscriptions.Add(subscription);
        }
    }

    private void Unsubscribe()
    {
        lock (_subscriptions)
        {
            _subscriptions.ForEach(static subscription => subscription.Dispose());
        }
    }
}
