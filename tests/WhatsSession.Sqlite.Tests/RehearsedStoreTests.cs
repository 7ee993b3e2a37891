using WhatsSession.Storage;
using WhatsSession.StoreConformance;

namespace WhatsSession.Sqlite.Tests;

/// <summary>The contract of stores where every write runs twice, the first time in vain, as it does when SQLite takes back what several wrote together.</summary>
public sealed class RehearsedStoreTests : StoreConformanceTests, IAsyncDisposable
{
    private readonly StoreFiles _files = new();
    private readonly Dictionary<IWhatsSessionStore, string> _stores = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Keys.Cast<SqliteStore>())
        {
            await store.DisposeAsync();
        }

        await _files.DisposeAsync();
    }

    protected override ValueTask<IWhatsSessionStore> CreateAsync() => OpenAsync(_files.NewPath());

    protected override ValueTask<IWhatsSessionStore> OpenAnotherAsync(IWhatsSessionStore store) => OpenAsync(_stores[store]);

    private async ValueTask<IWhatsSessionStore> OpenAsync(string path)
    {
        var store = new SqliteStore(new RehearsedDatabase(path));
        _stores[store] = path;
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    private sealed class RehearsedDatabase(string path) : SqliteDatabase(path, TimeSpan.FromSeconds(30))
    {
        protected override ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, bool erases, CancellationToken cancellationToken) => base.WriteAsync(
            session =>
            {
                session.BeginSavepoint();
                work(session);
                session.TryRollBackToSavepoint().Should().BeTrue();
                return work(session);
            },
            erases,
            cancellationToken);
    }
}
