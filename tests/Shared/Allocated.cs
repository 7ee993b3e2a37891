namespace WhatsSession.Tests;

/// <summary>Counts bytes that a piece of code allocates.</summary>
internal static class Allocated
{
    private const int Runs = 8;

    /// <summary>The least of several runs on this thread: what the runtime itself allocates meanwhile, as when it compiles the code anew, is not the code's.</summary>
    /// <param name="run">What is measured. It must not leave the thread.</param>
    public static long LeastBytes(Action run)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>The same of what completes at once; on another thread the count would be wrong.</summary>
    /// <param name="run">What is measured.</param>
    public static long LeastBytes<T>(Func<ValueTask<T>> run) => LeastBytes(() =>
    {
        var task = run();
        if (!task.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("It did not complete at once.");
        }

        _ = task.Result;
    });
}
