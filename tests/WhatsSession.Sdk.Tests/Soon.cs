namespace WhatsSession.Sdk.Tests;

/// <summary>Waits for what waits on a clock that stands still when something is wrong: a limit in real time, so that a fault fails its test instead of hanging the run.</summary>
internal static class Soon
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task InTimeAsync(this Task task) => task.WaitAsync(Limit, TimeProvider.System);

    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Limit, TimeProvider.System);
}
