namespace WhatsSession.Emulator.Tests;

/// <summary>A limit in real time for what waits on the emulator's clock, so that a fault fails its test and does not hang the run.</summary>
internal static class RealTime
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">The limit has passed.</exception>
    public static Task WithinLimitAsync(this Task task) => task.WaitAsync(Limit);

    /// <exception cref="TimeoutException">The limit has passed.</exception>
    public static Task<T> WithinLimitAsync<T>(this Task<T> task) => task.WaitAsync(Limit);
}
