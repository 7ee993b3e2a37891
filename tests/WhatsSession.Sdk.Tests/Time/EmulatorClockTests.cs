using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodaTime;
using WhatsSession.Emulator;
using Duration = NodaTime.Duration;

namespace WhatsSession.Sdk.Tests.Time;

/// <summary>An application and a stand-alone emulator have a clock each; that of the application follows.</summary>
public sealed class EmulatorClockTests
{
    private readonly FakeLogCollector _logs = new();

    [Fact]
    public async Task AddEmulatorClock_JumpOverHttp_ClocksAndTimersFollow()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(o => (o.StartsAt, o.ClockFrozen) = (Given.T0.ToDateTimeOffset(), true));
        await using var services = Services(s => s.AddEmulatorClock(meta.BaseAddress));
        var clock = services.GetRequiredService<TimeProvider>();
        clock.GetUtcNow().Should().Be(Given.T0.ToDateTimeOffset());
        var due = Task.Delay(TimeSpan.FromHours(20), clock, CancellationToken.None);

        await AdvanceAsync(meta, "PT23H");

        await Soon.UntilAsync(() => clock.GetUtcNow() == Given.T0.ToDateTimeOffset().AddHours(23));
        services.GetRequiredService<IClock>().GetCurrentInstant().Should().Be(Given.T0 + Duration.FromHours(23));
        await due.InTimeAsync();
    }

    [Fact]
    public async Task AddEmulatorClock_StoppedAndLetRun_Follows()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(o => o.StartsAt = Given.T0.ToDateTimeOffset());
        await using var services = Services(s => s.AddEmulatorClock(meta.BaseAddress));
        var clock = services.GetRequiredService<TimeProvider>();

        meta.Clock.Frozen = true;
        await Soon.UntilAsync(() => clock.GetTimestamp() == After(clock, TimeSpan.FromMilliseconds(1)));
        meta.Clock.Frozen = false;

        await Task.Delay(TimeSpan.FromMilliseconds(1), clock, CancellationToken.None).InTimeAsync();
    }

    [Fact]
    public async Task Host_InDevelopmentOnThisMachine_AlertComesAfterAJump()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(o => o.StartsAt = Given.T0.ToDateTimeOffset());
        using var host = Host(meta.BaseAddress, "Development");
        await host.StartAsync();
        var runtime = host.Services.GetRequiredService<WhatsSessionRuntime>();
        meta.ConnectWebhook(async (post, ct) => (await runtime.AcceptAsync(post.Body, post.Signature, ct)).StatusCode);
        var ana = meta.Customer(Given.Phone);
        await ana.SaysAsync("hi", Given.Number.Value);

        await AdvanceAsync(meta, "PT23H");
        var answer = await ana.NextAsync().InTimeAsync();

        answer.Text.Should().Be("Anything else today?");
        _logs.GetSnapshot().Should().ContainSingle(l => l.Message.Contains("the emulator", StringComparison.Ordinal))
            .Which.Message.Should().StartWith($"The clock of this application is that of the emulator at {meta.BaseAddress}: its environment is Development");
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Production", "http://127.0.0.1:{0}", false)]
    [InlineData("Development", "https://graph.facebook.com", false)]
    [InlineData("Development", "http://127.0.0.1:{0}", true)]
    public async Task Host_NotDevelopmentOrAnotherAddressOrAClockOfItsOwn_KeepsItsClock(string environment, string graph, bool hasClock)
    {
        await using var meta = await WhatsAppEmulator.StartAsync(o => o.StartsAt = Given.T0.ToDateTimeOffset().AddYears(1));
        using var host = Host(new Uri(string.Format(null, graph, meta.BaseAddress.Port)), environment, s => _ = hasClock ? s.AddSingleton(TimeProvider.System) : s);

        host.Services.GetRequiredService<TimeProvider>().Should().BeSameAs(TimeProvider.System);
        _logs.GetSnapshot().Should().BeEmpty();
    }

    /// <summary>Parts of the framework register the machine's clock too, and a jump would then do nothing without a word.</summary>
    [Theory]
    [InlineData("Development", "http://127.0.0.1:{0}", 1)]
    [InlineData("Production", "http://127.0.0.1:{0}", 0)]
    [InlineData("Development", "https://graph.facebook.com", 0)]
    public async Task Host_MachinesClockIsRegistered_TellsInDevelopmentHowToFollow(string environment, string graph, int told)
    {
        await using var meta = await WhatsAppEmulator.StartAsync();
        var address = new Uri(string.Format(null, graph, meta.BaseAddress.Port));
        using var host = Host(address, environment, static s => s.AddSingleton(TimeProvider.System));

        await host.StartAsync();

        _logs.GetSnapshot().Where(static l => l.Id.Id == 67).Select(static l => l.Message).Should().Equal(Enumerable.Repeat(
            $"The clock of this application is this machine's: TimeProvider.System is registered, by the application or by a part of the framework. If what answers at {address} is the emulator, call AddEmulatorClock with that address to follow its clock.",
            told));
        _logs.GetSnapshot().Should().NotContain(static l => l.Id.Id >= 60 && l.Id.Id != 67);
        await host.StopAsync();
    }

    [Fact]
    public void Host_WrongOptionsInDevelopment_FailsTheStartAndNotTheClock()
    {
        using var host = Host(new Uri("http://127.0.0.1:1/?x=y"), "Development");

        host.Services.GetRequiredService<TimeProvider>().Should().BeSameAs(TimeProvider.System);
        host.Invoking(h => h.Start()).Should().Throw<Microsoft.Extensions.Options.OptionsValidationException>();
    }

    [Fact]
    public async Task NoEmulator_Chosen_SaysSo_ByItself_KeepsItsClock()
    {
        await using var other = new OtherServer();
        var address = other.Address;
        await using var services = Services(s => s.AddEmulatorClock(address));
        using var host = Host(address, "Development");

        services.Invoking(s => s.GetRequiredService<TimeProvider>()).Should().Throw<InvalidOperationException>().WithMessage(
            $"AddEmulatorClock: {address} answers, but not as the emulator does (GET /_emulator/clock got 404 without a clock). Give the address that "
            + "'whatssession emulate' prints, such as http://127.0.0.1:8080.");
        host.Services.GetRequiredService<TimeProvider>().Should().BeSameAs(TimeProvider.System);

        _logs.GetSnapshot().Should().ContainSingle().Which.Message.Should().StartWith($"What answers at {address} is no emulator");
    }

    [Theory]
    [InlineData("clock", UriKind.Relative)]
    [InlineData("ftp://127.0.0.1/", UriKind.Absolute)]
    public void AddEmulatorClock_BadAddress_NamesItAndTheFix(string address, UriKind kind)
    {
        var services = new ServiceCollection();

        services.Invoking(s => s.AddEmulatorClock(new Uri(address, kind))).Should().Throw<ArgumentException>()
            .WithMessage($"'{address}' is not an absolute http or https address: give the one that 'whatssession emulate' prints*");
    }

    [Fact]
    public async Task AddEmulatorClock_EmulatorGoesAndComesBack_OneWarningAndTheClockGoesOn()
    {
        var port = FreePort();
        await using var services = Services(s => s.AddEmulatorClock(new Uri($"http://127.0.0.1:{port}")));
        var clock = services.GetRequiredService<TimeProvider>();
        (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).Should().BeCloseTo(TimeSpan.Zero, TimeSpan.FromMinutes(1));

        var ahead = TimeProvider.System.GetUtcNow().AddDays(3);
        await using (var meta = await WhatsAppEmulator.StartAsync(o => (o.Port, o.StartsAt, o.ClockFrozen) = (port, ahead, true)))
        {
            await Soon.UntilAsync(() => clock.GetUtcNow() == ahead);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(1), clock, CancellationToken.None).InTimeAsync();
        await using var again = await WhatsAppEmulator.StartAsync(o => (o.Port, o.StartsAt, o.ClockFrozen) = (port, ahead.AddDays(-1), true));
        await Soon.UntilAsync(() => clock.GetUtcNow() == ahead.AddDays(-1));

        await Soon.UntilAsync(() => _logs.GetSnapshot().Any(l => l.Message.Contains("went back", StringComparison.Ordinal)));
        _logs.GetSnapshot().Count(l => l.Message.EndsWith("It is told once.", StringComparison.Ordinal)).Should().Be(2, "it was away twice");
    }

    [Fact]
    public async Task AddEmulatorClock_OutsideDevelopment_Warns()
    {
        await using var meta = await WhatsAppEmulator.StartAsync();
        using var host = Host(meta.BaseAddress, "Production", s => s.AddEmulatorClock(meta.BaseAddress));

        host.Services.GetRequiredService<TimeProvider>().Should().NotBeSameAs(TimeProvider.System);

        _logs.GetSnapshot().Should().ContainSingle(l => l.Level == LogLevel.Warning).Which.Message.Should().Contain("environment is Production");
    }

    [Fact]
    public async Task AddEmulatorClock_InDevelopmentInSmallLetters_DoesNotWarn()
    {
        await using var meta = await WhatsAppEmulator.StartAsync();
        using var host = Host(meta.BaseAddress, "development", s => s.AddEmulatorClock(meta.BaseAddress));

        host.Services.GetRequiredService<TimeProvider>().Should().NotBeSameAs(TimeProvider.System);

        _logs.GetSnapshot().Should().ContainSingle().Which.Level.Should().Be(LogLevel.Information);
    }

    private ServiceProvider Services(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.AddProvider(new FakeLoggerProvider(_logs)));
        add(services);
        return services.BuildServiceProvider();
    }

    private IHost Host(Uri graph, string environment, Action<IServiceCollection>? add = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Logging.AddProvider(new FakeLoggerProvider(_logs));
        add?.Invoke(builder.Services);
        builder.Services.AddWhatsSession(o =>
        {
            o.Numbers.Add("support", Given.Number.Value, "dev");
            o.AppSecret = "dev-secret";
            o.GraphBaseAddress = graph;
        }).OnWindowClosing(before: TimeSpan.FromHours(1), (w, ct) => w.ReplyAsync("Anything else today?", ct));
        return builder.Build();
    }

    private static async Task AdvanceAsync(WhatsAppEmulator meta, string by)
    {
        using var http = new HttpClient { BaseAddress = meta.BaseAddress };
        using var response = await http.PostAsync(new Uri("_emulator/clock/advance?by=" + by, UriKind.Relative), content: null);
        response.EnsureSuccessStatusCode();
    }

    private static long After(TimeProvider clock, TimeSpan time)
    {
        SpinWait.SpinUntil(() => false, time);
        return clock.GetTimestamp();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Something that answers, and is no emulator.</summary>
    private sealed class OtherServer : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _answers;

        public OtherServer()
        {
            Address = new Uri($"http://127.0.0.1:{FreePort()}/");
            _listener.Prefixes.Add(Address.AbsoluteUri);
            _listener.Start();
            _answers = AnswerAsync();
        }

        public Uri Address { get; }

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _answers.InTimeAsync();
        }

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    context.Response.StatusCode = 404;
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed.
            }
        }
    }
}
