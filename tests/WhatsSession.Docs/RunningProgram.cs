using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace WhatsSession.Docs;

/// <summary>A program whose Main blocks until its host is stopped, as a host's own test support does it: the host announces itself to diagnostic listeners.</summary>
internal sealed class RunningProgram : IAsyncDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private IHost? _host;
    private Task _main = Task.CompletedTask;

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<RunningProgram> StartAsync(byte[] image, params string[] arguments)
    {
        var program = new RunningProgram();
        program._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(program));
        program._main = Task.Run(() => Assembly.Load(image).EntryPoint!.Invoke(null, [arguments]));
        program._host = await await Task.WhenAny(program._built.Task, program._main.ContinueWith<IHost>(
            ended => throw ended.Exception ?? new AggregateException("The program ended."), TaskScheduler.Default));
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = (IHostApplicationLifetime)program._host.Services.GetService(typeof(IHostApplicationLifetime))!;
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await await Task.WhenAny(started.Task, program._main);
        return program;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // The listener hears of every host of the process, and other tests start emulators meanwhile.
        if (value is { Key: "HostBuilt", Value: IHost host } && host.Services.GetService(typeof(IWhatsSession)) is not null)
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
        await _host!.StopAsync();
        await _main;
        _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
