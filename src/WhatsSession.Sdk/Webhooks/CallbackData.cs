using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace WhatsSession;

/// <summary>What rides in <c>biz_opaque_callback_data</c> and comes back in every status: <c>ws1.&lt;intent&gt;.&lt;evidence in seconds&gt;|&lt;the caller's data&gt;</c>.</summary>
internal static class CallbackData
{
    /// <summary>The most characters the caller's own data may have; with ours it stays below Meta's 512.</summary>
    public const int MaximumLength = 440;

    /// <summary>Room for our part with the widest evidence, and the caller's data at four bytes a character.</summary>
    public const int MaximumBytes = 64 + (4 * MaximumLength);

    private const string Version = "ws1.";

    // Far beyond any message, and still an instant.
    private const long LatestEvidence = 100_000_000_000;

    private const int IntentEnd = 4 + IntentId.TextLength;

    /// <summary>Writes the value.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> destination, IntentId intent, Instant? evidence, string? callersData)
    {
        var used = Encoding.ASCII.GetBytes(Version, destination);
        used += intent.Format(destination[used..]);
        destination[used++] = (byte)'.';
        Utf8Formatter.TryFormat(evidence?.ToUnixTimeSeconds() ?? 0, destination[used..], out var digits);
        used += digits;
        destination[used++] = (byte)'|';
        return used + Encoding.UTF8.GetBytes(callersData ?? "", destination[used..]);
    }

    /// <summary>Tells our part from the caller's. Data that is not ours comes back whole as the caller's.</summary>
    public static (IntentId? Intent, Instant Evidence, string? CallersData) Split(string? value)
    {
        if (string.IsNullOrEmpty(value)
            || !value.StartsWith(Version, StringComparison.Ordinal)
            || value.IndexOf('|', StringComparison.Ordinal) is var bar && bar < IntentEnd
            || value[IntentEnd] != '.'
            || !IntentId.TryParse(value[Version.Length..IntentEnd], out var intent))
        {
            return (null, NodaConstants.UnixEpoch, string.IsNullOrEmpty(value) ? null : value);
        }

        var evidence = long.TryParse(value.AsSpan(IntentEnd + 1, bar - IntentEnd - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LatestEvidence ? seconds : 0;
        return (intent, Instant.FromUnixTimeSeconds(evidence), bar + 1 < value.Length ? value[(bar + 1)..] : null);
    }
}
