using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace WhatsSession;

/// <summary>What rides in <c>biz_opaque_callback_data</c> and comes back in every status: <c>ws1.&lt;intent&gt;.&lt;evidence in seconds&gt;|&lt;the caller's data&gt;</c>.</summary>
/// <remarks>The evidence is the customer's event that the guard relied on; 0 where none was known.</remarks>
public static class CallbackData
{
    /// <summary>The most characters the caller's own data may have; with ours it stays below Meta's 512.</summary>
    public const int MaximumLength = 440;

    /// <summary>The most characters of the whole. (<see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages">Meta, updated 21 May 2026.</see>)</summary>
    public const int MaximumTotalLength = 512;

    /// <summary>Room for our part with the widest evidence, in bytes.</summary>
    public const int MaximumOwnBytes = 64;

    /// <summary>Room for our part with the widest evidence, and the caller's data at four bytes a character.</summary>
    public const int MaximumBytes = MaximumOwnBytes + (4 * MaximumLength);

    private const string Version = "ws1.";

    // Far beyond any message, and still an instant.
    private const long LatestEvidence = 100_000_000_000;

    private const int IntentEnd = 4 + IntentId.TextLength;

    /// <summary>Refuses data that is too long, counted in code points, as every limit of the platform is.</summary>
    /// <param name="data">The data; null passes.</param>
    /// <param name="most">The most characters.</param>
    /// <param name="parameter">The name of the parameter that brought it.</param>
    /// <exception cref="ArgumentException">It is longer.</exception>
    public static void ThrowIfLonger(string? data, int most, string parameter)
    {
        if (data is not null && data.Length > most && data.EnumerateRunes().Count() is var length && length > most)
        {
            throw new ArgumentException($"CallbackData has {length} characters; the limit is {most}.", parameter);
        }
    }

    /// <summary>Writes the value as UTF-8.</summary>
    /// <param name="destination">Receives it: <see cref="MaximumBytes"/>, or <see cref="MaximumOwnBytes"/> without data of the caller.</param>
    /// <param name="intent">Our id of the send.</param>
    /// <param name="evidence">The customer's event that the guard relied on; null for none.</param>
    /// <param name="callersData">The caller's own data; null for none.</param>
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
    /// <param name="value">The value as a status brings it; null for none.</param>
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
