using System.Diagnostics.CodeAnalysis;

namespace WhatsSession;

/// <summary>Tells the texts of statements apart. They are long, few and constants: to hash one whole takes as long as many a statement runs.</summary>
internal sealed class SqliteTexts : IEqualityComparer<string>
{
    private const int Samples = 16;

    public static SqliteTexts Comparer { get; } = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode([DisallowNull] string obj)
    {
        var hash = obj.Length;
        var step = (obj.Length / Samples) + 1;
        for (var i = obj.Length - 1; i >= 0; i -= step)
        {
            hash = (hash * 31) + obj[i];
        }

        return hash;
    }
}
