using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WhatsSession.Hosting;

/// <summary>Runs the runtime with the host.</summary>
internal sealed class RuntimeService(WhatsSessionRuntime runtime, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await runtime.StartAsync(cancellationToken).ConfigureAwait(false);

        // When the whole host is up, its addresses are known; and what failed to start did not start.
        var tell = () =>
        {
            services.GetRequiredService<StartLine>().Write(runtime.ListEndpoints());
            services.GetRequiredService<DefaultClock>().TellWhenPassedOver();
        };
        if (services.GetService<IHostApplicationLifetime>() is { } lifetime)
        {
            lifetime.ApplicationStarted.Register(tell);
        }
        else
        {
            tell();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync(cancellationToken);
}
