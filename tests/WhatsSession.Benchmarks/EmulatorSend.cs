using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using WhatsSession.Emulator;

namespace WhatsSession.Benchmarks;

/// <summary>Rows E1 and E1w: texts into open windows of the emulator in this process, on 16 connections that each wait for the answer. Every text is checked and delivered, and it and its two statuses are kept in the journal.</summary>
/// <param name="hasConsumer">Whether somebody is connected who takes the webhooks: then each status is signed and handed over too.</param>
internal sealed class EmulatorSend(bool hasConsumer) : BudgetRow
{
    private const int Connections = 16;
    private const string NumberId = "314159265358979";

    private readonly List<KeptConnection> _toEmulator = [];
    private readonly List<KeptConnection> _toFloor = [];
    private byte[][] _requests = [];
    private WhatsAppEmulator? _emulator;
    private WebApplication? _floor;

    public override string Number => hasConsumer ? "E1w" : "E1";

    public override string Name => hasConsumer ? "emulator: the same, webhooks delivered" : "emulator: sends on 16 connections";

    public override string Floor => "a bare Kestrel in this process, the same answer";

    /// <summary>At least half as many sends a second.</summary>
    public override double TimeBudget => 2;

    public override int OperationsPerRound => 8 * Connections;

    /// <summary>The emulator keeps what it sees, so a long run would measure the garbage collector.</summary>
    public override TimeSpan WarmUp => TimeSpan.FromSeconds(6);

    public override async ValueTask<string?> PrepareAsync()
    {
        _emulator = await WhatsAppEmulator.StartAsync(o => o.RateLimits = false);
        var phones = Enumerable.Range(0, Connections).Select(static i => string.Create(CultureInfo.InvariantCulture, $"1555000{i:0000}")).ToArray();
        foreach (var phone in phones)
        {
            await _emulator.Customer(phone).SaysAsync("Is the kettle in stock?");
            _toEmulator.Add(await KeptConnection.OpenAsync(_emulator.BaseAddress));
        }

        if (hasConsumer)
        {
            _emulator.ConnectWebhook(static (_, _) => Task.FromResult(200));
        }

        _requests = Array.ConvertAll(phones, RequestTo);
        var answer = (await _toEmulator[0].AskAsync(_requests[0])).ToArray();
        _floor = await EmptyKestrel.StartAsync(answer);
        for (var i = 0; i < Connections; i++)
        {
            _toFloor.Add(await KeptConnection.OpenAsync(new Uri(_floor.Urls.First())));
        }

        return null;
    }

    public override ValueTask RunAsync(int operations) => SendAsync(_toEmulator, operations);

    public override ValueTask RunFloorAsync(int operations) => SendAsync(_toFloor, operations);

    public override async ValueTask DisposeAsync()
    {
        _toEmulator.ForEach(static c => c.Dispose());
        _toFloor.ForEach(static c => c.Dispose());
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        if (_floor is not null)
        {
            await _floor.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async ValueTask SendAsync(List<KeptConnection> connections, int operations) =>
        await Task.WhenAll(connections.Select(async (connection, place) =>
        {
            for (var i = 0; i < operations / Connections; i++)
            {
                await connection.AskAsync(_requests[place]);
            }
        }));

    private static byte[] RequestTo(string phone)
    {
        var body = $$"""{"messaging_product":"whatsapp","recipient_type":"individual","to":"{{phone}}","type":"text","text":{"body":"Yes, it is. Shall I put one aside for you?"},"biz_opaque_callback_data":"ws1.AAAAAAAAAAAAAAAAAAAAAA.1794900000|"}""";
        return Encoding.ASCII.GetBytes(
            $"POST /v27.0/{NumberId}/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer dev\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
