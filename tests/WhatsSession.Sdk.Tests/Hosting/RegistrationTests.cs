using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using WhatsSession.Emulator;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Hosting;

public sealed class RegistrationTests
{
    [Fact]
    public async Task AddWhatsSession_Twice_RegistersEverythingOnce()
    {
        var services = new ServiceCollection();
        services.AddWhatsSession(Configure);
        services.AddWhatsSession(o => o.GraphVersion = "v25.0");
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<IHostedService>().Should().ContainSingle();
        provider.GetServices<IWhatsSessionStore>().Should().ContainSingle();
        provider.GetServices<WhatsSessionRuntime>().Should().ContainSingle();
        provider.GetRequiredService<WhatsSessionSettings>().Graph.Version.Should().Be("v25.0");
    }

    [Fact]
    public async Task AddWhatsSession_ClientAndInterface_AreTheSameSingleton()
    {
        await using var provider = Provider();
        using var scope = provider.CreateScope();

        var client = provider.GetRequiredService<WhatsSessionClient>();

        scope.ServiceProvider.GetRequiredService<IWhatsSession>().Should().BeSameAs(client);
        provider.GetRequiredService<WhatsSessionRuntime>().Client.Should().BeSameAs(client);
        provider.GetRequiredService<GraphClient>().Should().BeSameAs(provider.GetRequiredService<GraphClient>());
    }

    [Fact]
    public async Task AddWhatsSession_WithoutSecretAndToken_Sends()
    {
        await using var meta = await StartMetaAsync();
        var services = new ServiceCollection();
        services.AddWhatsSession(o => Configure(o, meta));
        await using var provider = services.BuildServiceProvider();

        var outcome = await provider.GetRequiredService<IWhatsSession>().Number("Support").Conversation("+" + Given.Phone).SendAsync(Given.Template);

        outcome.IsAccepted.Should().BeTrue();
        meta.Customer(Given.Phone).Received.Should().ContainSingle();
    }

