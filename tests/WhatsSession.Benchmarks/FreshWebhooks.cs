using System.Globalization;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>Bodies of messages that were never sent before, by many customers in turn. Their ids are random, as Meta's are.</summary>
internal sealed class FreshWebhooks(int customers = 1000)
{
    private const string MessageId = "HQsxNTU1MDAwMTIzNBUCABIYFDNBNUYxQzlFMEI3RDJBNDhDNkUxAA";

    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
    private long _messages;

    /// <param name="ago">How long ago the customer wrote; now unless given.</param>
    public byte[] Next(TimeSpan ago = default)
    {
        var number = Interlocked.Increment(ref _messages);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SampleWebhook.Body)
            .Replace("1794900000", (_now - (long)ago.TotalSeconds).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("40917263548812004417", string.Create(CultureInfo.InvariantCulture, $"4091726354881{number % customers:0000000}"), StringComparison.Ordinal)
            .Replace("15550001234", string.Create(CultureInfo.InvariantCulture, $"1555000{number % customers:0000}"), StringComparison.Ordinal)
            .Replace(MessageId, RandomId(), StringComparison.Ordinal));
    }

    private static string RandomId()
    {
        Span<byte> bytes = stackalloc byte[MessageId.Length / 2];
        Random.Shared.NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }
}
