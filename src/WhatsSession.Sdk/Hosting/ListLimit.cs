namespace WhatsSession.Hosting;

/// <summary>How much of what was set aside is listed at once.</summary>
internal static class ListLimit
{
    public static void ThrowIfOutOfRange(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
    }
}
