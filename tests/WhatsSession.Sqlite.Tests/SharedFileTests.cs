using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace WhatsSession.Sqlite.Tests;

/// <summary>Two processes on one file, of which only one has handlers.</summary>
public sealed class SharedFileTests : IAsyncDisposable
{
    private const string Secret = "dev-secret";

    private readonly StoreFiles _files = new();
    private readonly ConcurrentQueue<string> _calls = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Dispatch_HostWithoutHandlers_LeavesTheEventsToTheOther()
    {
        var path = _files.NewPath();
        await using var web = await StartAsync(path, b => b.OnMessage<TextReceived>((message, _) => Note(message.Message.MessageId.Value)));
        await using var worker = await StartAsync(path, static _ => { });
        for (var i = 0; i < 50; i++)
        {
            await AcceptAsync(i % 2 == 0 ? web : worker, i);
            await DrainAsync(worker);
        }

        await DrainAsync(web);

        _calls.Should().BeEquivalentTo(Enumerable.Range(0, 50).Select(static i => $"wamid.{i}"));
    }

    [Fact]
    public async Task Dispatch_HostWithHandlersIsAway_FindsTheEventsWhenItIsBack()
    {
        var path = _files.NewPath();
        await (await StartAsync(path, b => b.OnMessage<TextReceived>((_, _) => Task.CompletedTask))).DisposeAsync();

        await using (var worker = await StartAsync(path, static _ => { }))
        {
            await AcceptAsync(worker, 1);
            await DrainAsync(worker);
        }

        await using var back = await StartAsync(path, b => b.OnMessage<TextReceived>((message, _) => Note(message.Message.MessageId.Value)));
        await DrainAsync(back);

        _calls.Should().Equal("wamid.1");
    }

    private static Task<WhatsSessionRuntime> StartAsync(string path, Action<WhatsSessionBuilder> build) => WhatsSessionRuntime.StartAsync(
        options =>
        {
            options.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
            options.AppSecret = Secret;
        },
        builder => build(builder.UseSqlite(path)),
        Token);

    private static async Task DrainAsync(WhatsSessionRuntime runtime) => (await runtime.DrainAsync(TimeSpan.FromSeconds(60), Token)).Should().BeTrue();

    private static async Task AcceptAsync(WhatsSessionRuntime runtime, int i)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"314159265358979"},
            "messages":[{"from":"1555000{{{i:0000}}}","id":"wamid.{{{i}}}","timestamp":"{{{at}}}","type":"text","text":{"body":"hello"}}]}}]}]}
            """));
        (await runtime.AcceptAsync(body, WebhookSignature.Compute(body, Secret), Token)).StatusCode.Should().Be(200);
    }

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }
}
