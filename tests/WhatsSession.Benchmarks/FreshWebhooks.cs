using System.Globalization;
using System.Text;

namespace WhatsSession.Benchmarks;

/// <summary>Bodies of messages that were never sent before, by many customers in turn.</summary>
internal sealed class FreshWebhooks
{
    private const string MessageId = "HQsxNTU1MDAwMTIzNBUCABIYFDNBNUYxQzlFMEI3RDJBNDhDNkUxAA";

    private readonly string _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    private long _messages;

    public byte[] Next()
    {
        var number = Interlocked.Increment(ref _messages);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SampleWebhook.Body)
            .Replace("1794900000", _now, StringComparison.Ordinal)
            .Replace("40917263548812004417", string.Create(CultureInfo.InvariantCulture, $"4091726354881{number % 1000:0000000}"), StringComparison.Ordinal)
            .Replace("15550001234", string.Create(CultureInfo.InvariantCulture, $"1555000{number % 1000:0000}"), StringComparison.Ordinal)
            .Replace(MessageId, string.Create(CultureInfo.InvariantCulture, $"{number:0000000000000000000000000000000000000000000000000000}"), StringComparison.Ordinal));
    }
}
