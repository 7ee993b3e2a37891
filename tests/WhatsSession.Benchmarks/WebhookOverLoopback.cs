namespace WhatsSession.Benchmarks;

/// <summary>Row 13: fresh webhooks over loopback on 64 connections, each waiting for its 200 before it sends the next.</summary>
/// <param name="file">The file of the store; null to keep everything in memory.</param>
internal sealed class WebhookOverLoopback(string? file) : BudgetRow
{
    private const int Connections = 64;

    private readonly FreshWebhooks _webhooks = new();
    private readonly List<WebhookConnection> _connections = [];
    private StubProcess? _server;

    public override string Number => "13";

    public override string Name => "webhook endpoint, 64 connections, in memory";

    public override string Floor => "the same Kestrel, body read and HMAC computed";

    /// <summary>At least 0.8 times the requests a second.</summary>
    public override double TimeBudget => 1 / 0.8;

    public override int OperationsPerRound => 8 * Connections;

    public override async ValueTask<string?> PrepareAsync()
    {
        _server = await StubProcess.StartAsync(file is null ? ["webhooks"] : ["webhooks", file]);
        for (var i = 0; i < Connections; i++)
        {
            _connections.Add(await WebhookConnection.OpenAsync(_server.Address));
        }

        return null;
    }

    public override ValueTask RunAsync(int operations) => PostAsync("/whatsapp", operations);

    public override ValueTask RunFloorAsync(int operations) => PostAsync("/floor", operations);

    public override ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        _server?.Dispose();
        return base.DisposeAsync();
    }

    private async ValueTask PostAsync(string path, int operations) =>
        await Task.WhenAll(_connections.Select(async connection =>
        {
            for (var i = 0; i < operations / Connections; i++)
            {
                await connection.PostAsync(path, _webhooks.Next());
            }
        }));
}
