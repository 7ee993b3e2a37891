namespace WhatsSession.Sdk.Tests;

/// <summary>Waits for what waits on a clock that stands still when something is wrong: a limit in real time, so that a fault fails its test instead of hanging the run.</summary>
internal static class Soon
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task InTimeAsync(this Task task) => task.WaitAsync(Limit, TimeProvider.System);

    /// <summary>Waits for what tells nobody that it has come: it is looked at again and again, within the limit.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Limit, TimeProvider.System);
}
