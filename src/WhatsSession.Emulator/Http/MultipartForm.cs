using System.Text;
using Microsoft.Net.Http.Headers;

namespace WhatsSession.Emulator.Http;

/// <summary>A body of type <c>multipart/form-data</c>: texts, and one file.</summary>
internal sealed class MultipartForm
{
    private const int MostParts = 20;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _texts = new(StringComparer.Ordinal);

    public (string? MimeType, ReadOnlyMemory<byte> Bytes)? File { get; private set; }

    /// <returns>Null when the body is none.</returns>
    public static MultipartForm? Parse(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return null;
        }

        var form = new MultipartForm();
        var delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        var rest = body;
        if (!rest.Span.StartsWith(delimiter))
        {
            return null;
        }

        for (var part = 0; part < MostParts; part++)
        {
            rest = rest[delimiter.Length..];
            if (rest.Span.StartsWith("--"u8))
            {
                return form;
            }

            var end = rest.Span.IndexOf(Encoding.ASCII.GetBytes("\r\n--" + boundary));
            if (end < 2 || !rest.Span.StartsWith("\r\n"u8) || !form.TryAdd(rest[2..end]))
            {
                return null;
            }

            rest = rest[(end + 2)..];
        }

        return null;
    }

    public string? Text(string name) => _texts.TryGetValue(name, out var text) ? Encoding.UTF8.GetString(text.Span) : null;

    private bool TryAdd(ReadOnlyMemory<byte> part)
    {
        var headerEnd = part.Span.IndexOf("\r\n\r\n"u8);
        if (headerEnd < 0)
        {
            return false;
        }

        string? name = null, mimeType = null;
        var isFile = false;
        foreach (var line in Encoding.UTF8.GetString(part.Span[..headerEnd]).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line[(colon + 1)..].Trim();
            if (colon > 0 && line[..colon].Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)
                && ContentDispositionHeaderValue.TryParse(value, out var disposition))
            {
                name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
                isFile = disposition.FileName.HasValue || disposition.FileNameStar.HasValue || name is "file";
            }
            else if (colon > 0 && line[..colon].Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                mimeType = value;
            }
        }

        var content = part[(headerEnd + 4)..];
        if (isFile)
        {
            File = (mimeType, content);
        }
        else if (name is not null)
        {
            _texts[name] = content;
        }

        return name is not null;
    }
}
