using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace WhatsSession.Sdk.Tests;

/// <summary>The SDK as a program runs it, with a clock, a store and a Meta of the test's own. The clock starts at <see cref="Given.T0"/>.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private Scene(HookedStore store, FakeTimeProvider clock, StubHttp http, FakeLogCollector logs, WhatsSessionRuntime runtime)
    {
        Store = store;
        Clock = clock;
        Http = http;
        Logs = logs;
        Runtime = runtime;
    }

    public HookedStore Store { get; }

    public FakeTimeProvider Clock { get; }

    public StubHttp Http { get; }

    public FakeLogCollector Logs { get; }

    public WhatsSessionRuntime Runtime { get; }

    public Conversation Conversation => Runtime.Client.Number("support").Conversation(Given.Phone);

    public Instant Now => Instant.FromDateTimeOffset(Clock.GetUtcNow());

    public static Task<Scene> StartAsync(Action<WhatsSessionBuilder>? build = null, Action<WhatsSessionOptions>? options = null) =>
        StartAsync(new HookedStore(new InMemoryStore()), new FakeTimeProvider(Given.T0.ToDateTimeOffset()), build, options);

    public static async Task<Scene> StartAsync(HookedStore store, FakeTimeProvider clock, Action<WhatsSessionBuilder>? build = null, Action<WhatsSessionOptions>? options = null)
    {
        var http = new StubHttp();
        var logs = new FakeLogCollector(Microsoft.Extensions.Options.Options.Create(new FakeLogCollectorOptions()));
        var runtime = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
                o.Numbers.Add("sales", Given.OtherNumber.Value, "EAAother");
                o.AppSecret = Given.AppSecret;
                o.VerifyToken = Given.VerifyToken;
                options?.Invoke(o);
            },
            builder =>
            {
                builder.UseStore(_ => store);
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(logs)));
                builder.Services.AddHttpClient("WhatsSession").ConfigurePrimaryHttpMessageHandler(() => http);
                build?.Invoke(builder);
            });
        return new Scene(store, clock, http, logs, runtime);
    }

    /// <summary>A number with more than a day of history, in which another customer wrote, so that an unseen conversation was never opened.</summary>
    public async Task<Scene> WithHistoryAsync()
    {
        await ReceiveTextAsync("first ever", from: "15550009999", id: "wamid.first");
        await DrainAsync();
        Clock.Advance(TimeSpan.FromHours(25));
        return this;
    }

    /// <summary>Starts a send that waits before it is tried again, and lets that time pass. Nothing else may be under way: then it has come to its wait when the call returns.</summary>
    public async Task<SendOutcome> SendThroughWaitAsync(Func<Task<SendOutcome>> send, TimeSpan wait)
    {
        var sending = send();
        Clock.Advance(wait);
        return await sending.InTimeAsync();
    }

    public ValueTask<AcceptResult> AcceptAsync(byte[] payload) => Runtime.AcceptAsync(payload, WebhookSignature.Compute(payload, Given.AppSecret));

    /// <summary>The customer writes now.</summary>
    public async Task ReceiveTextAsync(string text = "hello", string from = Given.Phone, string? id = null, Instant? at = null)
    {
        var result = await AcceptAsync(TextFrom(from, text, id ?? $"wamid.{Guid.NewGuid():n}", at ?? Now));
        result.Should().Be(new AcceptResult(200, 1));
    }

    public async Task DrainAsync() => (await Runtime.DrainAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();

    /// <summary>Lets what is due come to its end, then moves the clock, then lets what became due come to its end.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await DrainAsync();
        Clock.Advance(by);
        await DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        Http.Dispose();
    }

    public static byte[] TextFrom(string from, string text, string id, Instant at) => Sample.Utf8($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{Given.Account}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{Given.Number}}}"},
        "messages":[{"from":"{{{from}}}","id":"{{{id}}}","timestamp":"{{{at.ToUnixTimeSeconds()}}}","type":"text","text":{"body":{{{JsonValue.Create(text)!.ToJsonString()}}}}}]}}]}]}
        """);
}
