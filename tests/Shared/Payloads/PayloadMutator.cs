using System.Text;

namespace WhatsSession.Tests;

/// <summary>Changes payloads at random: what it makes is mostly still JSON, and mostly no longer what Meta sends.</summary>
internal static class PayloadMutator
{
    private static readonly byte[][] Tokens =
    [
        .. ((string[])["{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "null", "true", "-1", "1e999", "\0", "\"id\":", "{}", "[]", "\"type\":\"edit\",", "\"status\":\"read\",", "\"value\":{},", "\"field\":\"calls\",", "\"to\":\"1\","]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xEF, 0xBB, 0xBF],
    ];

    /// <summary>One of the payloads with up to eight changes.</summary>
    public static byte[] Mutate(IReadOnlyList<byte[]> payloads, Random random)
    {
        var payload = payloads[random.Next(payloads.Count)].ToList();
        for (var changes = random.Next(1, 9); changes > 0; changes--)
        {
            Change(payload, random);
        }

        return [.. payload];
    }

    private static void Change(List<byte> payload, Random random)
    {
        if (payload.Count == 0)
        {
            return;
        }

        var at = random.Next(payload.Count);
        var length = Math.Min(random.Next(1, 60), payload.Count - at);
        switch (random.Next(7))
        {
            case 0:
                payload[at] = (byte)random.Next(256);
                break;
            case 1:
                payload.RemoveRange(at, length);
                break;
            case 2:
                payload.InsertRange(random.Next(payload.Count), payload.GetRange(at, length));
                break;
            case 3:
                payload.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 4:
                // A digit for a letter and the reverse keeps most payloads whole, so that what is inside them is reached.
                payload[at] = char.IsAsciiLetter((char)payload[at]) ? (byte)('0' + random.Next(10)) : char.IsAsciiDigit((char)payload[at]) ? (byte)('a' + random.Next(26)) : payload[at];
                break;
            case 5:
                Rename(payload, random, at);
                break;
            default:
                Exchange(payload, random, at);
                break;
        }
    }

    /// <summary>Gives the next name or text another one's content.</summary>
    private static void Rename(List<byte> payload, Random random, int at)
    {
        if (Text(payload, at) is { } to && Text(payload, random.Next(payload.Count)) is { } from)
        {
            var content = payload.GetRange(from.Start, from.Length);
            payload.RemoveRange(to.Start, to.Length);
            payload.InsertRange(to.Start, content);
        }
    }

    /// <summary>Gives the next text the place of a value of another kind.</summary>
    private static void Exchange(List<byte> payload, Random random, int at)
    {
        if (Text(payload, at) is { Start: > 0 } text)
        {
            payload.RemoveRange(text.Start - 1, Math.Min(text.Length + 2, payload.Count - text.Start + 1));
            payload.InsertRange(text.Start - 1, Encoding.UTF8.GetBytes(((string[])["1794900000", "null", "{}", "[]", "true", "[{}]", "\"\"", "-0.5e9"])[random.Next(8)]));
        }
    }

    private static (int Start, int Length)? Text(List<byte> payload, int at)
    {
        var open = payload.IndexOf((byte)'"', at);
        var close = open < 0 ? -1 : payload.IndexOf((byte)'"', open + 1);
        return close < 0 ? null : (open + 1, close - open - 1);
    }
}
