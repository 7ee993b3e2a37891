namespace WhatsSession.Benchmarks;

/// <summary>Row 13e: the last ten messages of a conversation in a file.</summary>
internal sealed class HistoryRead : BudgetRow
{
    private const int Customers = 100;
    private const int Messages = 50;

    private readonly ScratchDirectory _directory = new();
    private readonly Conversation[] _conversations = new Conversation[Customers];
    private StoredSdk? _sdk;
    private int _next;

    public override string Number => "13e";

    public override string Name => "history of 10 on SQLite";

    public override string Floor => "one read of the window, same store";

    public override double TimeBudget => 3;

    public override int OperationsPerRound => 50;

    public override TimeSpan Patience => TimeSpan.FromSeconds(4);

    public override TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    public override async ValueTask<string?> PrepareAsync()
    {
        _sdk = new StoredSdk(_directory.PathOf("sdk.db"));
        var webhooks = new FreshWebhooks(Customers);
        await _sdk.AcceptAsync(webhooks, Customers * Messages, callers: 64);
        for (var i = 0; i < Customers; i++)
        {
            _conversations[i] = _sdk.Conversation(HandWrittenEvent.OfWebhook(webhooks.Next()).Customer);
        }

        return null;
    }

    public override async ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            if ((await Next().GetHistoryAsync(10)).Count != 10)
            {
                throw new InvalidOperationException("Messages are missing.");
            }
        }
    }

    public override async ValueTask RunFloorAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            await Next().GetWindowAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_sdk is not null)
        {
            await _sdk.DisposeAsync();
        }

        _directory.Dispose();
        await base.DisposeAsync();
    }

    private Conversation Next() => _conversations[_next++ % Customers];
}
