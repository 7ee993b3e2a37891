using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>The file: one session that writes, behind a gate, and a pool of sessions that read.</summary>
internal sealed class SqliteDatabase(string path, TimeSpan busyTimeout) : IAsyncDisposable
{
    [SuppressMessage("Usage", "CA2213", Justification = "Writes may still wait at it; they learn of the end behind it. It holds nothing to release.")]
    private readonly SemaphoreSlim _writeGate = new(1, 1);
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private SqliteSession? _writer;
    private volatile int _lockedOut;
    private volatile bool _isOpen;
    private volatile bool _isDisposed;

    public ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _isOpen ? default : WriteAsync(static _ => { }, cancellationToken);
    }

    /// <summary>Runs one transaction that writes. It runs to its end even when the caller stops waiting for it.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var lockedOut = _lockedOut;
        await _writeGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (lockedOut != _lockedOut)
        {
            // Another write waited for the file in vain meanwhile: a queue of writes must not wait for it one after the other.
            _writeGate.Release();
            throw Unavailable("is locked by another process", innerException: null);
        }

        // SQLite blocks, so it gets a thread of its own.
        var write = Task.Run(
            () =>
            {
                try
                {
                    return Write(work);
                }
                finally
                {
                    _writeGate.Release();
                }
            },
            CancellationToken.None);
        return await write.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="WriteAsync{T}" />
    public async ValueTask WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken) =>
        await WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Reads. Work of more than one statement may see a write between them.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var session = _readers.TryTake(out var pooled) ? pooled : OpenReader();
            try
            {
                var result = work(session);
                Return(session);
                return result;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException exception) when (Explain(exception) is { } reason)
        {
            throw Unavailable(reason, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _writeGate.WaitAsync().ConfigureAwait(false);
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        // Last, for the last connection to close writes the log back into the file and removes it, which a reader may not.
        _writer?.Dispose();
        _writer = null;
        _writeGate.Release();
    }

    private static string? Explain(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "is locked by another process",
        raw.SQLITE_READONLY => "is read-only: give this process the right to write to the file and its directory",
        raw.SQLITE_CANTOPEN => "cannot be opened: the path must name a file, and this process must be allowed to write to its directory",
        raw.SQLITE_NOTADB => "is not an SQLite database: give the path of another file, or move this one away",
        raw.SQLITE_CORRUPT => "is damaged: restore it from a backup, or move it away to start anew",
        raw.SQLITE_FULL => "cannot grow: the disk is full",
        raw.SQLITE_IOERR => "cannot be read or written: the disk reports an error",
        _ => null,
    };

    private T Write<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            var session = _writer ??= OpenWriter();
            session.BeginImmediate();
            try
            {
                var result = work(session);
                session.Commit();
                return result;
            }
            catch
            {
                // Whatever state the transaction is in, closing the connection rolls it back.
                _writer = null;
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException exception) when (Explain(exception) is { } reason)
        {
            if (exception.SqliteErrorCode is raw.SQLITE_BUSY)
            {
                // Under the gate, so there is no other writer of this field.
                _lockedOut++;
            }

            throw Unavailable(reason, exception);
        }
    }

    private SqliteSession OpenWriter()
    {
        var directory = Path.GetDirectoryName(path);
        if (!Directory.Exists(directory))
        {
            throw Unavailable($"cannot be made: there is no directory '{directory}'; create it or give another path", innerException: null);
        }

        var session = new SqliteSession(path, busyTimeout);
        try
        {
            SqliteSchema.Prepare(session, path);
            _isOpen = true;
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private SqliteSession OpenReader()
    {
        var session = new SqliteSession(path, busyTimeout);
        session.ExecuteScript("PRAGMA query_only = 1");
        return session;
    }

    private void Return(SqliteSession reader)
    {
        _readers.Add(reader);
        if (_isDisposed && _readers.TryTake(out var late))
        {
            late.Dispose();
        }
    }

    private StoreUnavailableException Unavailable(string reason, Exception? innerException) => new($"The store file '{path}' {reason}.", innerException);
}
