using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>The writes that wait, in the order in which they came, and the one thread that takes them.</summary>
/// <remarks>
/// The thread is the queue's own, for SQLite blocks it until the disk has what was written. It ends when nothing came for a while, so that a store which
/// nobody disposes leaves none behind.
/// </remarks>
/// <param name="drain">Takes at least one of those that wait. It does not throw.</param>
internal sealed class SqliteWriteQueue(Action drain)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9 and has no Wait.
    private readonly object _gate = new();
#pragma warning restore MA0158
    private readonly Queue<SqliteWrite> _waiting = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasThread;
    private bool _sleeps;
    private bool _isClosed;

    /// <summary>Puts a write behind those that wait.</summary>
    /// <returns>False when the queue is closed.</returns>
    public bool TryAdd(SqliteWrite write)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            if (!_hasThread)
            {
                new Thread(Work) { IsBackground = true, Name = "WhatsSession SQLite writer" }.UnsafeStart();
                _hasThread = true;
            }
            else if (_sleeps)
            {
                _sleeps = false;
                Monitor.Pulse(_gate);
            }

            _waiting.Enqueue(write);
            return true;
        }
    }

    /// <summary>Takes the one that has waited longest.</summary>
    public bool TryTake([NotNullWhen(true)] out SqliteWrite? write)
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out write);
        }
    }

    /// <summary>Takes all.</summary>
    public SqliteWrite[] TakeAll()
    {
        lock (_gate)
        {
            SqliteWrite[] all = [.. _waiting];
            _waiting.Clear();
            return all;
        }
    }

    /// <summary>Takes no more.</summary>
    /// <returns>A task that ends when the thread has done what it was at.</returns>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
            return _hasThread ? _ended.Task : Task.CompletedTask;
        }
    }

    private void Work()
    {
        while (WaitForWork())
        {
            drain();
        }
    }

    /// <returns>False when the thread is to end.</returns>
    private bool WaitForWork()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                _sleeps = true;
                var inTime = !_isClosed && Monitor.Wait(_gate, Patience);
                _sleeps = false;
                if (!inTime && _waiting.Count == 0)
                {
                    _hasThread = false;
                    if (_isClosed)
                    {
                        _ended.SetResult();
                    }

                    return false;
                }
            }

            return true;
        }
    }
}
