using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Templates;

/// <summary>Reads the comparison of two templates.</summary>
internal static class TemplateComparisonReader
{
    public static TemplateComparison? Read(ReadOnlySpan<byte> body)
    {
        if (PageReader.Read(body, ReadMetric) is not { } page)
        {
            return null;
        }

        var comparison = new TemplateComparison();
        foreach (var metric in page.Items)
        {
            comparison = metric.Name switch
            {
                "BLOCK_RATE" => comparison with { ByBlockRate = metric.Order },
                "MESSAGE_SENDS" => comparison with { Sends = ToDictionary(metric.Values, value => long.TryParse(value, out var number) ? number : 0) },
                "TOP_BLOCK_REASON" => comparison with { TopBlockReasons = ToDictionary(metric.Values, value => value) },
                _ => comparison,
            };
        }

        return comparison;
    }

    private static Dictionary<string, T> ToDictionary<T>(IReadOnlyList<KeyValuePair<string, string>> values, Func<string, T> convert)
    {
        var result = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            result[key] = convert(value);
        }

        return result;
    }

    private static Metric? ReadMetric(ref Utf8JsonReader reader)
    {
        var metric = new Metric();
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("metric"u8))
            {
                metric.Name = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("order_by_relative_metric"u8))
            {
                metric.Order = JsonText.ReadTexts(ref reader);
            }
            else if (name.SequenceEqual("number_values"u8) || name.SequenceEqual("string_values"u8))
            {
                metric.Values = JsonText.ReadList(ref reader, ReadValue);
            }
            else
            {
                reader.Skip();
            }
        }

        return metric;
    }

    private static KeyValuePair<string, string> ReadValue(ref Utf8JsonReader reader)
    {
        string? key = null, value = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("key"u8))
            {
                key = JsonText.ReadId(ref reader);
            }
            else if (name.SequenceEqual("value"u8))
            {
                value = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new KeyValuePair<string, string>(key ?? "", value ?? "");
    }

    private sealed class Metric
    {
        public string? Name { get; set; }

        public IReadOnlyList<string> Order { get; set; } = [];

        public IReadOnlyList<KeyValuePair<string, string>> Values { get; set; } = [];
    }
}
