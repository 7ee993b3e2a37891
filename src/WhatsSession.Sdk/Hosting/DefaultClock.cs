using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSession.Options;
using WhatsSession.Time;

namespace WhatsSession.Hosting;

/// <summary>The clock of an application that registered none: the system's, or that of the emulator which it is developed with.</summary>
internal sealed class DefaultClock(IServiceProvider provider) : IDisposable
{
    private readonly EmulatorFollower? _follower = Follow(provider);

    public TimeProvider Value => _follower?.Clock ?? TimeProvider.System;

    public void Dispose() => _follower?.Dispose();

    private static EmulatorFollower? Follow(IServiceProvider provider)
    {
        if (provider.GetService<IHostEnvironment>()?.IsDevelopment() != true)
        {
            return null;
        }

        try
        {
            var graph = provider.GetRequiredService<WhatsSessionSettings>().Graph.BaseAddress;
            return graph.IsLoopback ? EmulatorFollower.TryStart(graph, provider.GetRequiredService<ILogger<EmulatorFollower>>()) : null;
        }
        catch (OptionsValidationException)
        {
            // Told at the start, to which this one may come first.
            return null;
        }
    }
}
