using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Graph;

/// <summary>Uploads in pieces, whose handle goes into a template's sample or a profile picture.</summary>
/// <remarks>https://developers.facebook.com/docs/graph-api/guides/upload, as of November 2026.</remarks>
internal sealed class ResumableUploads(EmulatorClock clock)
{
    public const string Prefix = "upload:";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    public GraphAnswer Start(GraphRequest request)
    {
        if (!long.TryParse(request.Query("file_length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length == 0)
        {
            return GraphError.Invalid("The parameter 'file_length' is required: the number of bytes.");
        }

        if (request.Query("file_type") is not { Length: > 0 })
        {
            return GraphError.Invalid("The parameter 'file_type' is required: the MIME type.");
        }

        var id = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)).Replace('/', '_').Replace('+', '-');
        _uploads[id] = new(length);
        clock.CreateTimer(_ => _uploads.TryRemove(id, out Upload? _), null, Kept, Timeout.InfiniteTimeSpan);
        return GraphAnswer.Ok(id, static (json, id) =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteEndObject();
        });
    }

    public GraphAnswer Answer(string id, GraphRequest request)
    {
        if (!_uploads.TryGetValue(id, out var upload))
        {
            return GraphError.UnknownObject(request.Method, id);
        }

        if (request.Is("GET"))
        {
            return GraphAnswer.Ok((id, upload.Offset), static (json, s) =>
            {
                json.WriteStartObject();
                json.WriteString("id", s.id);
                json.WriteNumber("file_offset", s.Offset);
                json.WriteEndObject();
            });
        }

        if (!request.Is("POST"))
        {
            return GraphError.UnknownObject(request.Method, id);
        }

        return upload.Take(request.FileOffset, request.Body.Length) switch
        {
            null => GraphError.Invalid(FormattableString.Invariant(
                $"The header 'file_offset' must be {upload.Offset}, and the bytes must not go past the announced length.")),
            false => GraphAnswer.Ok(upload.Offset, static (json, offset) =>
            {
                json.WriteStartObject();
                json.WriteNumber("file_offset", offset);
                json.WriteEndObject();
            }),
            true => GraphAnswer.Ok(upload.Handle, static (json, handle) => WriteHandle(json, handle)),
        };
    }

    private static void WriteHandle(Utf8JsonWriter json, string handle)
    {
        json.WriteStartObject();
        json.WriteString("h", handle);
        json.WriteEndObject();
    }

    private sealed class Upload(long length)
    {
        private readonly object _gate = new();
        private long _offset;

        public string Handle { get; } = "4::" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));

        public long Offset
        {
            get
            {
                lock (_gate)
                {
                    return _offset;
                }
            }
        }

        /// <returns>Whether the file is complete; null when the piece does not fit.</returns>
        public bool? Take(string? at, int count)
        {
            lock (_gate)
            {
                if (!long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || offset != _offset || offset + count > length)
                {
                    return null;
                }

                _offset += count;
                return _offset == length;
            }
        }
    }
}
