using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>One connection and its prepared statements. Serves one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly int _busyTimeout;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

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
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>SQLite's own handle, which stays the same however the connection is used.</summary>
    public sqlite3 Handle { get; }

    /// <summary>Begins a transaction that holds the right to write from its start, so that nothing in it can meet a lock.</summary>
    public void BeginImmediate()
    {
        // Not through a command: those would go on trying after SQLite's own busy timeout, in steps of 150 ms.
        var code = raw.sqlite3_exec(Handle, "BEGIN IMMEDIATE");
        SqliteException.ThrowExceptionForRC(code, Handle);
    }

    public void Commit() => Execute("COMMIT");

    /// <summary>Writes the whole log back into the file and empties it.</summary>
    /// <param name="waits">Whether to wait for others who use the log, up to the busy timeout.</param>
    /// <returns>False when others use it.</returns>
    public bool TryTruncateLog(bool waits)
    {
        raw.sqlite3_busy_timeout(Handle, waits ? _busyTimeout : 0);
        try
        {
            var code = raw.sqlite3_wal_checkpoint_v2(Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
            if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            {
                return false;
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
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query. Its rows are read before the next call.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <summary>Whether a query has a row.</summary>
    public bool Exists(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar() is not null;

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    [SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this assembly.")]
    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = _connection.CreateCommand();
            statement.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                statement.Parameters.Add(new SqliteParameter { ParameterName = "?" + i.ToString(CultureInfo.InvariantCulture) });
            }

            _statements.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
        {
            statement.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        statement.Prepare();
        return statement;
    }
}
