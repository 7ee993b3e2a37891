namespace WhatsSession.Handling;

/// <summary>
/// Threads for what handlers do before they first await: code that blocks there blocks one of these and none of the pool, which answers webhooks.
/// There are as many as are needed at once; those without work end after a while.
/// </summary>
internal sealed class HandlerThreads : TaskScheduler
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly Queue<Task> _waiting = new();
    private int _idle;

    /// <summary>Runs code; what follows its first wait runs on the pool.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> code) =>
        Task.Factory.StartNew(code, CancellationToken.None, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, this).Unwrap();

    protected override void QueueTask(Task task)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(task);
            if (_idle >= _waiting.Count)
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
            TryExecuteTask(task);
        }
    }

    /// <returns>Null when there was nothing to do for a while.</returns>
    private Task? Take()
    {
        lock (_waiting)
        {
            Task? task;
            var isOver = false;
            while (!_waiting.TryDequeue(out task) && !isOver)
            {
                _idle++;
                isOver = !Monitor.Wait(_waiting, IdleTime);
                _idle--;
            }

            return task;
        }
    }
}
