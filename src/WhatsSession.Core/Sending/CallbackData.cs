using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace WhatsSession;

/// <summary>
/// The content of a message's <c>biz_opaque_callback_data</c>, which comes back in every status: <c>ws1.&lt;intent&gt;.&lt;evidence&gt;|&lt;the caller's
/// data&gt;</c>.
/// </summary>
/// <remarks>
/// The evidence is the customer's last qualifying event that the send relied on, in seconds since 1970; 0 when there was none. So every host that receives a
/// status knows which send it belongs to, even if another host sent the message.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages">Meta, updated 21 May 2026.</see> The methods
/// are pure and may be called by several threads at once.
/// </remarks>
public static class CallbackData
{
    /// <summary>The maximum length of the caller's own data: 440 code points. Together with our part it stays below Meta's limit.</summary>
    public const int MaximumLength = 440;

    /// <summary>The maximum length that Meta accepts in total: 512 code points.</summary>
    public const int MaximumTotalLength = 512;

    /// <summary>
    /// The maximum size in bytes of UTF-8: our part with the longest evidence, and the caller's data of <see cref="MaximumLength"/> characters with four bytes
    /// each.
    /// </summary>
    public const int MaximumBytes = 64 + (4 * MaximumLength);

    private const string Version = "ws1.";

    // Far beyond any message, and still an instant.
    private const long LatestEvidence = 100_000_000_000;

    private const int IntentEnd = 4 + IntentId.TextLength;

    // The intent, a dot, the widest number of 64 bits, and the bar.
    private const int OwnBytes = IntentEnd + 1 + 20 + 1;

    /// <summary>Throws when data is too long. The length is counted in code points, as for every limit of the platform.</summary>
    /// <param name="data">The data; null is never too long.</param>
    /// <param name="most">The maximum length: <see cref="MaximumLength"/> for the caller's part, <see cref="MaximumTotalLength"/> in total.</param>
    /// <param name="parameter">The name of the parameter that the data came in.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="data"/> has more than <paramref name="most"/> characters; the message has only its length.
    /// </exception>
    public static void ThrowIfLonger(string? data, int most, string parameter)
    {
        if (data is not null && data.Length > most && data.EnumerateRunes().Count() is var length && length > most)
        {
            throw new ArgumentException($"CallbackData has {length} characters; the limit is {most}.", parameter);
        }
    }

    /// <summary>Writes both parts as UTF-8.</summary>
    /// <param name="destination">Where to write. <see cref="MaximumBytes"/> bytes are always enough; 64 are enough without the caller's data.</param>
    /// <param name="intent">The send.</param>
    /// <param name="evidence">The customer's last qualifying event that the send relies on; null when there is none.</param>
    /// <param name="callersData">The caller's own data; null or empty for none. The length is not checked: see <see cref="ThrowIfLonger"/>.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Write(Span<byte> destination, IntentId intent, Instant? evidence, string? callersData)
    {
        if (destination.Length < OwnBytes + Encoding.UTF8.GetByteCount(callersData ?? ""))
        {
            throw new ArgumentException(
                $"{destination.Length} bytes are too few; {nameof(MaximumBytes)} ({MaximumBytes}) are always enough.",
                nameof(destination));
        }

        var used = Encoding.ASCII.GetBytes(Version, destination);
        used += intent.Format(destination[used..]);
        destination[used++] = (byte)'.';
        Utf8Formatter.TryFormat(evidence?.ToUnixTimeSeconds() ?? 0, destination[used..], out var digits);
        used += digits;
        destination[used++] = (byte)'|';
        return used + Encoding.UTF8.GetBytes(callersData ?? "", destination[used..]);
    }

    /// <summary>Splits the value into our part and the caller's part.</summary>
    /// <param name="value">The <c>biz_opaque_callback_data</c> of a status; null or empty when it has none.</param>
    /// <returns>Both parts. A value that <see cref="Write"/> did not write is returned unchanged as the caller's data.</returns>
    public static CallbackParts Split(string? value)
    {
        if (string.IsNullOrEmpty(value)
            || !value.StartsWith(Version, StringComparison.Ordinal)
            || value.IndexOf('|', StringComparison.Ordinal) is var bar && bar < IntentEnd
            || value[IntentEnd] != '.'
            || !IntentId.TryParse(value[Version.Length..IntentEnd], out var intent))
        {
            return new CallbackParts(Intent: null, NodaConstants.UnixEpoch, string.IsNullOrEmpty(value) ? null : value);
        }

        var digits = value.AsSpan(IntentEnd + 1, bar - IntentEnd - 1);
        var evidence = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LatestEvidence ? seconds : 0;
        return new CallbackParts(intent, Instant.FromUnixTimeSeconds(evidence), bar + 1 < value.Length ? value[(bar + 1)..] : null);
    }
}
