using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;

namespace WhatsSession.Sdk.Tests;

/// <summary>The SDK as a program runs it, with the emulator as Meta: requests over loopback, answers and webhooks by Meta's rules. Both share one clock, which stands still at <see cref="Given.T0"/> until it is advanced.</summary>
internal sealed class EmulatedScene : IAsyncDisposable
{
    private EmulatedScene(WhatsAppEmulator meta, HookedStore store, WhatsSessionRuntime runtime) => (Meta, Store, Runtime) = (meta, store, runtime);

    public WhatsAppEmulator Meta { get; }

    public HookedStore Store { get; }

    public WhatsSessionRuntime Runtime { get; }

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
        var store = new HookedStore(new InMemoryStore());
        var runtime = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
                o.Numbers.Add("sales", Given.OtherNumber.Value, "EAAother");
                o.AppSecret = Given.AppSecret;
                o.VerifyToken = Given.VerifyToken;
                o.GraphBaseAddress = emulator.BaseAddress;
                options?.Invoke(o);
            },
            builder =>
            {
                builder.UseStore(_ => store);
                builder.Services.AddSingleton<TimeProvider>(emulator.Clock);
                build?.Invoke(builder);
            });
        emulator.ConnectWebhook(async (delivery, cancellationToken) => (await runtime.AcceptAsync(delivery.Body, delivery.Signature, cancellationToken)).StatusCode);
        return new EmulatedScene(emulator, store, runtime);
    }

    /// <summary>The customer writes to the support number.</summary>
    public Task SaysAsync(string text) => Customer.SaysAsync(text, Given.Number.Value);

    /// <summary>Another customer wrote a day ago, so that an unseen conversation was never opened.</summary>
    public async Task<EmulatedScene> WithHistoryAsync()
    {
        await Meta.Customer("15550009999").SaysAsync("first ever", Given.Number.Value);
        await AdvanceAsync(TimeSpan.FromHours(25));
        return this;
    }

    /// <summary>Lets every webhook arrive and everything due come to its end.</summary>
    public async Task DrainAsync()
    {
        await Meta.SettleAsync();
        (await Runtime.DrainAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();
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
}
