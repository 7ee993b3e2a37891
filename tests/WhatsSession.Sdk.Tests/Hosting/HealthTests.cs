using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Hosting;

[WithoutEmulator("A store that fails at chosen calls.")]
public sealed class HealthTests
{
    [Fact]
    public async Task CheckHealthAsync_InMemory_IsDegradedOutsideDevelopment()
    {
        await using var scene = await Scene.StartAsync();

        var health = await scene.Runtime.CheckHealthAsync();

        health.Problems.Should().ContainSingle().Which.Kind.Should().Be(HealthProblemKind.StoreInMemory);
        (health.IsHealthy, health.IsWorking).Should().Be((false, true));
        health.ToString().Should().Contain("in memory").And.Contain("UseSqlite");
    }

    [Fact]
    public async Task CheckHealthAsync_InMemoryInDevelopment_IsHealthy()
    {
        using var host = new HostBuilder()
            .UseEnvironment(Environments.Development)
            .ConfigureServices(services => services.AddWhatsSession(o => o.Numbers.Add("support", Given.Number.Value, Given.AccessToken)))
            .Build();
        await host.StartAsync();

        var health = await host.Services.GetRequiredService<WhatsSessionRuntime>().CheckHealthAsync();
        await host.StopAsync();

        health.IsHealthy.Should().BeTrue(health.ToString());
        health.ToString().Should().Be("Healthy.");
    }

    [Fact]
    public async Task CheckHealthAsync_ParkedQuarantinedAndAbandoned_TellsEachAndWhatHelps()
    {
        await using var scene = await (await Scene.StartAsync(builder => builder.OnMessage<TextReceived>((message, _) =>
            message.Message.Text == "poison" ? throw new InvalidOperationException("its own words") : Task.CompletedTask))).WithHistoryAsync();
        await scene.AcceptAsync(Scene.TextFrom(Given.Phone, "cut off", "wamid.cut", scene.Now)[..^20]);
        scene.Store.Fail(nameof(IWhatsSessionStore.CompleteFallbackAsync));
        await scene.Runtime.Client.Number("support").Conversation("15550007777").SendAsync(Given.Text, Given.Template);
        scene.Store.Fail();
        await scene.ReceiveTextAsync("poison");
        for (var i = 0; i < 5; i++)
        {
            await scene.AdvanceAsync(TimeSpan.FromMinutes(6));
        }

        var health = await scene.Runtime.CheckHealthAsync();

        health.Problems.Select(problem => problem.Kind).Should().Equal(
            HealthProblemKind.StoreInMemory, HealthProblemKind.EventsParked, HealthProblemKind.WebhooksQuarantined, HealthProblemKind.FallbacksAbandoned);
        health.IsWorking.Should().BeTrue();
        health.Problems[1].Description.Should().Be("1 event is parked because a handler failed too often; see Parked.ListAsync, Parked.ReplayAsync and Parked.DiscardAsync.");
        health.Problems[3].Description.Should().StartWith("1 fallback template is claimed");
        health.ToString().Should().NotContain(Given.Phone).And.NotContain("15550007777").And.NotContain("poison").And.NotContain("its own words");
    }

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.ListParkedAsync))]
    [InlineData(nameof(IWhatsSessionStore.ListAbandonedFallbacksAsync))]
    public async Task CheckHealthAsync_StoreAway_DoesNotWork(string method)
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Before = called => called == method ? throw new StoreUnavailableException($"away from {Given.Phone}") : Task.CompletedTask;

        var health = await scene.Runtime.CheckHealthAsync();

        health.IsWorking.Should().BeFalse();
        health.Problems[0].Should().Be(new HealthProblem(HealthProblemKind.StoreUnavailable, "The store did not answer (WhatsSession.StoreUnavailableException)."));
    }

    [Fact]
    public async Task CheckHealthAsync_NothingCanBeWritten_DoesNotWorkThoughAllCanBeRead()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.ProbeAsync));

        var health = await scene.Runtime.CheckHealthAsync();

        health.IsWorking.Should().BeFalse();
        health.Problems[0].Kind.Should().Be(HealthProblemKind.StoreUnavailable);
        health.Problems[0].Description.Should().Contain("keep nothing").And.Contain("503");
    }

    [Fact]
    public async Task CheckHealthAsync_Stopped_DoesNotWork()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Runtime.DisposeAsync();

        var health = await scene.Runtime.CheckHealthAsync();

        health.Problems[0].Kind.Should().Be(HealthProblemKind.DispatcherStopped);
        health.IsWorking.Should().BeFalse();
    }

    [Fact]
    public async Task CheckHealthAsync_Cancelled_Throws()
    {
        await using var scene = await Scene.StartAsync();

        await FluentActions.Awaiting(() => scene.Runtime.CheckHealthAsync(new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
    }
}
