using Microsoft.Extensions.Hosting;

namespace WhatsSession.Hosting;

/// <summary>Runs the runtime with the host.</summary>
internal sealed class RuntimeService(WhatsSessionRuntime runtime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => runtime.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync(cancellationToken);
}
