using System.Globalization;

namespace WhatsSession;

/// <summary>Stand-ins for personal data in texts that may be logged.</summary>
internal static class Redaction
{
    /// <summary>32 bits of FNV-1a: enough to follow one id through a log, too little to search for what it stands for among others.</summary>
    public static string Hash(string value)
    {
        var hash = 2166136261u;
        foreach (var c in value)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
