namespace WhatsSession.Emulator.Journal;

/// <summary>Tells those who watch that something changed; several changes may come as one. Thread safe.</summary>
internal sealed class ChangeFeed
{
    private TaskCompletionSource? _next;

    public void Tell() => Interlocked.Exchange(ref _next, null)?.TrySetResult();

    /// <returns>Completes at the next change from now on.</returns>
    public Task Next()
    {
        while (true)
        {
            var next = Volatile.Read(ref _next);
            if (next is not null)
            {
                return next.Task;
            }

            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _next, next, null) is null)
            {
                return next.Task;
            }
        }
    }
}
