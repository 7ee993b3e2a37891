using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsSession.AspNetCore.Tests;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task Check_InMemoryStore_IsDegraded()
    {
        await using var app = await WebApp.StartAsync(services: services => services.AddHealthChecks().AddWhatsSession());

        var entry = await CheckAsync(app, "whatssession");

        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Data.Should().ContainKey("StoreInMemory");
        entry.Description.Should().Contain("UseSqlite");
    }

    [Fact]
    public async Task Check_InDevelopment_IsHealthy()
    {
        await using var app = await WebApp.StartAsync(environment: "Development", services: services => services.AddHealthChecks().AddWhatsSession());

        (await CheckAsync(app, "whatssession")).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Check_StoreAway_IsUnhealthy()
    {
        await using var app = await WebApp.StartAsync(
            builder => builder.UseStore(_ => new AbsentStore()),
            services: services => services.AddHealthChecks().AddWhatsSession("messages", ["ready"]));

        var entry = await CheckAsync(app, "messages");

        entry.Status.Should().Be(HealthStatus.Unhealthy);
        entry.Data.Should().ContainKey("StoreUnavailable");
        entry.Tags.Should().Equal("ready");
    }

    private static async Task<HealthReportEntry> CheckAsync(WebApp app, string name) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];
}
