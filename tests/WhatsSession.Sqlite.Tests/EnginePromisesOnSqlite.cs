using WhatsSession.Storage;
using WhatsSession.StorePromises;

namespace WhatsSession.Sqlite.Tests;

/// <summary>The promises of sends and of what is known, with two hosts that share one file.</summary>
public sealed class EnginePromisesOnSqlite : EnginePromises, IAsyncDisposable
{
    private readonly StoreFiles _files = new();

    // A transaction of the disk's own for each: as many as in memory only where there is time.
    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("WHATSSESSION_DEEP") == "1";

    protected override int DroppedAnswers => IsDeep ? 10_000 : 1_000;

    protected override int EveryWrite => IsDeep ? 1 : 4;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    protected override ValueTask<IReadOnlyList<IWhatsSessionStore>> CreateStoresAsync()
    {
        var first = _files.Open(_files.NewPath());
        return new([first, _files.Open(_files.PathOf(first))]);
    }

    protected override ValueTask<IReadOnlyList<IWhatsSessionStore>> ReopenStoresAsync(IReadOnlyList<IWhatsSessionStore> stores) =>
        new([.. stores.Select(store => _files.Open(_files.PathOf(store)))]);
}
