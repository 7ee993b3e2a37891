using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WhatsSession.Benchmarks;

/// <summary>
/// The floor of the store in a file: what a good engineer would write by hand for one program. As durable as ours (WAL, <c>synchronous = FULL</c>, a commit
/// before the answer), with prepared statements and the indexes that one needs: ids once, history and window by conversation, and what waits for its handler.
/// One thread writes, and each commit holds whatever waits.
/// </summary>
internal sealed class HandWrittenStore : IDisposable
{
    private const int MostTogether = 500;

    private readonly string _source;
    private readonly BlockingCollection<PendingWrite> _writes = [];
    private readonly ConcurrentBag<SqliteCommand> _windows = [];
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _raise;
    private readonly SqliteCommand _queue;
    private readonly SqliteCommand _settle;
    private readonly SqliteCommand _complete;
    private readonly SqliteCommand _waiting;
    private readonly Thread _thread;

    public HandWrittenStore(string path)
    {
        _source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        _writer = Open();
        using (var script = _writer.CreateCommand())
        {
            script.CommandText = """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                CREATE TABLE event (
                    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL, at INTEGER NOT NULL, message TEXT, json BLOB NOT NULL);
                CREATE INDEX event_conversation ON event (conversation, at);
                CREATE TABLE open_window (conversation TEXT PRIMARY KEY, last_inbound INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE waiting (position INTEGER PRIMARY KEY);
                """;
            script.ExecuteNonQuery();
        }

        _begin = Prepare(_writer, "BEGIN IMMEDIATE", 0);
        _commit = Prepare(_writer, "COMMIT", 0);
        _add = Prepare(_writer, "INSERT INTO event (id, conversation, at, json) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", 4);
        _raise = Prepare(
            _writer,
            "INSERT INTO open_window VALUES ($1, $2) ON CONFLICT DO UPDATE SET last_inbound = excluded.last_inbound WHERE last_inbound < excluded.last_inbound",
            2);
        _queue = Prepare(_writer, "INSERT INTO waiting VALUES (last_insert_rowid())", 0);
        _settle = Prepare(_writer, "UPDATE event SET message = $2 WHERE id = $1", 2);
        _complete = Prepare(_writer, "DELETE FROM waiting WHERE position <= $1", 1);
        _reader = Open();
        _waiting = Prepare(_reader, "SELECT position, json FROM waiting JOIN event USING (position) ORDER BY position LIMIT $1", 1);
        _thread = new Thread(Write) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Keeps a customer's message whose id is new, and lets it wait for its handler.</summary>
    public Task AddAsync(HandWrittenEvent message, bool isHandled) => WriteAsync(() =>
    {
        Bind(_add, message.Id, message.Customer, message.At, message.Json);
        if (_add.ExecuteNonQuery() == 0)
        {
            return;
        }

        if (isHandled)
        {
            _queue.ExecuteNonQuery();
        }

        Bind(_raise, message.Customer, message.At);
        _raise.ExecuteNonQuery();
    });

    /// <summary>Notes what is about to be sent.</summary>
    public Task AddIntentAsync(string id, string customer, long at, byte[] json) => WriteAsync(() =>
    {
        Bind(_add, id, customer, at, json);
        _add.ExecuteNonQuery();
    });

    /// <summary>Notes under which id it was accepted.</summary>
    public Task SettleAsync(string id, string message) => WriteAsync(() =>
    {
        Bind(_settle, id, message);
        _settle.ExecuteNonQuery();
    });

    /// <summary>The events that wait, in order. For one reader.</summary>
    public List<(long Position, byte[] Json)> ReadWaiting(int limit)
    {
        Bind(_waiting, limit);
        var waiting = new List<(long, byte[])>(limit);
        using var rows = _waiting.ExecuteReader();
        while (rows.Read())
        {
            waiting.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        }

        return waiting;
    }

    /// <summary>Ends the wait of every event up to one.</summary>
    public Task CompleteAsync(long position) => WriteAsync(() =>
    {
        Bind(_complete, position);
        _complete.ExecuteNonQuery();
    });

    /// <summary>When a customer last wrote; null for never.</summary>
    public long? ReadWindow(string customer)
    {
        var window = _windows.TryTake(out var pooled) ? pooled : Prepare(Open(), "SELECT last_inbound FROM open_window WHERE conversation = $1", 1);
        Bind(window, customer);
        var at = (long?)window.ExecuteScalar();
        _windows.Add(window);
        return at;
    }

    public void Dispose()
    {
        _writes.CompleteAdding();
        _thread.Join();
        _writes.Dispose();
        foreach (var window in _windows)
        {
            window.Connection!.Dispose();
        }

        _begin.Dispose();
        _commit.Dispose();
        _add.Dispose();
        _raise.Dispose();
        _queue.Dispose();
        _settle.Dispose();
        _complete.Dispose();
        _waiting.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this type.")]
    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
        }

        return command;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_source);
        connection.Open();
        return connection;
    }

    private Task WriteAsync(Action run)
    {
        var write = new PendingWrite(run);
        _writes.Add(write);
        return write.Done.Task;
    }

    private void Write()
    {
        var group = new List<PendingWrite>();
        foreach (var first in _writes.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MostTogether && _writes.TryTake(out var next))
            {
                group.Add(next);
            }

            _begin.ExecuteNonQuery();
            group.ForEach(static write => write.Run());
            _commit.ExecuteNonQuery();
            group.ForEach(static write => write.Done.SetResult());
            group.Clear();
        }
    }

    private sealed record PendingWrite(Action Run)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
