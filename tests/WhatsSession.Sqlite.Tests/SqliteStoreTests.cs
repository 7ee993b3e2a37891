using System.Globalization;
using WhatsSession.StoreConformance;

namespace WhatsSession.Tests;

public sealed class SqliteStoreTests : StoreConformanceTests, IAsyncDisposable
{
    private readonly StoreFiles _files = new();

    // Each sample makes files of its own.
    protected override int Samples => 40;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    protected override async ValueTask<IWhatsSessionStore> CreateAsync()
    {
        var store = _files.Open(_files.NewPath());
        await store.OpenAsync(Token);
        return store;
    }

    protected override ValueTask<IWhatsSessionStore> OpenAnotherAsync(IWhatsSessionStore store) => new(_files.Open(_files.PathOf(store)));

    protected override ValueTask<int> CountQuarantinedAsync(IWhatsSessionStore store) => CountAsync(store, "SELECT count(*) FROM quarantine");

    protected override ValueTask<int> CountParkedAsync(IWhatsSessionStore store) => CountAsync(store, "SELECT count(*) FROM outbox WHERE parked = 1");

    private async ValueTask<int> CountAsync(IWhatsSessionStore store, string sql) =>
        Convert.ToInt32(await StoreFiles.QueryAsync(_files.PathOf(store), sql), CultureInfo.InvariantCulture);
}
