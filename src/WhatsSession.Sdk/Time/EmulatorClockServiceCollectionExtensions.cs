using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>Lets an application follow the clock of an emulator.</summary>
public static class EmulatorClockServiceCollectionExtensions
{
    /// <summary>
    /// Makes the clock of an emulator the <see cref="TimeProvider"/> and the <see cref="IClock"/> of the whole application, in place of the registered ones.
    /// The clock jumps, stops and runs as you move it on the emulator's page or with its API. Alerts, windows and retries then happen as if the time had
    /// passed. Use it only for development.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="emulator">The address that <c>whatssession emulate</c> prints, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The address is not an absolute http or https one.</exception>
    /// <remarks>
    /// You do not need this call when the environment is Development, <see cref="WhatsSessionOptions.GraphBaseAddress"/> is on this machine and no
    /// <see cref="TimeProvider"/> is registered: the application then follows the emulator's clock by default. While the emulator does not answer, the clock
    /// continues to run. If something other than an emulator answers at the address, the start fails.
    /// </remarks>
    public static IServiceCollection AddEmulatorClock(this IServiceCollection services, Uri emulator)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(emulator);
        if (!emulator.IsAbsoluteUri || !(emulator.Scheme == Uri.UriSchemeHttp || emulator.Scheme == Uri.UriSchemeHttps))
        {
            throw new ArgumentException(
                $"'{emulator}' is not an absolute http or https address: give the one that 'whatssession emulate' prints, such as http://127.0.0.1:8080.",
                nameof(emulator));
        }

        services.AddLogging();
        services.RemoveAll<EmulatorFollower>();
        services.RemoveAll<TimeProvider>();
        services.RemoveAll<IClock>();
        services.AddSingleton(provider => EmulatorFollower.Start(
            emulator,
            provider.GetService<IHostEnvironment>()?.EnvironmentName,
            provider.GetRequiredService<ILogger<EmulatorFollower>>()));
        services.AddSingleton(static provider => provider.GetRequiredService<EmulatorFollower>().Clock);
        services.AddSingleton<IClock>(static provider => new ProvidedClock(provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
