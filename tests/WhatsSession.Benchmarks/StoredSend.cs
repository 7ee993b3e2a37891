using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>Row 13d: a text into an open window with the store in a file, by several callers at once, each to a customer of its own.</summary>
internal sealed class StoredSend(int callers) : BudgetRow
{
    private const string Text = "Yes, it is. Shall I put one aside for you?";

    // A log that grows costs the disk more at every commit than one that is written over, as it is from its first checkpoint on (ours at 16 MB, the floor's at 4).
    private const int EventsOfALog = 6000;

    private static readonly byte[] Request = Encoding.UTF8.GetBytes(
        $$"""{"messaging_product":"whatsapp","recipient_type":"individual","to":"15550001234","type":"text","text":{"body":"{{Text}}"},"biz_opaque_callback_data":"ws1.AAAAAAAAAAAAAAAAAAAAAA.1794900000|"}""");

    private readonly HttpClient _raw = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AllowAutoRedirect = false, UseCookies = false });
    private readonly ScratchDirectory _directory = new();
    private readonly string[] _customers = new string[callers];
    private readonly Conversation[] _conversations = new Conversation[callers];
    private StubProcess? _stub;
    private StoredSdk? _sdk;
    private HandWrittenStore? _floor;
    private Uri? _messages;

    public override string Number => callers == 1 ? "13d1" : "13d2";

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"guarded text send on SQLite, callers: {callers}");

    public override string Floor => "hand-written: window read, intent row, POST, settle row, group commit";

    public override double TimeBudget => callers == 1 ? 1.1 : 2;

    public override int OperationsPerRound => Math.Max(callers * 4, 25);

    public override int Rounds => callers == 1 ? 75 : 51;

    public override TimeSpan Patience => TimeSpan.FromSeconds(4);

    public override async ValueTask<string?> PrepareAsync()
    {
        _stub = await StubProcess.StartAsync("stub");
        _messages = new Uri(_stub.Address, "v27.0/314159265358979/messages");
        _sdk = new StoredSdk(_directory.PathOf("sdk.db"), _stub.Address);
        _floor = new HandWrittenStore(_directory.PathOf("floor.db"));
        await FillLogsAsync();
        var webhooks = new FreshWebhooks(callers);
        for (var i = 0; i < callers; i++)
        {
            var webhook = webhooks.Next();
            var message = HandWrittenEvent.OfWebhook(webhook);
            await _sdk.Runtime.AcceptWithoutVerificationAsync(webhook);
            await _floor.AddAsync(message, isHandled: false);
            _customers[i] = message.Customer;
            _conversations[i] = _sdk.Conversation(message.Customer);
            if ((await _conversations[i].GetWindowAsync()).State != WindowState.Open)
            {
                return "a window did not open";
            }
        }

        return null;
    }

    public override async ValueTask RunAsync(int operations) => await Task.WhenAll(_conversations.Select(conversation => Task.Run(async () =>
    {
        for (var i = 0; i < operations / callers; i++)
        {
            var outcome = await conversation.SendAsync(new TextMessage(Text));
            if (!outcome.IsAccepted)
            {
                throw new InvalidOperationException(outcome.Describe());
            }
        }
    })));

    public override async ValueTask RunFloorAsync(int operations) => await Task.WhenAll(_customers.Select(customer => Task.Run(async () =>
    {
        for (var i = 0; i < operations / callers; i++)
        {
            await SendByHandAsync(customer);
        }
    })));

    public override async ValueTask DisposeAsync()
    {
        _raw.Dispose();
        if (_sdk is not null)
        {
            await _sdk.DisposeAsync();
        }

        _floor?.Dispose();
        _stub?.Dispose();
        _directory.Dispose();
        await base.DisposeAsync();
    }

    private Task FillLogsAsync()
    {
        var webhooks = new FreshWebhooks(EventsOfALog);
        return Task.WhenAll(
            _sdk!.AcceptAsync(webhooks, EventsOfALog, callers: 16),
            Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < EventsOfALog / 16; i++)
                {
                    await _floor!.AddAsync(HandWrittenEvent.OfWebhook(webhooks.Next()), isHandled: false);
                }
            }))));
    }

    private async Task SendByHandAsync(string customer)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        if (_floor!.ReadWindow(customer) is not { } at || at + (24 * 60 * 60) <= now)
        {
            throw new InvalidOperationException("The window is closed.");
        }

        var id = Guid.NewGuid().ToString("N");
        await _floor.AddIntentAsync(id, customer, now, Request);
        var content = new ByteArrayContent(Request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        using var request = new HttpRequestMessage(HttpMethod.Post, _messages) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer EAAtoken");
        using var response = await _raw.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (response.StatusCode != HttpStatusCode.OK || answer.Length == 0)
        {
            throw new InvalidOperationException("The stub did not answer.");
        }

        await _floor.SettleAsync(id, "wamid." + id);
    }
}
