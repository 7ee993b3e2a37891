using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession;

/// <summary>Writes in the order in which it is asked to. What waits shares a transaction: to the disk one write is much the same as many.</summary>
/// <remarks>
/// <para>Nothing is delayed on purpose: a write that finds nothing before it goes alone and at once.</para>
/// <para>
/// Of those that share a transaction, each has a savepoint: when one fails, it alone is taken back. The first needs none, for before it there is nothing to
/// keep. Some errors, such as a full disk, make SQLite take back the whole transaction, or the commit fails: then each is tried again by itself.
/// </para>
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // The first of a transaction waits for the last, and so do other processes. Beyond so many, one more saves next to nothing of what a commit costs.
    private const int Most = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    private readonly SqliteStoreFile _file;
    private readonly SqliteWriteQueue _queue;
    private readonly List<SqliteWrite> _together = [];
    private readonly Queue<SqliteWrite> _again = [];
    private SqliteSession? _session;

    // Who opened the file before may have erased, and ended before its log was empty.
    private bool _owesTruncation = true;

    public SqliteWriter(SqliteStoreFile file)
    {
        _file = file;
        _queue = new SqliteWriteQueue(WriteNext);
    }

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, bool erases, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var write = new SqliteWrite<T>(work, erases, cancellationToken);
        write.Watch();
        if (!_queue.TryAdd(write))
        {
            write.Fail(Disposed());
        }

        return write.Kept;
    }

    /// <summary>Waits for the transaction in flight and closes its session. What waits is told that it comes too late.</summary>
    public async ValueTask DisposeAsync()
    {
        var closed = _queue.CloseAsync();
        Array.ForEach(_queue.TakeAll(), static write => write.Fail(Disposed()));
        await closed.ConfigureAwait(false);
        Forget();
    }

    private static ObjectDisposedException Disposed() => new(nameof(SqliteStore));

    private void WriteNext()
    {
        try
        {
            if (_queue.TryTake(out var first))
            {
                Write(first, Most);
            }

            while (_again.TryDequeue(out var alone))
            {
                Write(alone, most: 1);
            }
        }
        catch (Exception exception)
        {
            // Nobody may wait for ever, whatever it is.
            Forget();
            foreach (var write in (SqliteWrite[])[.. _together, .. _again])
            {
                write.Fail(exception);
            }

            _again.Clear();
            _together.Clear();
        }
    }

    /// <summary>Runs a transaction with one write, and with those that wait behind it.</summary>
    private void Write(SqliteWrite first, int most)
    {
        if (first.IsOver || !TryBegin(first, out var session))
        {
            return;
        }

        var since = Stopwatch.GetTimestamp();
        var (write, count) = (first, 1);
        while (TryRun(write, session))
        {
            // After an erasure the log is emptied, for which nothing behind it shall wait.
            if (count++ == most || write.Erases || Stopwatch.GetElapsedTime(since) > Longest || !_queue.TryTake(out write!))
            {
                Commit(session);
                break;
            }
        }

        // What they wrote may be erased next, and would stay here until then.
        _together.Clear();
    }

    /// <returns>False when the transaction could not be begun, and the write was told so.</returns>
    private bool TryBegin(SqliteWrite first, out SqliteSession session)
    {
        session = null!;
        try
        {
            session = _session ??= _file.OpenWriter();
            session.BeginImmediate();
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            // What came meanwhile has waited too: a queue of writes must not wait for the file one after the other.
            first.Fail(_file.Explain(exception));
            foreach (var write in (SqliteWrite[])[.. _again, .. _queue.TakeAll()])
            {
                write.Fail(_file.IsLocked());
            }

            _again.Clear();
        }
        catch (Exception exception)
        {
            Forget();
            first.Fail(Explain(exception));
        }

        return false;
    }

    /// <summary>Runs a write in the transaction.</summary>
    /// <returns>False when the transaction is over, and with it all that ran in it.</returns>
    private bool TryRun(SqliteWrite write, SqliteSession session)
    {
        if (!write.TryBegin())
        {
            return true;
        }

        var isFirst = _together.Count == 0;
        try
        {
            if (!isFirst)
            {
                session.BeginSavepoint();
            }

            write.Run(session);
            if (!isFirst)
            {
                session.ReleaseSavepoint();
            }

            _together.Add(write);
            return true;
        }
        catch (Exception exception)
        {
            if (!isFirst && session.TryRollBackToSavepoint())
            {
                write.Fail(Explain(exception));
                return true;
            }

            _together.Add(write);
            TakeBack(session, exception);
            return false;
        }
    }

    private void Commit(SqliteSession session)
    {
        if (_together.Count == 0)
        {
            // All were given up, which the file need not learn.
            if (!session.TryRollBack())
            {
                Forget();
            }

            return;
        }

        try
        {
            session.Commit();
        }
        catch (Exception exception)
        {
            TakeBack(session, exception);
            return;
        }

        try
        {
            // Last: what is acknowledged must be in the file that the next start will open.
            _file.ThrowIfMoved(session);
        }
        catch (Exception)
        {
            Forget();
            foreach (var write in _together)
            {
                write.Fail(_file.IsMoved());
            }

            return;
        }

        // The writes are in the file, whatever becomes of the log.
        Complete(session);
    }

    /// <summary>Ends a transaction that failed. The only write of one is told why; those of a larger one are tried again, each by itself.</summary>
    private void TakeBack(SqliteSession session, Exception exception)
    {
        // What work throws says nothing against the session, but after an error of SQLite's a new one is surer. Whatever state the transaction is in, closing
        // the connection rolls it back.
        if ((exception is SqliteException error && !SqliteStoreFile.IsRefusal(error)) || !session.TryRollBack())
        {
            Forget();
        }

        if (_together is [var only])
        {
            only.Fail(Explain(exception));
            return;
        }

        foreach (var write in _together)
        {
            write.PutBack();
            _again.Enqueue(write);
        }
    }

    private void Complete(SqliteSession session)
    {
        var erasure = _together.Find(static write => write.Erases);
        if (erasure is null && _owesTruncation)
        {
            Truncate(session, waits: false);
        }

        foreach (var write in _together)
        {
            if (!write.Erases)
            {
                write.Succeed();
            }
        }

        if (erasure is null)
        {
            return;
        }

        if (Truncate(session, waits: true) is { } failure)
        {
            erasure.Fail(failure);
        }
        else
        {
            erasure.Succeed();
        }
    }

    /// <summary>
    /// Empties the log after an erasure, whose pages it holds in their former state. When something is in the way, each write after it tries again, and the
    /// erasure says so: it is kept, but whoever reads the files finds the customer in them.
    /// </summary>
    private StoreUnavailableException? Truncate(SqliteSession session, bool waits)
    {
        var reason = "another process reads the file";
        SqliteException? cause = null;
        try
        {
            _owesTruncation = !session.TryTruncateLog(waits);
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

        return _owesTruncation ? _file.IsReadableInLog(reason, cause) : null;
    }

    private Exception Explain(Exception exception) => exception is SqliteException error ? _file.Explain(error) : exception;

    private void Forget()
    {
        _session?.Dispose();
        _session = null;
    }
}
