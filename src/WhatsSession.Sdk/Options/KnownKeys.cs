using Microsoft.Extensions.Configuration;

namespace WhatsSession.Options;

/// <summary>The keys that a section may have, with what reads each; knows which one a mistyped key was meant to be.</summary>
internal sealed class KnownKeys() : Dictionary<string, Action<IConfigurationSection>>(StringComparer.OrdinalIgnoreCase)
{
    // Two slips of the finger, or one for a short key.
    private const int MostSlips = 2;
    private const int ShortKey = 5;

    /// <summary>The known key that is nearest to an unknown one; null when none is near.</summary>
    public string? NearestTo(string key) =>
        Keys.Select(known => (Known: known, Slips: SlipsBetween(key, known)))
            .Where(near => near.Slips <= (near.Known.Length <= ShortKey ? 1 : MostSlips))
            .OrderBy(static near => near.Slips)
            .Select(static near => near.Known)
            .FirstOrDefault()
        ?? Keys.FirstOrDefault(known => key.Length >= ShortKey
            && (known.Contains(key, StringComparison.OrdinalIgnoreCase) || key.Contains(known, StringComparison.OrdinalIgnoreCase)));

    /// <summary>How many letters to add, to take out, to change, or to swap with the next make the one of the other.</summary>
    private static int SlipsBetween(string one, string other)
    {
        var (before, last, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = last[j - 1] + (IsSame(one[i - 1], other[j - 1]) ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && IsSame(one[i - 1], other[j - 2]) && IsSame(one[i - 2], other[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[other.Length];
    }

    private static bool IsSame(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
