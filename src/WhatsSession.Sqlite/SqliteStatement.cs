using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>A prepared statement. It goes to SQLite directly: a command costs more than many a statement does.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int _parameters;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection, sql, out _statement), connection);
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows changed.</returns>
    public int Execute(ReadOnlySpan<object?> values)
    {
        HasRow(values);
        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Runs it to its first row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool HasRow(ReadOnlySpan<object?> values)
    {
        Bind(values);
        var step = raw.sqlite3_step(_statement);
        Reset();
        return step == raw.SQLITE_ROW;
    }

    /// <summary>Runs it to its first row, with a number as its one value: nothing is allocated.</summary>
    /// <returns>Whether there is one.</returns>
    public bool HasRow(long value)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(_statement, 1, value), _connection);
        var step = raw.sqlite3_step(_statement);
        Reset();
        return step == raw.SQLITE_ROW;
    }

    /// <summary>Begins to read its rows, which end with a <see cref="Reset"/>.</summary>
    public SqliteRows Read(ReadOnlySpan<object?> values)
    {
        Bind(values);
        return new SqliteRows(this, _statement);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var step = raw.sqlite3_step(_statement);
        if (step is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Reset();
        }

        return step == raw.SQLITE_ROW;
    }

    /// <summary>Ends a run.</summary>
    public void Reset()
    {
        var code = raw.sqlite3_reset(_statement); // What the last step came to, as long as it was an error.
        raw.sqlite3_clear_bindings(_statement); // Its copies of the values, a customer's among them, would stay until it runs again.
        SqliteException.ThrowExceptionForRC(code, _connection);
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length < _parameters)
        {
            throw new ArgumentException("A statement takes more values than it was given.", nameof(values));
        }

        for (var i = 1; i <= _parameters; i++)
        {
            SqliteException.ThrowExceptionForRC(Bind(i, values[i - 1]), _connection);
        }
    }

    private int Bind(int parameter, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, parameter),
        string text => raw.sqlite3_bind_text(_statement, parameter, text),
        long number => raw.sqlite3_bind_int64(_statement, parameter, number),
        int number => raw.sqlite3_bind_int64(_statement, parameter, number),
        bool truth => raw.sqlite3_bind_int64(_statement, parameter, truth ? 1 : 0),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, parameter, bytes),
        _ => throw new ArgumentException($"A value is of {value.GetType()}, which no column takes.", nameof(value)),
    };
}
