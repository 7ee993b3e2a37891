using WhatsSession.Storage;
using WhatsSession.StorePromises;

namespace WhatsSession.Sqlite.Tests;

public sealed class SqliteStoreTests : StoreLaws, IAsyncDisposable
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
}
