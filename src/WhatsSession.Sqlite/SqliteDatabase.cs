using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace WhatsSession;

/// <summary>The file: one session that writes, and a pool of sessions that read.</summary>
/// <remarks>
/// The file is the one that was opened first. When it is deleted, moved or replaced while the store is in use, nothing is written or read any more:
/// what went into it would be lost with it.
/// </remarks>
internal class SqliteDatabase : IAsyncDisposable
{
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteStoreFile _file;
    private readonly SqliteWriter _writer;
    private volatile bool _isDisposed;

    public SqliteDatabase(string path, TimeSpan busyTimeout, SqliteSynchronous synchronous = SqliteSynchronous.Full, int? maximumPages = null)
    {
        _file = new SqliteStoreFile(path, busyTimeout, synchronous, maximumPages);
        _writer = new SqliteWriter(_file);
    }

    public ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.IsOpen ? default : WriteAsync(static _ => { }, cancellationToken);
    }

    /// <summary>
    /// Runs work in a transaction, which it may share with other writes. Its failure is its own. It may run twice, the first time in vain, so it changes
    /// nothing but the session. Cancelled while it waits, it does not run; once it runs, its result is what became of it.
    /// </summary>
    public ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        WriteAsync(work, erases: false, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}(Func{SqliteSession, T}, CancellationToken)" />
    public ValueTask WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken) => WriteAsync(work, erases: false, cancellationToken);

    /// <summary>Runs work in a transaction whose deletions shall be unreadable in the log too.</summary>
    public ValueTask EraseAsync(Action<SqliteSession> work, CancellationToken cancellationToken) => WriteAsync(work, erases: true, cancellationToken);

    /// <summary>Reads. Work of more than one statement may see a write between them.</summary>
    public ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        ReadAsync(work, static (session, work) => work(session), cancellationToken);

    /// <summary>The same with an argument: work that captures nothing allocates nothing.</summary>
    public async ValueTask<T> ReadAsync<TArgument, T>(
        TArgument argument, Func<SqliteSession, TArgument, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var session = _readers.TryTake(out var pooled) ? pooled : _file.OpenReader();
            try
            {
                var result = work(session, argument);
                _file.ThrowIfMoved();
                Return(session);
                return result;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw _file.Explain(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        // Last, for the last connection to close writes the log back into the file and removes it, which a reader may not.
        await _writer.DisposeAsync().ConfigureAwait(false);
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Every write comes this way.</summary>
    protected virtual ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, bool erases, CancellationToken cancellationToken) =>
        new(_writer.WriteAsync(work, erases, cancellationToken));

    private ValueTask WriteAsync(Action<SqliteSession> work, bool erases, CancellationToken cancellationToken)
    {
        var kept = WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            erases,
            cancellationToken);
        return new ValueTask(kept.AsTask());
    }

    private void Return(SqliteSession reader)
    {
        _readers.Add(reader);
        if (_isDisposed && _readers.TryTake(out var late))
        {
            late.Dispose();
        }
    }
}
