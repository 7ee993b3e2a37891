namespace WhatsSession.Hosting;

/// <summary>How much of what was set aside is listed at once.</summary>
internal static class ListLimit
{
    /// <summary>What is read at once where all of it is read.</summary>
    public const int Page = 100;

    public static void ThrowIfOutOfRange(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
    }
}
