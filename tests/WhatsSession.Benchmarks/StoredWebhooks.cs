using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>
/// Row 13b: fresh webhooks over loopback into a file, each waiting for its 200 before the next goes on its connection; with a handler until every event is done.
/// </summary>
/// <param name="connections">How many connections.</param>
/// <param name="isHandled">Whether each message goes to a handler, which does nothing.</param>
internal sealed class StoredWebhooks(int connections, bool isHandled) : BudgetRow
{
    private readonly FreshWebhooks _webhooks = new();
    private readonly List<WebhookConnection> _connections = [];
    private readonly ScratchDirectory _directory = new();
    private readonly List<long> _backlogs = [];
    private StubProcess? _server;
    private KeptConnection? _counter;
    private long _posted;
    private long _postedToFloor;

    public override string Number => string.Create(CultureInfo.InvariantCulture, $"13b{(isHandled ? 3 : 1) + (connections > 16 ? 1 : 0)}");

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"webhooks on SQLite{(isHandled ? " to a handler and done" : "")}, {connections} connections");

    public override string Floor => "hand-written durable store, group commit" + (isHandled ? ", 100 events completed a commit" : "");

    public override double TimeBudget => isHandled ? 3 : 1.5;

    public override int OperationsPerRound => 16 * connections;

    public override int Rounds => 51;

    public override TimeSpan Patience => TimeSpan.FromSeconds(6);

    public override TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    public override string? Remark => _backlogs.Count == 0
        ? null
        : "posted and not yet handled after each of three seconds without a pause: " + string.Join(", ", _backlogs.Select(static backlog => backlog.ToString("N0", CultureInfo.InvariantCulture)));

    public override async ValueTask<string?> PrepareAsync()
    {
        _server = await StubProcess.StartAsync(["stored", _directory.PathOf("sdk.db"), _directory.PathOf("floor.db"), .. isHandled ? ["handled"] : Array.Empty<string>()]);
        for (var i = 0; i < connections; i++)
        {
            _connections.Add(await WebhookConnection.OpenAsync(_server.Address));
        }

        _counter = await KeptConnection.OpenAsync(_server.Address);
        return null;
    }

    public override async Task<Measurement> MeasureAsync()
    {
        var measured = await base.MeasureAsync();
        if (isHandled)
        {
            await MeasureBacklogAsync();
        }

        return measured;
    }

    public override async ValueTask RunAsync(int operations)
    {
        await PostAsync("/whatsapp", operations);
        _posted += operations;
        if (isHandled)
        {
            await _connections[0].PostAsync(string.Create(CultureInfo.InvariantCulture, $"/whatsapp/done/{_posted}"), []);
        }
    }

    public override async ValueTask RunFloorAsync(int operations)
    {
        await PostAsync("/floor", operations);
        _postedToFloor += operations;
        if (isHandled)
        {
            await _connections[0].PostAsync(string.Create(CultureInfo.InvariantCulture, $"/floor/done/{_postedToFloor}"), []);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        _counter?.Dispose();
        _server?.Dispose();
        _directory.Dispose();
        return base.DisposeAsync();
    }

    private async ValueTask PostAsync(string path, int operations) =>
        await Task.WhenAll(_connections.Select(async connection =>
        {
            for (var i = 0; i < operations / connections; i++)
            {
                await connection.PostAsync(path, _webhooks.Next());
            }
        }));

    /// <summary>The backlog is flat when it does not grow from second to second.</summary>
    private async Task MeasureBacklogAsync()
    {
        for (var second = 0; second < 3; second++)
        {
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
            {
                await PostAsync("/whatsapp", OperationsPerRound);
                _posted += OperationsPerRound;
            }

            var answer = await _counter!.AskAsync("GET /handled HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            _backlogs.Add(_posted - long.Parse(Encoding.ASCII.GetString(answer.Span), CultureInfo.InvariantCulture));
        }
    }
}
