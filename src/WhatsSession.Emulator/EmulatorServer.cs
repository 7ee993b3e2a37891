using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsSession.Emulator.Control;
using WhatsSession.Emulator.Graph;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator;

/// <summary>The HTTP side: a bare Kestrel, on the loopback address unless told otherwise.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private readonly GraphEndpoint _graph;
    private readonly ControlApi _control;
    private readonly WebApplication _app;
    private readonly IPAddress _listens;

    private EmulatorServer(MetaSide meta, EmulatorOptions options)
    {
        _listens = IPAddress.Parse(options.ListenAddress);
        _graph = meta.Graph;
        _control = meta.Control;

        // The empty builder reads no configuration and no environment: the settings of the program around must not move this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.GivesUpAfter;
            kestrel.Listen(_listens, options.Port);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>An address to reach it by: listening everywhere, it is reached on the loopback address.</summary>
    public Uri BaseAddress
    {
        get
        {
            var address = new UriBuilder(_app.Urls.First());
            if (_listens.Equals(IPAddress.Any) || _listens.Equals(IPAddress.IPv6Any))
            {
                address.Host = _listens.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]";
            }

            return address.Uri;
        }
    }

    public static async Task<EmulatorServer> StartAsync(MetaSide meta, EmulatorOptions options, CancellationToken cancellationToken)
    {
        var server = new EmulatorServer(meta, options);
        try
        {
            await server._app.StartAsync(cancellationToken).ConfigureAwait(false);
            meta.Address.Value = server.BaseAddress;
            return server;
        }
        catch (SocketException e)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported
                ? new ArgumentException(
                    $"ListenAddress '{options.ListenAddress}' is not an address of this machine: "
                        + "give 127.0.0.1 for this machine alone, or 0.0.0.0 for all its networks.",
                    nameof(options),
                    e)
                : new IOException($"Listening on {options.ListenAddress}:{options.Port.ToString(CultureInfo.InvariantCulture)} failed: {e.Message}.", e);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _control.Stop();
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Answers in the envelope whatever happens, so that no client waits for nothing.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var path = context.Request.Path.Value ?? "/";
            await (ControlApi.Has(path) ? _control.AnswerAsync(context, path) : _graph.AnswerAsync(context, path)).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            var error = e is BadHttpRequestException malformed
                ? GraphError.Invalid("The request is malformed.") with { HttpStatus = malformed.StatusCode }
                : GraphError.SomethingWrong;
            await _graph.FinishAsync(context, error).ConfigureAwait(false);
        }
    }

    /// <summary>In place of the console's lifetime, which would take Ctrl+C and SIGTERM away from the program around.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
