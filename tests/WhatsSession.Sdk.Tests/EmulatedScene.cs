using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using WhatsSession.Emulator;

namespace WhatsSession.Sdk.Tests;

/// <summary>The SDK as a program runs it, with the emulator as Meta: requests over loopback, answers and webhooks by Meta's rules. Both share one clock, which stands still at <see cref="Given.T0"/> until it is advanced.</summary>
internal sealed class EmulatedScene : IAsyncDisposable
{
    private readonly Action<WhatsSessionOptions>? _options;

    private EmulatedScene(WhatsAppEmulator meta, Action<WhatsSessionOptions>? options) => (Meta, _options) = (meta, options);

    public WhatsAppEmulator Meta { get; }

    public HookedStore Store { get; } = new(new InMemoryStore());

    public FakeLogCollector Logs { get; } = new(Microsoft.Extensions.Options.Options.Create(new FakeLogCollectorOptions()));

    public WhatsSessionRuntime Runtime { get; private set; } = null!;

    public EmulatedCustomer Customer => Meta.Customer(Given.Phone);

    public Conversation Conversation => Runtime.Client.Number("support").Conversation(Given.Phone);

    public static async Task<EmulatedScene> StartAsync(Action<WhatsSessionBuilder>? build = null, Action<WhatsSessionOptions>? options = null, Action<EmulatorOptions>? meta = null)
    {
        var emulator = await WhatsAppEmulator.StartAsync(o =>
        {
            o.StartsAt = Given.T0.ToDateTimeOffset();
            o.ClockFrozen = true;
            o.RateLimits = false;
            o.AppSecret = Given.AppSecret;
            o.AddNumber(Given.Number.Value, Given.AccessToken, "15550009000", "Support");
            o.AddNumber(Given.OtherNumber.Value, "EAAother", "15550009001", "Sales");
            o.AddTemplate("order_shipped", "en_US", bodyParameters: 1);
            meta?.Invoke(o);
        });
        var scene = new EmulatedScene(emulator, options);
        await scene.StartRuntimeAsync(build);
        emulator.ConnectWebhook(async (delivery, cancellationToken) => (await scene.Runtime.AcceptAsync(delivery.Body, delivery.Signature, cancellationToken)).StatusCode);
        return scene;
    }

    /// <summary>Another process takes over: the same store, the same Meta, other handlers.</summary>
    public async Task RestartAsync(Action<WhatsSessionBuilder> build)
    {
        await Runtime.DisposeAsync();
        await StartRuntimeAsync(build);
    }

    /// <summary>The customer writes to the support number.</summary>
    public Task SaysAsync(string text) => Customer.SaysAsync(text, Given.Number.Value);

    /// <summary>The business sends a template to a phone that is off: one status, <c>sent</c>, comes of it.</summary>
    public async Task SendsOneStatusAsync()
    {
        Customer.IsOnline = false;
        (await Conversation.SendAsync(Given.Template)).IsAccepted.Should().BeTrue();
        await Meta.SettleAsync();
    }

    /// <summary>Another customer wrote a day ago, so that an unseen conversation was never opened.</summary>
    public async Task<EmulatedScene> WithHistoryAsync()
    {
        await Meta.Customer("15550009999").SaysAsync("first ever", Given.Number.Value);
        await AdvanceAsync(TimeSpan.FromHours(25));
        return this;
    }

    /// <summary>Lets every webhook arrive and everything due come to its end, and what comes of that: a reply has statuses.</summary>
    public async Task DrainAsync()
    {
        EmulatorTally before;
        do
        {
            before = Meta.Tally;
            await Meta.SettleAsync();
            (await Runtime.DrainAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();
        }
        while (Meta.Tally != before);
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        await DrainAsync();
        Meta.Clock.Advance(by);
        await DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Meta.DisposeAsync();
        await Runtime.DisposeAsync();
    }

    private async Task StartRuntimeAsync(Action<WhatsSessionBuilder>? build) => Runtime = await WhatsSessionRuntime.StartAsync(
        o =>
        {
            o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
            o.Numbers.Add("sales", Given.OtherNumber.Value, "EAAother");
            o.AppSecret = Given.AppSecret;
            o.VerifyToken = Given.VerifyToken;
            o.GraphBaseAddress = Meta.BaseAddress;
            _options?.Invoke(o);
        },
        builder =>
        {
            builder.UseStore(_ => Store);
            builder.Services.AddSingleton<TimeProvider>(Meta.Clock);
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(Logs)));
            build?.Invoke(builder);
        });
}
