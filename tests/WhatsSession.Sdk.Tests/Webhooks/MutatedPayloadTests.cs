using System.Text;

namespace WhatsSession.Sdk.Tests.Webhooks;

/// <summary>A seeded mutator over all samples: any bytes give events or a problem, never an exception.</summary>
public sealed class MutatedPayloadTests
{
    private const int Cases = 100_000;

    private const int Parts = 10;

    private static readonly byte[][] Payloads = [.. Sample.NamesIn("webhooks").Select(Sample.Minified), .. MadePayloads.All];

    private static readonly byte[][] Tokens =
    [
        .. ((string[])["{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "null", "true", "-1", "1e999", "\0", "\"id\":", "{}", "[]", "\"type\":\"edit\",", "\"status\":\"read\",", "\"value\":{},", "\"field\":\"calls\",", "\"to\":\"1\","]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xEF, 0xBB, 0xBF],
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Parts)];

    /// <summary>100,000 cases in all, each a sample with up to eight changes, always the same ones. What is read is also restored from its own slice.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Read_Mutated_NeverThrowsAndNeverQuotes(int seed)
    {
        var random = new Random(seed);
        var events = new List<WhatsAppEvent>();
        for (var i = 0; i < Cases / Parts; i++)
        {
            var payload = Mutated(random);
            events.Clear();

            var problem = WebhookReader.Read(payload, events);

            (events.Count > 0 || problem is not null).Should().BeTrue();
            IsClean(problem).Should().BeTrue(problem);
            foreach (var received in events)
            {
                var restored = WebhookReader.Restore(Payload.Stored(received));
                if (EventText.Of(restored) != EventText.Of(received))
                {
                    EventText.Of(restored).Should().Be(EventText.Of(received), $"seed {seed}, case {i}");
                }
            }
        }
    }

    /// <summary>Places alone: what is wrong is said without content.</summary>
    private static bool IsClean(string? problem) =>
        problem is null || problem.StartsWith("The payload is not JSON (line ", StringComparison.Ordinal) || problem is "The payload has no event.";

    private static byte[] Mutated(Random random)
    {
        var payload = Payloads[random.Next(Payloads.Length)].ToList();
        for (var changes = random.Next(1, 9); changes > 0; changes--)
        {
            Mutate(payload, random);
        }

        return [.. payload];
    }

    private static void Mutate(List<byte> payload, Random random)
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
