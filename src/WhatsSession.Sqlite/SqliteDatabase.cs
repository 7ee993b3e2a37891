using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>The file: one session that writes, behind a gate, and a pool of sessions that read.</summary>
/// <remarks>
/// The file is the one that was opened first. When it is deleted, moved or replaced while the store is in use, nothing is written or read any more:
/// what went into it would be lost with it.
/// </remarks>
internal sealed class SqliteDatabase(string path, TimeSpan busyTimeout, int? maximumPages = null) : IAsyncDisposable
{
    [SuppressMessage("Usage", "CA2213", Justification = "Writes may still wait at it; they learn of the end behind it. It holds nothing to release.")]
    private readonly SemaphoreSlim _writeGate = new(1, 1);
    private readonly ConcurrentBag<SqliteSession> _readers = [];

    // Used for nothing but to hold the file open, so that it can be told from another at the same path.
    private SqliteSession? _anchor;
    private SqliteSession? _writer;

    // Who opened the file before may have erased, and ended before its log was empty.
    private bool _owesTruncation = true;
    private volatile int _lockedOut;
    private volatile bool _isOpen;
    private volatile bool _isDisposed;

    public ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _isOpen ? default : WriteAsync(static _ => { }, cancellationToken);
    }

    /// <summary>Runs one transaction that writes. It runs to its end even when the caller stops waiting for it.</summary>
    public ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        WriteAsync(work, erases: false, cancellationToken);

    /// <summary>Runs one transaction whose deletions shall be unreadable in the log too.</summary>
    public async ValueTask EraseAsync(Action<SqliteSession> work, CancellationToken cancellationToken) =>
        await WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            erases: true,
            cancellationToken).ConfigureAwait(false);

    private async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, bool erases, CancellationToken cancellationToken)
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
                    return Write(work, erases);
                }
                finally
                {
                    _writeGate.Release();
                }
            },
            CancellationToken.None);
        return await write.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs one transaction that writes. It runs to its end even when the caller stops waiting for it.</summary>
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
                ThrowIfMoved();
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
            throw Explain(exception);
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
        _anchor?.Dispose();
        _writeGate.Release();
    }

    private Exception Explain(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Unavailable("is locked by another process", exception),
        raw.SQLITE_READONLY => Unavailable("is read-only: give this process the right to write to the file and its directory", exception),
        raw.SQLITE_CANTOPEN => Unavailable(
            "cannot be opened: the path must name a file, and this process must be allowed to write to its directory", exception),
        raw.SQLITE_NOTADB => Unavailable("is not an SQLite database: give the path of another file, or move this one away", exception),
        raw.SQLITE_CORRUPT => Unavailable("is damaged: restore it from a backup, or move it away to start anew", exception),
        raw.SQLITE_FULL => Unavailable("cannot grow: the disk is full", exception),
        raw.SQLITE_IOERR => Unavailable("cannot be read or written: the disk reports an error", exception),

        // Because of what was to be kept: later it would be refused again, and others must not wait for it.
        raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH => new InvalidOperationException(
            FormattableString.Invariant($"The store file '{path}' cannot take this (SQLite error {exception.SqliteExtendedErrorCode})."), exception),
        _ => Unavailable(
            FormattableString.Invariant($"cannot be used now (SQLite error {exception.SqliteExtendedErrorCode}); the inner exception says more"), exception),
    };

    private T Write<T>(Func<SqliteSession, T> work, bool erases)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            var session = _writer ??= OpenWriter();
            T result;
            session.BeginImmediate();
            try
            {
                result = work(session);
                session.Commit();

                // Last: what is acknowledged must be in the file that the next start will open.
                ThrowIfMoved(session);
            }
            catch
            {
                // Whatever state the transaction is in, closing the connection rolls it back.
                _writer = null;
                session.Dispose();
                throw;
            }

            // The write is in the file, whatever becomes of the log.
            if (erases || _owesTruncation)
            {
                Truncate(session, erases);
            }

            return result;
        }
        catch (SqliteException exception)
        {
            if (exception.SqliteErrorCode is raw.SQLITE_BUSY)
            {
                // Under the gate, so there is no other writer of this field.
                _lockedOut++;
            }

            throw Explain(exception);
        }
    }

    /// <summary>
    /// Empties the log after an erasure, whose pages it holds in their former state. When something is in the way, each write after it tries again, and the
    /// erasure says so: it is kept, but whoever reads the files finds the customer in them.
    /// </summary>
    private void Truncate(SqliteSession session, bool erases)
    {
        var reason = "another process reads the file";
        SqliteException? cause = null;
        try
        {
            _owesTruncation = !session.TryTruncateLog(waits: erases);
            if (!_owesTruncation)
            {
                // Its memory holds pages as they were, and what it writes next would bring their gaps back into the log.
                session.ForgetPages();
            }
        }
        catch (SqliteException exception)
        {
            _owesTruncation = true;
            cause = exception;
            reason = exception.SqliteErrorCode is raw.SQLITE_FULL ? "the disk is full" : "the disk reports an error";
        }

        if (erases && _owesTruncation)
        {
            throw new StoreUnavailableException(
                $"The customer is erased, but can still be read in the file's log ('{path}-wal'), because {reason}. "
                + "Emptying it is tried again with every write; to know when it is done, remove the cause and erase again.",
                cause);
        }
    }

    private void ThrowIfMoved(SqliteSession? writer = null)
    {
        if (_anchor?.HasMoved() == true)
        {
            // What stands in the log is the moved file's: a file that takes its place must not get it at the next start.
            writer?.TryTruncateLog(waits: false);
            throw Unavailable(
                "was deleted, moved or replaced while in use: nothing can be kept in it. Put it back, or restart the process to begin with what is there now",
                innerException: null);
        }
    }

    private SqliteSession OpenWriter()
    {
        var directory = Path.GetDirectoryName(path);
        if (!Directory.Exists(directory))
        {
            throw Unavailable($"cannot be made: there is no directory '{directory}'; create it or give another path", innerException: null);
        }

        ThrowIfMoved();
        if (_anchor is null)
        {
            Create();
        }

        var anchor = _anchor ?? new SqliteSession(path, busyTimeout);
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(path, busyTimeout);
            SqliteSchema.Prepare(session, path);
            session.LimitPages(maximumPages);
            _anchor = anchor;
            _isOpen = true;
            return session;
        }
        catch
        {
            session?.Dispose();
            if (_anchor is null)
            {
                anchor.Dispose();
            }

            throw;
        }
    }

    private void Create()
    {
        try
        {
            SqliteFile.CreateIfAbsent(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable("cannot be made: this process must be allowed to write to its directory, and the disk must have room", exception);
        }
    }

    private SqliteSession OpenReader()
    {
        ThrowIfMoved();
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