    [Fact]
    public async Task Number_UnknownName_ListsTheNames()
    {
        await using var provider = Provider();
        var client = provider.GetRequiredService<IWhatsSession>();

        client.Invoking(c => c.Number("sale")).Should().Throw<ArgumentException>().WithMessage("*\"sale\"*sales, support*");
        client.Invoking(c => c.Number(PhoneNumberId.Parse("7"))).Should().Throw<ArgumentException>().WithMessage($"*7*{Given.Number}, {Given.OtherNumber}*");
        client.Number("SUPPORT").Id.Should().Be(Given.Number);
        client.Number(Given.OtherNumber).Name.Should().Be("sales");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddWhatsSession_RegisteredClock_IsUsed(bool before)
    {
        var clock = new FakeTimeProvider(Given.T0.ToDateTimeOffset());
        await using var meta = await StartMetaAsync();
        meta.Faults.Response = ResponseFault.TooManyRequestsWithRetryAfter;
        var services = new ServiceCollection();
        if (before)
        {
            services.AddSingleton<TimeProvider>(clock);
        }

        services.AddWhatsSession(o => Configure(o, meta));
        if (!before)
        {
            services.AddSingleton<TimeProvider>(clock);
        }

        await using var provider = services.BuildServiceProvider();

        var outcome = await provider.GetRequiredService<IWhatsSession>().Number("support").Conversation(Given.Phone).SendAsync(Given.Template).InTimeAsync();

        outcome.Should().BeOfType<SendOutcome.Throttled>().Which.RetryAt.Should().Be(Given.T0 + NodaTime.Duration.FromSeconds(30));
    }

    [Fact]
    public async Task Host_StartAndStop_RunsHandlers()
    {
        var called = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = new HostBuilder().ConfigureServices(services => services
            .AddWhatsSession(o =>
            {
                Configure(o);
                o.AppSecret = Given.AppSecret;
            })
            .OnMessage<TextReceived>((message, _) =>
            {
                called.SetResult(message.Message.Text);
                return Task.CompletedTask;
            })).Build();
        await host.StartAsync();
        var runtime = host.Services.GetRequiredService<WhatsSessionRuntime>();
        await using var meta = await StartMetaAsync();
        meta.ConnectWebhook(async (delivery, cancellationToken) => (await runtime.AcceptAsync(delivery.Body, delivery.Signature, cancellationToken)).StatusCode);

        await meta.Customer(Given.Phone).SaysAsync("hi", Given.Number.Value);

        (await called.Task).Should().Be("hi");
        await host.StopAsync();
    }

    [Fact]
    public void Handlers_Unnamed_AreNumberedByType() =>
        Names(builder => builder
            .OnMessage<TextReceived>((_, _) => Task.CompletedTask)
            .OnMessage<TextReceived>((_, _) => Task.CompletedTask)
            .OnMessage<ImageReceived>((_, _) => Task.CompletedTask)
            .OnDelivery((_, _) => Task.CompletedTask)
            .OnWindowClosing(TimeSpan.FromHours(1), (_, _) => Task.CompletedTask)
            .OnWindowClosing([TimeSpan.FromMinutes(5), TimeSpan.FromHours(2), TimeSpan.FromHours(2)], (_, _) => Task.CompletedTask)
            .OnWindowClosing((_, _) => Task.CompletedTask)
            .OnWindowClosed(_ => Task.CompletedTask)
            .OnMessage<TextReceived>("thanks", (_, _) => Task.CompletedTask))
            .Should().Equal(
                "TextReceived#1", "TextReceived#2", "ImageReceived#1", "DeliveryUpdated#1", "WindowClosing(01:00:00)#1", "WindowClosing(02:00:00,00:05:00)#1",
                "WindowClosing#1", "WindowClosed#1", "thanks");

    [Fact]
    public void Handlers_UnnamedBesideANameLikeOurs_HaveNamesOfTheirOwn() =>
        Names(builder => builder
            .OnMessage<TextReceived>((_, _) => Task.CompletedTask)
            .OnMessage<TextReceived>("TextReceived#3", (_, _) => Task.CompletedTask)
            .OnMessage<TextReceived>((_, _) => Task.CompletedTask)
            .OnMessage<TextReceived>((_, _) => Task.CompletedTask))
            .Should().OnlyHaveUniqueItems();

    [Fact]
    public void Handlers_DuplicateName_IsRefused()
    {
        var builder = new ServiceCollection().AddWhatsSession(Configure).OnMessage<TextReceived>("thanks", (_, _) => Task.CompletedTask);

        builder.Invoking(b => b.OnMessage<ImageReceived>("thanks", (_, _) => Task.CompletedTask)).Should().Throw<ArgumentException>().WithMessage("*\"thanks\"*");
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-01:00:00")]
    [InlineData("1.00:00:00")]
    [InlineData("00:00:01.5")]
    public void OnWindowClosing_LeadOutOfRange_Throws(string lead)
    {
        var builder = new ServiceCollection().AddWhatsSession(Configure);

        foreach (var register in (Action<WhatsSessionBuilder>[])[
            b => b.OnWindowClosing(TimeSpan.Parse(lead), (_, _) => Task.CompletedTask),
            b => b.OnWindowClosing([TimeSpan.FromHours(1), TimeSpan.Parse(lead)], (_, _) => Task.CompletedTask)])
        {
            builder.Invoking(register).Should().Throw<ArgumentOutOfRangeException>()
                .WithMessage("The time before closing must be *, such as 01:00:00.*").Where(thrown => thrown.ParamName == "before" && thrown.Message.Contains(TimeSpan.Parse(lead).ToString()));
        }
    }

    [Fact]
    public void OnWindowClosing_NoLeadInTheList_Throws() =>
        new ServiceCollection().AddWhatsSession(Configure).Invoking(b => b.OnWindowClosing([], (_, _) => Task.CompletedTask))
            .Should().Throw<ArgumentException>().WithMessage("The list is empty; name at least one*").WithParameterName("before");

    [Fact]
    public void Alerts_OfHandlers_AreThoseThatTheirTypesName() =>
        Alerts(builder => builder
            .OnWindowClosing(TimeSpan.FromHours(2), (_, _) => Task.CompletedTask)
            .On<WindowClosing>(_ => Task.CompletedTask)
            .On<WindowEvent>(_ => Task.CompletedTask)
            .On<WindowClosed>(_ => Task.CompletedTask)
            .OnWindowExtended(_ => Task.CompletedTask))
            .Should().BeEquivalentTo("window_closing/79200", "window_closing/72000", "window_closing/82800", "window_closed/86400", "window_extended/86400");

    private static IEnumerable<string> Alerts(Action<WhatsSessionBuilder> build)
    {
        var services = new ServiceCollection();
        build(services.AddWhatsSession(Configure));
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetRequiredService<HandlerSet>().Planner.Alerts.Select(alert => alert.ToString())];
    }

    [Theory]
    [InlineData("00:00:00", "00:00:10", "quiet")]
    [InlineData("-00:00:01", "00:00:10", "quiet")]
    [InlineData("00:00:02", "00:00:01.9", "atMost")]
    [InlineData("00:00:02", "01:00:00.1", "atMost")]
    public void OnTurn_TimesOutOfRange_NamesTheTimeAndItsValue(string quiet, string atMost, string named)
    {
        var builder = new ServiceCollection().AddWhatsSession(Configure);
        var wrong = TimeSpan.Parse(named == "quiet" ? quiet : atMost);

        builder.Invoking(b => b.OnTurn(TimeSpan.Parse(quiet), TimeSpan.Parse(atMost), (_, _) => Task.CompletedTask))
            .Should().Throw<ArgumentOutOfRangeException>().Where(exception => exception.ParamName == named && Equals(exception.ActualValue, wrong));
        builder.Invoking(b => b.OnTurn(NodaTime.Duration.FromTimeSpan(TimeSpan.Parse(quiet)), NodaTime.Duration.FromTimeSpan(TimeSpan.Parse(atMost)), (_, _) => Task.CompletedTask))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void OnTurn_Unnamed_IsNumberedAndKnowsItsTimes()
    {
        var services = new ServiceCollection();
        services.AddWhatsSession(Configure).OnTurn(_ => Task.CompletedTask).On<Turn>((_, _) => Task.CompletedTask)
            .OnTurn("slow", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), (_, _) => Task.CompletedTask);
        using var provider = services.BuildServiceProvider();

        provider.GetServices<HandlerBinding>().Select(static binding => (binding.Name, binding.TurnWait)).Should().Equal(
            ("Turn#1", new TurnWait(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10))),
            ("Turn#2", new TurnWait(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10))),
            ("slow", new TurnWait(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1))));
    }

    private static IEnumerable<string> Names(Action<WhatsSessionBuilder> build)
    {
        var services = new ServiceCollection();
        build(services.AddWhatsSession(Configure));
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<HandlerBinding>().Select(binding => binding.Name)];
    }

    private static ServiceProvider Provider() => new ServiceCollection().AddWhatsSession(Configure).Services.BuildServiceProvider();

    private static Task<WhatsAppEmulator> StartMetaAsync() => WhatsAppEmulator.StartAsync(o =>
    {
        o.AppSecret = Given.AppSecret;
        o.AddNumber(Given.Number.Value, Given.AccessToken, "15550009000", "Support");
        o.AddTemplate("order_shipped", "en_US", bodyParameters: 1);
    });

    private static void Configure(WhatsSessionOptions options, WhatsAppEmulator meta)
    {
        Configure(options);
        options.GraphBaseAddress = meta.BaseAddress;
    }

    private static void Configure(WhatsSessionOptions options)
    {
        options.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
        options.Numbers.Add("sales", Given.OtherNumber.Value, "EAAother");
    }
}
