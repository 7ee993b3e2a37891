using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace WhatsSession.Json;

/// <summary>A duration as ISO 8601 has it, in hours, minutes and seconds: <c>PT23H59M0.5S</c>, <c>PT0S</c>, <c>-PT1H</c>.</summary>
internal sealed class IsoDurationPattern : IPattern<Duration>
{
    private const long PerHour = 3600;
    private const int FractionDigits = 9;

    public static IsoDurationPattern Instance { get; } = new();

    public string Format(Duration value) => AppendFormat(value, new StringBuilder(16)).ToString();

    public StringBuilder AppendFormat(Duration value, StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var nanoseconds = Int128.Abs(value.ToInt128Nanoseconds());
        var (seconds, fraction) = ((long)(nanoseconds / NodaConstants.NanosecondsPerSecond), (long)(nanoseconds % NodaConstants.NanosecondsPerSecond));
        var (hours, minutes) = (seconds / PerHour, seconds % PerHour / 60);
        seconds %= 60;

        builder.Append(value < Duration.Zero ? "-PT" : "PT");
        Append(builder, hours, 'H');
        Append(builder, minutes, 'M');
        if (fraction != 0)
        {
            builder.Append(CultureInfo.InvariantCulture, $"{seconds}.{fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}S");
        }
        else if (seconds != 0 || nanoseconds == 0)
        {
            builder.Append(CultureInfo.InvariantCulture, $"{seconds}S");
        }

        return builder;
    }

    public ParseResult<Duration> Parse(string text) =>
        TryParse(text, out var value)
            ? ParseResult<Duration>.ForValue(value)
            : ParseResult<Duration>.ForException(static () => new FormatException("Not a duration of ISO 8601 in days, hours, minutes and seconds."));

    private static void Append(StringBuilder builder, long number, char unit)
    {
        if (number != 0)
        {
            builder.Append(CultureInfo.InvariantCulture, $"{number}{unit}");
        }
    }

    private static bool TryParse(ReadOnlySpan<char> text, out Duration value)
    {
        value = default;
        var isNegative = text is ['-', ..];
        text = isNegative ? text[1..] : text;
        if (text is not ['P', ..])
        {
            return false;
        }

        text = text[1..];
        var nanoseconds = Int128.Zero;
        var any = Take(ref text, 'D', 24 * PerHour, ref nanoseconds);
        if (text is ['T', ..])
        {
            text = text[1..];
            any = Take(ref text, 'H', PerHour, ref nanoseconds);
            any |= Take(ref text, 'M', 60, ref nanoseconds);
            any |= TakeSeconds(ref text, ref nanoseconds);
        }

        nanoseconds = isNegative ? -nanoseconds : nanoseconds;
        if (!any || text.Length > 0 || nanoseconds < Duration.MinValue.ToInt128Nanoseconds() || nanoseconds > Duration.MaxValue.ToInt128Nanoseconds())
        {
            return false;
        }

        value = Duration.FromNanoseconds(nanoseconds);
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char unit, long seconds, ref Int128 nanoseconds)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        if (end <= 0 || text[end] != unit || !long.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        nanoseconds += (Int128)number * seconds * NodaConstants.NanosecondsPerSecond;
        text = text[(end + 1)..];
        return true;
    }

    private static bool TakeSeconds(ref ReadOnlySpan<char> text, ref Int128 nanoseconds)
    {
        var point = text.IndexOfAnyExceptInRange('0', '9');
        if (point <= 0 || text[point] != '.')
        {
            return Take(ref text, 'S', 1, ref nanoseconds);
        }

        var digits = text[(point + 1)..];
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        if (length is < 1 or > FractionDigits || digits[length] != 'S'
            || !long.TryParse(text[..point], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        var fraction = long.Parse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        for (var i = length; i < FractionDigits; i++)
        {
            fraction *= 10;
        }

        nanoseconds += ((Int128)seconds * NodaConstants.NanosecondsPerSecond) + fraction;
        text = digits[(length + 1)..];
        return true;
    }
}
