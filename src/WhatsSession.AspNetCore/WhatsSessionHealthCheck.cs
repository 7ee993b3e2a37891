using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsSession;

/// <summary>Tells the host's health checks how the runtime is.</summary>
internal sealed class WhatsSessionHealthCheck(WhatsSessionRuntime runtime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await runtime.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        var status = health.IsHealthy ? HealthStatus.Healthy : health.IsWorking ? HealthStatus.Degraded : context.Registration.FailureStatus;
        var byKind = health.Problems
            .GroupBy(static problem => problem.Kind)
            .ToDictionary(static problems => problems.Key.ToString(), static problems => (object)string.Join(' ', problems), StringComparer.Ordinal);
        return new HealthCheckResult(status, health.ToString(), exception: null, byKind);
    }
}
