using System.Globalization;
using System.Text;
using System.Text.Json;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Replay;

/// <summary>Reads files of captured webhook bodies.</summary>
internal static class Capture
{
    private static readonly string[] Endings = [".json", ".jsonl", ".ndjson"];

    /// <summary>Every webhook of the files, in order; those of a directory by the names of its files.</summary>
    /// <exception cref="UsageException">There is no such file, or something else is in it; the message names the place and the fix.</exception>
    public static IReadOnlyList<CapturedWebhook> Read(IEnumerable<string> paths) => [.. paths.SelectMany(FilesOf).SelectMany(ReadFile)];

    private static IEnumerable<string> FilesOf(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new UsageException($"There is no file or directory '{path}': give a file of webhook bodies, or a directory of such files.");
        }

        var files = Directory.EnumerateFiles(path)
            .Where(static f => Endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new UsageException($"The directory '{path}' has no file that ends in {string.Join(", ", Endings)}.");
    }

    private static IEnumerable<CapturedWebhook> ReadFile(string path)
    {
        var name = Path.GetFileName(path);
        var bytes = Content(path);
        if (bytes.Span.IsWhiteSpace())
        {
            throw new UsageException($"'{path}' is empty: give the body of a webhook exactly as Meta posted it.");
        }

        return Parse(bytes) is { } whole ? OfWhole(path, name, bytes, whole) : OfLines(path, name, bytes);
    }

    private static ReadOnlyMemory<byte> Content(string path)
    {
        try
        {
            ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
            return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {e.Message}");
        }
    }

    private static List<CapturedWebhook> OfWhole(string path, string name, ReadOnlyMemory<byte> bytes, JsonElement root)
    {
        // A journal of the emulator has its webhooks beside the requests.
        var journal = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("webhooks", out var webhooks) ? webhooks : root;
        if (journal.ValueKind == JsonValueKind.Array)
        {
            return journal.EnumerateArray().Select((item, i) => OfItem(path, string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), item)).ToList();
        }

        return [OfBody(name, bytes, root) ?? throw NoWebhook(path)];
    }

    private static CapturedWebhook OfItem(string path, string source, JsonElement item) =>
        OfBody(source, Encoding.UTF8.GetBytes(item.GetRawText()), item) ?? throw NoWebhook($"{path}, item {source}");

    /// <summary>A body, or the entry of the emulator's journal that has it as text; null when it is neither.</summary>
    private static CapturedWebhook? OfBody(string source, ReadOnlyMemory<byte> bytes, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("json", out var json) || json.ValueKind != JsonValueKind.String)
        {
            return CapturedWebhook.Of(source, bytes.ToArray(), root);
        }

        var body = Encoding.UTF8.GetBytes(json.GetString()!);
        return Parse(body) is { } inner ? CapturedWebhook.Of(source, body, inner) : null;
    }

    private static List<CapturedWebhook> OfLines(string path, string name, ReadOnlyMemory<byte> bytes)
    {
        var webhooks = new List<CapturedWebhook>();
        var number = 0;
        foreach (var line in Lines(bytes))
        {
            number++;
            if (line.Span.IsWhiteSpace())
            {
                continue;
            }

            var source = string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");
            var root = Parse(line) ?? throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{path}' is not JSON, and its line {number} is not either: give the body of a webhook as JSON, or one on each line."));
            webhooks.Add(OfBody(source, line, root)
                ?? throw NoWebhook(string.Create(CultureInfo.InvariantCulture, $"{path}, line {number}")));
        }

        return webhooks;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            yield return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
        }
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhiteSpace(this ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8).IsEmpty;

    private static UsageException NoWebhook(string place) =>
        new($"'{place}' is JSON, but no webhook of Meta's: it has no array 'entry'. Give the body of a webhook exactly as Meta posted it.");
}
