using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using WhatsSession.Wire;

namespace WhatsSession.Transport;

/// <summary>A request body in a pooled buffer. It knows whether any of it was handed to a connection: before that, Meta cannot have the message.</summary>
internal sealed class JsonBody : HttpContent, IBufferWriter<byte>
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _written;
    private bool _completed;

    public JsonBody() => Headers.ContentType = Json;

    /// <summary>Whether a connection began to send it.</summary>
    public bool Started { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _written);

    /// <summary>A body that a function writes.</summary>
    public static JsonBody Of(Action<Utf8JsonWriter> write)
    {
        var body = new JsonBody();
        try
        {
            // A writer of its own: what the caller gives as JSON may throw in the middle of writing.
            using var writer = new Utf8JsonWriter(body, JsonFields.WriterOptions);
            write(writer);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_written);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // A handler that retries would send the message twice: there is no idempotency key in the Cloud API.
        // The first answer is then lost, and the outcome ambiguous.
        if (Started)
        {
            throw new IOException("A message is written once and never again.");
        }

        Started = true;
        await stream.WriteAsync(_buffer.AsMemory(0, _written), cancellationToken).ConfigureAwait(false);
        _completed = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _written;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        // A buffer that a broken connection may still read does not go back to the pool.
        if (disposing && (_completed || !Started) && Interlocked.Exchange(ref _buffer, []) is { Length: > 0 } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        base.Dispose(disposing);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _written + Math.Max(sizeHint, 256);
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * _buffer.Length));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
