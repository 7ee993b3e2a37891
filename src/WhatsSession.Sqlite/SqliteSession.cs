using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>One connection and its prepared statements. Serves one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int PrimaryCode = 0xFF;

    private readonly SqliteConnection _connection;
    private readonly int _busyTimeout;
    private readonly Dictionary<string, SqliteStatement> _statements = new(SqliteTexts.Comparer);
    private readonly SqliteTurn _turn;
    private sqlite3_stmt? _begin;
    private sqlite3_stmt? _commit;
    private sqlite3_stmt? _savepoint;
    private sqlite3_stmt? _release;
    private sqlite3_stmt? _rollBackTo;
    private sqlite3_stmt? _rollBack;

    public SqliteSession(string path, TimeSpan busyTimeout)
    {
        _busyTimeout = (int)busyTimeout.TotalMilliseconds;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            // Whoever opens it finds it there: a file that is gone is noticed, and never begun anew in silence.
            Mode = SqliteOpenMode.ReadWrite,
            Vfs = SqliteZeroedGaps.Vfs,
            // Sessions are pooled by the store, so that a disposed store has let go of its file.
            Pooling = false,
            DefaultTimeout = (int)Math.Max(1, Math.Ceiling(busyTimeout.TotalSeconds)),
        }.ToString());
        try
        {
            _connection.Open();
            Handle = _connection.Handle!;
            raw.sqlite3_busy_timeout(Handle, _busyTimeout);
            _turn = new SqliteTurn(Handle);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>SQLite's own handle, which stays the same however the connection is used.</summary>
    public sqlite3 Handle { get; }

    /// <summary>The <c>rowid</c> of the row that was inserted last.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(Handle);

    private bool IsInTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>
    /// Begins a transaction that holds the right to write from its start, so that nothing in it can meet a lock. Waits for other processes up to the busy
    /// timeout, and lets those go first that wait for this one.
    /// </summary>
    public void BeginImmediate()
    {
        // Neither through a command nor by SQLite's own waiting: both sleep ever longer, while a busy process takes the lock again and again.
        raw.sqlite3_busy_timeout(Handle, 0);
        try
        {
            _turn.LetOthersGo();
            if (!TryBeginImmediate())
            {
                WaitForTurn();
            }
        }
        finally
        {
            raw.sqlite3_busy_timeout(Handle, _busyTimeout);
        }
    }

    public void Commit() => Execute(ref _commit, "COMMIT");

    /// <summary>Begins a part of the transaction that can be taken back by itself.</summary>
    public void BeginSavepoint() => Execute(ref _savepoint, "SAVEPOINT part");

    public void ReleaseSavepoint() => Execute(ref _release, "RELEASE part");

    /// <summary>Takes back what was done since <see cref="BeginSavepoint"/>.</summary>
    /// <returns>False when it cannot be: SQLite has taken back the whole transaction, or must.</returns>
    public bool TryRollBackToSavepoint() =>
        IsInTransaction && TryExecute(ref _rollBackTo, "ROLLBACK TO part") == raw.SQLITE_OK && TryExecute(ref _release, "RELEASE part") == raw.SQLITE_OK;

    /// <summary>Takes back the transaction, if SQLite has not done so.</summary>
    public bool TryRollBack() => !IsInTransaction || TryExecute(ref _rollBack, "ROLLBACK") == raw.SQLITE_OK;

    /// <summary>Writes the whole log back into the file and empties it.</summary>
    /// <param name="waits">Whether to wait for others who use the log, up to the busy timeout.</param>
    /// <returns>False when others use it.</returns>
    public bool TryTruncateLog(bool waits)
    {
        raw.sqlite3_busy_timeout(Handle, waits ? _busyTimeout : 0);
        try
        {
            // SQLite itself waits for readers alone, and not for who writes the log back or says that it waits (SqliteTurn).
            var since = Stopwatch.GetTimestamp();
            var wait = default(SpinWait);
            int code;
            while ((code = raw.sqlite3_wal_checkpoint_v2(Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _)) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            {
                if (!waits || Stopwatch.GetElapsedTime(since).TotalMilliseconds >= _busyTimeout)
                {
                    return false;
                }

                wait.SpinOnce();
            }

            SqliteException.ThrowExceptionForRC(code, Handle);
            return true;
        }
        finally
        {
            raw.sqlite3_busy_timeout(Handle, _busyTimeout);
        }
    }

    /// <summary>Forgets the pages that were read, so that the next ones come from the file.</summary>
    public void ForgetPages() => ExecuteScript("PRAGMA shrink_memory");

    /// <summary>Lets the file grow to so many pages; null for as far as the disk goes.</summary>
    public void LimitPages(int? most)
    {
        if (most is { } pages)
        {
            ExecuteScript(FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));
        }
    }

    /// <summary>Whether another file, or none, stands at the path by now.</summary>
    public bool HasMoved() => SqliteFile.HasMoved(Handle);

    /// <summary>Runs statements without values, such as a schema.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this assembly.")]
    public void ExecuteScript(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">A constant; its parameters are <c>?1</c>, <c>?2</c> and so on.</param>
    /// <param name="values">Their values.</param>
    /// <returns>How many rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => StatementOf(sql).Execute(values);

    /// <summary>Runs a query. Its rows are read before the same is asked again.</summary>
    public SqliteRows Read(string sql, params ReadOnlySpan<object?> values) => StatementOf(sql).Read(values);

    /// <summary>Whether a query with a number as its one value has a row.</summary>
    public bool Exists(string sql, long value) => StatementOf(sql).HasRow(value);

    /// <summary>Whether a query has a row.</summary>
    public bool Exists(string sql, params ReadOnlySpan<object?> values) => StatementOf(sql).HasRow(values);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        foreach (var statement in (ReadOnlySpan<sqlite3_stmt?>)[_begin, _commit, _savepoint, _release, _rollBackTo, _rollBack])
        {
            statement?.Dispose();
        }

        _connection.Dispose();
    }

    /// <returns>False when another holds the right to write.</returns>
    private bool TryBeginImmediate()
    {
        var code = TryExecute(ref _begin, "BEGIN IMMEDIATE");
        if (code == raw.SQLITE_BUSY)
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(code, Handle);
        return true;
    }

    private void WaitForTurn()
    {
        var since = Stopwatch.GetTimestamp();
        var asks = _turn.TryAsk();
        try
        {
            var wait = default(SpinWait);
            while (!TryBeginImmediate())
            {
                // Another may have asked before, and gone since.
                asks = asks || _turn.TryAsk();
                if (Stopwatch.GetElapsedTime(since).TotalMilliseconds >= _busyTimeout)
                {
                    throw new SqliteException("Another process is writing.", raw.SQLITE_BUSY);
                }

                wait.SpinOnce();
            }
        }
        finally
        {
            if (asks)
            {
                _turn.EndAsking();
            }
        }
    }

    private void Execute(ref sqlite3_stmt? statement, string sql) => SqliteException.ThrowExceptionForRC(TryExecute(ref statement, sql), Handle);

    /// <summary>Runs a statement that begins or ends something: without a command, which costs more than the statement does.</summary>
    /// <returns>SQLite's primary code.</returns>
    private int TryExecute(ref sqlite3_stmt? statement, string sql)
    {
        if (statement is null)
        {
            var code = raw.sqlite3_prepare_v2(Handle, sql, out statement);
            if (code != raw.SQLITE_OK)
            {
                statement = null;
                return code & PrimaryCode;
            }
        }

        raw.sqlite3_step(statement);
        return raw.sqlite3_reset(statement) & PrimaryCode; // What the step came to.
    }

    private SqliteStatement StatementOf(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new SqliteStatement(Handle, sql));
        }

        return statement;
    }
}
