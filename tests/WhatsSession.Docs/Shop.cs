using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;

namespace WhatsSession.Docs;

/// <summary>A business with an emulated Meta: one customer, one clock, and the events that the handlers saw.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Phone = "15550001234";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<WhatsAppEvent> _events = [];

    private Shop(WhatsAppEmulator meta, WhatsSessionRuntime app)
    {
        Meta = meta;
        App = app;
        Customer = meta.Customer(Phone, "Ana");
    }

    public WhatsAppEmulator Meta { get; }

    public WhatsSessionRuntime App { get; }

    public EmulatedCustomer Customer { get; }

    public Conversation Conversation => On("support");

    public static async Task<Shop> OpenAsync(Action<WhatsSessionOptions>? configure = null)
    {
        var meta = await WhatsAppEmulator.StartAsync(o =>
        {
            // A Monday morning.
            o.StartsAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
            o.ClockFrozen = true;
            o.AddNumber("314159265358979");
            o.AddNumber("314159265358980", accessToken: "dev2", displayPhoneNumber: "15550009001", verifiedName: "Sales");
            o.AddTemplate("order_shipped", "en_US", bodyParameters: 1);
        });
        Shop? shop = null;
        var app = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", "314159265358979", "dev");
                o.Numbers.Add("sales", "314159265358980", "dev2");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = meta.BaseAddress;
                o.Guard.NoHistory = GuardChoice.Refuse;
                configure?.Invoke(o);
            },
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(meta.Clock);
                b.OnMessage<MessageReceived>((m, _) => shop!.Note(m.Message)).OnDelivery((d, _) => shop!.Note(d.Message));
            });
        shop = new Shop(meta, app);
        meta.ConnectWebhook(async (post, ct) => (await app.AcceptAsync(post.Body, post.Signature, ct)).StatusCode);
        return shop;
    }

    public Conversation On(string number) => App.Client.Number(number).Conversation(Phone);

    /// <summary>The customer writes, and our handlers have seen it.</summary>
    public async Task CustomerSaysAsync(string text, string toNumber = "314159265358979")
    {
        await Customer.SaysAsync(text, toNumber);
        await SettleAsync();
    }

    public async Task PassAsync(TimeSpan time)
    {
        await SettleAsync();
        Meta.Clock.Advance(time);
        await SettleAsync();
    }

    public async Task SettleAsync()
    {
        await Meta.SettleAsync();
        (await App.DrainAsync(Patience)).Should().BeTrue();
    }

    public IReadOnlyList<T> Saw<T>()
    {
        lock (_events)
        {
            return [.. _events.OfType<T>()];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Meta.DisposeAsync();
    }

    private Task Note(WhatsAppEvent received)
    {
        lock (_events)
        {
            _events.Add(received);
        }

        return Task.CompletedTask;
    }
}
