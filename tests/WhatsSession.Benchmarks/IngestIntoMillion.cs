namespace WhatsSession.Benchmarks;

/// <summary>Row 13h: webhooks of 64 callers into a file that holds a million events of one day already.</summary>
internal sealed class IngestIntoMillion : BudgetRow
{
    private const int Callers = 64;

    private readonly ScratchDirectory _directory = new();
    private readonly FreshWebhooks _webhooks = new();
    private StoredSdk? _large;
    private StoredSdk? _small;

    public override string Number => "13h";

    public override string Name => "ingest on SQLite at 1M stored events";

    public override string Floor => "the same at 20,000";

    public override double TimeBudget => 1.1;

    public override int OperationsPerRound => 512;

    public override int Rounds => 51;

    public override TimeSpan Patience => TimeSpan.FromSeconds(60);

    public override TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    public override async ValueTask<string?> PrepareAsync()
    {
        _large = new StoredSdk(_directory.PathOf("large.db"));
        _small = new StoredSdk(_directory.PathOf("small.db"));
        await _small.AcceptAsync(_webhooks, 20_000, Callers, TimeSpan.FromDays(1));

        // As many at once as a commit takes.
        await _large.AcceptAsync(_webhooks, 1_000_000, callers: 500, TimeSpan.FromDays(1));
        return null;
    }

    public override async ValueTask RunAsync(int operations) => await _large!.AcceptAsync(_webhooks, operations, Callers);

    public override async ValueTask RunFloorAsync(int operations) => await _small!.AcceptAsync(_webhooks, operations, Callers);

    public override async ValueTask DisposeAsync()
    {
        if (_large is not null)
        {
            await _large.DisposeAsync();
        }

        if (_small is not null)
        {
            await _small.DisposeAsync();
        }

        _directory.Dispose();
        await base.DisposeAsync();
    }
}
