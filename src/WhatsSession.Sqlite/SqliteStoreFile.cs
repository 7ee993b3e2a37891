using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>The file of a store: opens sessions, notices when another file stands at the path, and says what SQLite's errors mean.</summary>
internal sealed class SqliteStoreFile(string path, TimeSpan busyTimeout, SqliteSynchronous synchronous, int? maximumPages) : IDisposable
{
    // Used for nothing but to hold the file open, so that it can be told from another at the same path.
    private SqliteSession? _anchor;
    private volatile bool _isOpen;

    /// <summary>Whether a writer has opened it once.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Whether an error tells of what was to be kept: later it would be refused again.</summary>
    public static bool IsRefusal(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH;

    public Exception Explain(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Unavailable("is locked by another process", exception),
        raw.SQLITE_READONLY => Unavailable("is read-only: give this process the right to write to the file and its directory", exception),
        raw.SQLITE_CANTOPEN => Unavailable(
            "cannot be opened: the path must name a file, and this process must be allowed to write to its directory", exception),
        raw.SQLITE_NOTADB => Unavailable("is not an SQLite database: give the path of another file, or move this one away", exception),
        raw.SQLITE_CORRUPT => Unavailable("is damaged: restore it from a backup, or move it away to start anew", exception),
        raw.SQLITE_FULL => Unavailable("cannot grow: the disk is full", exception),
        raw.SQLITE_IOERR => Unavailable("cannot be read or written: the disk reports an error", exception),

        // Others must not wait for it.
        _ when IsRefusal(exception) => new InvalidOperationException(
            FormattableString.Invariant($"The store file '{path}' cannot take this (SQLite error {exception.SqliteExtendedErrorCode})."), exception),
        _ => Unavailable(
            FormattableString.Invariant($"cannot be used now (SQLite error {exception.SqliteExtendedErrorCode}); the inner exception says more"), exception),
    };

    public StoreUnavailableException IsLocked() => Unavailable("is locked by another process", innerException: null);

    public StoreUnavailableException IsMoved() => Unavailable(
        "was deleted, moved or replaced while in use: nothing can be kept in it. Put it back, or restart the process to begin with what is there now",
        innerException: null);

    public StoreUnavailableException IsReadableInLog(string reason, SqliteException? cause) => new(
        $"The customer is erased, but can still be read in the file's log ('{path}-wal'), because {reason}. "
        + "Emptying it is tried again with every write; to know when it is done, remove the cause and erase again.",
        cause);

    public void ThrowIfMoved(SqliteSession? writer = null)
    {
        if (_anchor?.HasMoved() == true)
        {
            // What stands in the log is the moved file's: a file that takes its place must not get it at the next start.
            writer?.TryTruncateLog(waits: false);
            throw IsMoved();
        }
    }

    public SqliteSession OpenWriter()
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

            // What a savepoint may have to bring back stays in memory, and goes into no file outside of the store's.
            session.ExecuteScript("PRAGMA temp_store = MEMORY");
            if (synchronous == SqliteSynchronous.Normal)
            {
                session.ExecuteScript("PRAGMA synchronous = NORMAL");
            }

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

    public SqliteSession OpenReader()
    {
        ThrowIfMoved();
        var session = new SqliteSession(path, busyTimeout);
        session.ExecuteScript("PRAGMA query_only = 1");
        return session;
    }

    public void Dispose() => _anchor?.Dispose();

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

    private StoreUnavailableException Unavailable(string reason, Exception? innerException) => new($"The store file '{path}' {reason}.", innerException);
}
