using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <summary>A business as its customers meet it: an emulated Meta, and hosts of the SDK that share what they store. The clock stands still until it is moved.</summary>
public sealed class Shop : IAsyncDisposable
{
    public const string Phone = "15550001234";

    public const string Number = "314159265358979";

    public const string OtherNumber = "314159265358980";

    /// <summary>A Monday morning.</summary>
    public static readonly Instant Opening = Instant.FromUtc(2026, 11, 23, 8, 0);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<WhatsAppEvent> _events = [];
    private readonly List<WhatsSessionRuntime> _hosts = [];
    private Func<IWhatsSessionStore, Task<WhatsSessionRuntime>> _start = null!;
    private int _webhooks;

    private readonly WaitedClock _clock;

    private Shop(WhatsAppEmulator meta) => (Meta, _clock) = (meta, new WaitedClock(meta.Clock));

    public WhatsAppEmulator Meta { get; }

    public IReadOnlyList<WhatsSessionRuntime> Hosts => _hosts;

    public EmulatedCustomer Customer => Meta.Customer(Phone, "Ana");

    public Conversation Conversation => On(0);

    public Instant Now => Instant.FromDateTimeOffset(Meta.Clock.GetUtcNow());

    /// <summary>What arrived at Meta and was accepted, oldest first.</summary>
    public IReadOnlyList<LoggedRequest> Sent => [.. Meta.Requests.Where(static request => request.Type is not (null or "read" or "typing") && request.MessageId is not null)];

    /// <summary>Opens a business of as many hosts as there are stores. Without notes it has no handler of its own, and nothing is seen.</summary>
    public static async Task<Shop> OpenAsync(IEnumerable<IWhatsSessionStore> stores, Action<WhatsSessionOptions>? options = null, Action<WhatsSessionBuilder, Shop>? build = null, bool notes = true, Action<EmulatorOptions>? meta = null)
    {
        var shop = new Shop(await WhatsAppEmulator.StartAsync(o =>
        {
            o.StartsAt = Opening.ToDateTimeOffset();
            o.ClockFrozen = true;
            o.RateLimits = false;
            o.AddNumber(Number);
            o.AddNumber(OtherNumber, accessToken: "dev2", displayPhoneNumber: "15550009001", verifiedName: "Sales");
            o.AddTemplate("order_shipped", "en_US", bodyParameters: 1);
            o.AddTemplate("we_wrote", "en_US", bodyParameters: 1);
            meta?.Invoke(o);
        }));
        shop._start = store => WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", Number, "dev");
                o.Numbers.Add("sales", OtherNumber, "dev2");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = shop.Meta.BaseAddress;
                options?.Invoke(o);
            },
            builder =>
            {
                builder.UseStore(_ => store);
                builder.Services.AddSingleton<TimeProvider>(shop._clock);
                if (notes)
                {
                    builder.On<WhatsAppEvent>("note", (received, _) =>
                    {
                        shop._events.Enqueue(received.Message);
                        return Task.CompletedTask;
                    });
                }

                build?.Invoke(builder, shop);
            });
        foreach (var store in stores)
        {
            shop._hosts.Add(await shop._start(store));
        }

        // Each webhook goes to the next host, as behind a load balancer.
        shop.Meta.ConnectWebhook((post, cancellationToken) => shop.AcceptAsync(post, cancellationToken));
        return shop;
    }

    public Conversation On(int host, string customer = Phone, string number = "support") => Hosts[host].Client.Number(number).Conversation(customer);

    public IReadOnlyList<T> Saw<T>() => [.. _events.OfType<T>()];

    /// <summary>Sets the clocks of the hosts wrong, or right again; time goes on all the same.</summary>
    public void SetHostsAhead(Duration ahead) => _clock.Ahead = ahead.ToTimeSpan();

    /// <summary>Ends all hosts and starts as many anew, which know nothing but what the stores tell them.</summary>
    /// <param name="stores">Stores over what the hosts had stored, not yet opened.</param>
    /// <param name="down">How long no host runs.</param>
    public async Task RestartAsync(IEnumerable<IWhatsSessionStore> stores, Duration down)
    {
        await SettleAsync();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _hosts.Clear();
        Meta.Clock.Advance(down.ToTimeSpan());
        foreach (var store in stores)
        {
            _hosts.Add(await _start(store));
        }
    }

    /// <summary>The customer writes, and all hosts have done what follows from it.</summary>
    public async Task CustomerSaysAsync(string text = "Hi")
    {
        await Customer.SaysAsync(text, Number);
        await SettleAsync();
    }

    /// <summary>Lets webhooks, handlers and their sends come to an end.</summary>
    public Task SettleAsync() => SettleAsync(rounds: 4);

    /// <summary>The same for what takes fewer steps: a handler's send makes statuses, which make work, and each round follows one such step.</summary>
    public async Task SettleAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await Meta.SettleAsync();
            foreach (var host in Hosts)
            {
                (await host.DrainAsync(Patience)).Should().BeTrue();
            }
        }
    }

    public async Task PassAsync(Duration time)
    {
        await SettleAsync();
        Meta.Clock.Advance(time.ToTimeSpan());
        await SettleAsync();
    }

    /// <summary>Makes the window end without any webhook: the business has a day of history, and the customer wrote a day ago.</summary>
    public async Task CloseAsync()
    {
        await CustomerSaysAsync();
        await PassAsync(Duration.FromHours(25));
    }

    /// <summary>Waits for something that requests under way bring about, asking again after each request of its own.</summary>
    public async Task WaitUntilAsync(Func<bool> condition)
    {
        using var http = new HttpClient();
        for (var i = 0; i < 50_000 && !condition(); i++)
        {
            await http.GetAsync(new Uri(Meta.BaseAddress, "/_emulator/openapi.json"));
        }

        condition().Should().BeTrue();
    }

    /// <summary>Moves the clock to the end of each wait of the hosts as it comes, until what is awaited has come to its end.</summary>
    public async Task<T> WhileTimePassesAsync<T>(Task<T> waiting)
    {
        using var http = new HttpClient();
        for (var i = 0; i < 50_000 && !waiting.IsCompleted; i++)
        {
            if (_clock.NextEnd is { } end)
            {
                Meta.Clock.AdvanceTo(end > Meta.Clock.GetUtcNow() ? end : Meta.Clock.GetUtcNow());
            }

            await http.GetAsync(new Uri(Meta.BaseAddress, "/_emulator/openapi.json"));
        }

        return await waiting.WaitAsync(Patience, TimeProvider.System);
    }

    /// <summary>Posts a webhook of the test's own, signed, to a host.</summary>
    public Task<AcceptResult> PostAsync(string field, string value, int host = 0) => PostAsync(
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"271828182845904","time":{{{Now.ToUnixTimeSeconds()}}},"changes":[{"field":"{{{field}}}","value":{{{value}}}}]}]}""", host);

    /// <summary>Posts a webhook again that Meta delivered before.</summary>
    public Task<AcceptResult> RedeliverAsync(LoggedWebhook webhook, int host) => PostAsync(webhook.Json, host);

    private async Task<AcceptResult> PostAsync(string json, int host)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return await Hosts[host].AcceptAsync(body, WebhookSignature.Compute(body, "dev-secret"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        await Meta.DisposeAsync();
    }

    private async Task<int> AcceptAsync(WebhookDelivery post, CancellationToken cancellationToken)
    {
        var host = Hosts[(Interlocked.Increment(ref _webhooks) & int.MaxValue) % Hosts.Count];
        return (await host.AcceptAsync(post.Body, post.Signature, cancellationToken)).StatusCode;
    }
}
