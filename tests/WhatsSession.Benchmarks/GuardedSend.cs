using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.Benchmarks;

/// <summary>Row 4: a text into an open window, one after the other, through everything that <c>AddWhatsSession</c> puts together.</summary>
internal class GuardedSend : BudgetRow
{
    private const string Text = "Yes, it is. Shall I put one aside for you?";

    private static readonly byte[] RequestOfText = Encoding.UTF8.GetBytes(
        $$"""{"messaging_product":"whatsapp","recipient_type":"individual","to":"15550001234","type":"text","text":{"body":"{{Text}}"},"biz_opaque_callback_data":"ws1.AAAAAAAAAAAAAAAAAAAAAA.1794900000|"}""");

    private readonly HttpClient _raw = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AllowAutoRedirect = false, UseCookies = false });
    private StubProcess? _stub;
    private ServiceProvider? _services;
    private Conversation? _conversation;
    private Uri? _messages;

    public override string Number => "4";

    public override string Name => "guarded text send, stub in another process";

    public override string Floor => "raw HttpClient, pre-serialised bytes, ReadAsByteArrayAsync";

    public override double TimeBudget => 1.15;

    public override long ByteBudget => 4200;

    public override bool CountsWholeProcess => true;

    public override int OperationsPerRound => 25;

    public override async ValueTask<string?> PrepareAsync()
    {
        _stub = await StubProcess.StartAsync("stub");
        _messages = new Uri(_stub.Address, "v27.0/314159265358979/messages");
        var services = new ServiceCollection();
        services.AddWhatsSession(o =>
        {
            o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "EAAtoken");
            o.AppSecret = SampleWebhook.Secret;
            o.GraphBaseAddress = _stub.Address;
        });
        _services = services.BuildServiceProvider();

        // The customer has written just now, so the window is open and both of the customer's identifiers are known.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var webhook = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SampleWebhook.Body).Replace("1794900000", now, StringComparison.Ordinal));
        var accepted = await _services.GetRequiredService<WhatsSessionRuntime>().AcceptAsync(webhook, WebhookSignature.Compute(webhook, SampleWebhook.Secret));
        _conversation = await OpenAsync(_services.GetRequiredService<IWhatsSession>().Number("support"));
        return accepted.StatusCode == 200 && (await _conversation.GetWindowAsync()).State == WindowState.Open ? null : "the window did not open";
    }

    public override async ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            var outcome = await SendAsync(_conversation!);
            if (!outcome.IsAccepted)
            {
                throw new InvalidOperationException(outcome.Describe());
            }
        }
    }

    public override async ValueTask RunFloorAsync(int operations)
    {
        var bytes = Request;
        for (var i = 0; i < operations; i++)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
            using var request = new HttpRequestMessage(HttpMethod.Post, _messages) { Content = content };
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer EAAtoken");
            using var response = await _raw.SendAsync(request);
            var answer = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode != HttpStatusCode.OK || answer.Length == 0)
            {
                throw new InvalidOperationException("The stub did not answer.");
            }
        }
    }

    /// <summary>What the floor posts: the bytes that the operation posts.</summary>
    protected virtual byte[] Request => RequestOfText;

    /// <summary>The conversation to send into, with an open window: by default that of the customer who has written.</summary>
    protected virtual ValueTask<Conversation> OpenAsync(BusinessNumber number) => new(number.Conversation("15550001234"));

    protected virtual Task<SendOutcome> SendAsync(Conversation conversation) => conversation.SendAsync(new TextMessage(Text));

    public override async ValueTask DisposeAsync()
    {
        _raw.Dispose();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        _stub?.Dispose();
        await base.DisposeAsync();
    }
}
