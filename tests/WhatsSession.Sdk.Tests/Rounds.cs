namespace WhatsSession.Sdk.Tests;

/// <summary>Rounds of the dispatcher that a test watches, where it would otherwise wait for a while to see that nothing comes.</summary>
internal static class Rounds
{
    // In real time, so that a fault fails its test instead of hanging the run.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Drains until a round claims nothing, and once more: whatever can be started is started then, and the first round has come to its end.</summary>
    /// <returns>Whether a drain found that everything was done.</returns>
    public static async Task<bool> IsDoneAfterRoundsAsync(this WhatsSessionRuntime runtime, HookedStore store)
    {
        using var over = new CancellationTokenSource();
        var drains = new List<Task<bool>>();
        for (var i = 0; i < 2; i++)
        {
            var nothing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var before = store.Claimed;
            store.Claimed = async claims =>
            {
                await before(claims);
                if (claims.Count == 0)
                {
                    nothing.TrySetResult();
                }
            };
            drains.Add(runtime.DrainAsync(Timeout.InfiniteTimeSpan, over.Token));
            await Task.WhenAny(drains[i], nothing.Task).WaitAsync(Patience, TimeProvider.System);
            store.Claimed = before;
        }

        await over.CancelAsync();
        var isDone = false;
        foreach (var drain in drains)
        {
            await ((Task)drain).WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isDone |= drain.IsCompletedSuccessfully && await drain;
        }

        return isDone;
    }
}
