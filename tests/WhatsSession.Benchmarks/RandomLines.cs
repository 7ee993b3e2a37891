namespace WhatsSession.Benchmarks;

/// <summary>The floor of what looks up one thing among many: a walk from cache line to cache line in random order, where each line names the next.</summary>
internal sealed class RandomLines
{
    private const int LongsPerLine = 8;

    private readonly long[] _lines;
    private long _at;

    public RandomLines(long bytes)
    {
        var order = Enumerable.Range(0, (int)(bytes / (LongsPerLine * sizeof(long)))).ToArray();
        new Random(2).Shuffle(order);
        _lines = new long[order.Length * LongsPerLine];
        for (var i = 0; i < order.Length; i++)
        {
            _lines[order[i] * LongsPerLine] = order[(i + 1) % order.Length] * LongsPerLine;
        }
    }

    public void Walk(int steps)
    {
        var at = _at;
        for (var i = 0; i < steps; i++)
        {
            at = _lines[at];
        }

        _at = at;
    }
}
