using System.Diagnostics.CodeAnalysis;

namespace WhatsSession.Handling;

/// <summary>
/// Threads for what handlers do before they first await: code that blocks there blocks one of these and none of the pool, which answers webhooks.
/// There are as many as are needed at once; those without work end after a while.
/// </summary>
internal sealed class HandlerThreads : TaskScheduler
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    // So often a thread that has ended its work looks for more before it sleeps: to wake it takes longer than most handlers do.
    private const int Looks = 30;

    // Of a thread of ours whose code has returned: what follows that code runs on it too, and what it brings here needs no other thread.
    [ThreadStatic]
    private static HandlerThreads? _returning;

    [ThreadStatic]
    private static Task? _next;

    private readonly Queue<Task> _waiting = new();
    private volatile int _queued;
    private int _looking;
    private int _idle;

    /// <summary>Runs code; what follows its first wait runs on the pool.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> code) =>
        Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return code();
                }
                finally
                {
                    _returning = this;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler,
            this).Unwrap();

    protected override void QueueTask(Task task)
    {
        if (_returning == this && _next is null)
        {
            _next = task;
            return;
        }

        lock (_waiting)
        {
            _waiting.Enqueue(task);
            _queued = _waiting.Count;
            if (_looking >= _queued)
            {
                return;
            }

            if (_looking + _idle >= _queued)
            {
                Monitor.Pulse(_waiting);
                return;
            }
        }

        // Nothing waits for a thread that may be blocked: each has one of its own, at once.
        new Thread(Work) { IsBackground = true, Name = "WhatsSession handler" }.UnsafeStart();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_waiting)
        {
            return [.. _waiting];
        }
    }

    private void Work()
    {
        while (Take() is { } task)
        {
            for (Task? next = task; next is not null; next = TakeOwn())
            {
                TryExecuteTask(next);
            }
        }
    }

    private static Task? TakeOwn()
    {
        var next = _next;
        (_next, _returning) = (null, null);
        return next;
    }

    /// <returns>Null when there was nothing to do for a while.</returns>
    private Task? Take()
    {
        lock (_waiting)
        {
            if (TryDequeue(out var next))
            {
                return next;
            }

            _looking++;
        }

        var spinner = default(SpinWait);
        while (_queued == 0 && spinner.Count < Looks)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        lock (_waiting)
        {
            _looking--;
            Task? task;
            var isOver = false;
            while (!TryDequeue(out task) && !isOver)
            {
                _idle++;
                isOver = !Monitor.Wait(_waiting, IdleTime);
                _idle--;
            }

            return task;
        }
    }

    private bool TryDequeue([NotNullWhen(true)] out Task? task)
    {
        var isFound = _waiting.TryDequeue(out task);
        _queued = _waiting.Count;
        return isFound;
    }
}
