using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsSession;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds WhatsSession to the host's health checks.</summary>
public static class WhatsSessionHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check named <c>whatssession</c>. It is unhealthy when the store does not answer or events are not dispatched. It is degraded for every other
    /// problem that <see cref="WhatsSessionRuntime.CheckHealthAsync"/> finds.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <exception cref="ArgumentException">When the checks run: there is already a check with this name.</exception>
    public static IHealthChecksBuilder AddWhatsSession(this IHealthChecksBuilder builder) => AddWhatsSession(builder, "whatssession", []);

    /// <summary>Adds the check under a name, with tags.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="tags">The tags by which endpoints choose checks, such as <c>ready</c>.</param>
    /// <exception cref="ArgumentException">When the checks run: there is already a check with this name.</exception>
    public static IHealthChecksBuilder AddWhatsSession(this IHealthChecksBuilder builder, string name, IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(tags);
        builder.Services.TryAddSingleton<WhatsSessionHealthCheck>();
        return builder.Add(
            new HealthCheckRegistration(name, static services => services.GetRequiredService<WhatsSessionHealthCheck>(), HealthStatus.Unhealthy, tags));
    }
}
