using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using WhatsSession.Storage;

namespace WhatsSession.Sqlite.Tests;

/// <summary>A directory of store files that goes away with the test.</summary>
internal sealed class StoreFiles : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("whatssession-");
    private readonly ConcurrentDictionary<IWhatsSessionStore, string> _stores = new();

    public string NewPath() => Path.Combine(_directory.FullName, Guid.NewGuid().ToString("n") + ".db");

    public SqliteStore Open(string path) => Open(path, TimeSpan.FromSeconds(30));

    public SqliteStore Open(string path, TimeSpan busyTimeout)
    {
        var store = new SqliteStore(new SqliteStoreOptions { Path = path, BusyTimeout = busyTimeout });
        _stores[store] = path;
        return store;
    }

    public string PathOf(IWhatsSessionStore store) => _stores[store];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Keys)
        {
            await ((SqliteStore)store).DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    /// <summary>Another program's connection to a file.</summary>
    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Constants of the tests.")]
    public static async Task<object?> QueryAsync(string path, string sql)
    {
        await using var connection = Connect(path);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
