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
    private readonly Lazy<EmulatorFollower?> _follower = new(() => Follow(provider));

    public TimeProvider Value => _follower.Value?.Clock ?? TimeProvider.System;

    /// <summary>
    /// Tells an application that could follow an emulator, and does not because the machine's clock is registered: other libraries do that too.
    /// </summary>
    public void TellWhenPassedOver()
    {
        if (provider.GetRequiredService<TimeProvider>() == TimeProvider.System && !_follower.IsValueCreated && FindEmulator(provider) is { } address)
        {
            LogOf(provider).ClockIsThisMachines(address);
        }
    }

    public void Dispose()
    {
        if (_follower.IsValueCreated)
        {
            _follower.Value?.Dispose();
        }
    }

    private static EmulatorFollower? Follow(IServiceProvider provider)
    {
        try
        {
            return FindEmulator(provider) is { } address ? EmulatorFollower.TryStart(address, LogOf(provider)) : null;
        }
        catch (OptionsValidationException)
        {
            // Told at the start, to which this one may come first.
            return null;
        }
    }

    /// <summary>Where an emulator may be: in development, the address of the Graph API on this machine.</summary>
    private static Uri? FindEmulator(IServiceProvider provider) =>
        provider.GetService<IHostEnvironment>()?.IsDevelopment() == true
        && provider.GetRequiredService<WhatsSessionSettings>().Graph.BaseAddress is { IsLoopback: true } address ? address : null;

    private static ILogger LogOf(IServiceProvider provider) => provider.GetRequiredService<ILogger<EmulatorFollower>>();
}
