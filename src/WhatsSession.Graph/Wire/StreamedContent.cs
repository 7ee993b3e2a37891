using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace WhatsSession.Wire;

/// <summary>A stream as (part of) a request body: read piece by piece while it is sent, counted and hashed on the way, never kept.</summary>
internal sealed class StreamedContent(Stream source, long? length) : HttpContent
{
    private const int PieceLength = 64 * 1024;
    private Action? _alive;

    /// <summary>Whether a connection began to send it.</summary>
    public bool Started { get; private set; }

    /// <summary>Checks what was read so far; a violation ends the request. Given: the total, the first bytes.</summary>
    public ContentCheck? Check { get; init; }

    public IProgress<long>? Progress { get; init; }

    /// <summary>How many bytes were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>The SHA-256; null until the end was sent.</summary>
    public byte[]? Digest { get; private set; }

    /// <summary>What is wrong with the content itself, as opposed to the connection.</summary>
    public Violation? Problem { get; private set; }

    /// <summary>Calls back now, before each piece and after the last.</summary>
    public void KeepAlive(Action alive)
    {
        _alive = alive;
        alive();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // A handler that retries would go on where the stream is by now.
        if (Started)
        {
            throw new IOException("The content is read once and never again.");
        }

        Started = true;
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            while (await ReadAsync(piece, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                ThrowIf(Check?.Invoke(Sent + read, Sent == 0 ? piece.AsSpan(0, read) : default));
                hash.AppendData(piece.AsSpan(0, read));
                _alive?.Invoke();
                await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                Sent += read;
                Progress?.Report(Sent);
            }

            ThrowIf(Sent == 0 ? Check?.Invoke(0, default) : null);
            if (length is { } promised && Sent != promised)
            {
                var rule = string.Create(CultureInfo.InvariantCulture, $"ended after {Sent} of {promised} bytes");
                ThrowIf(new Violation("file", rule) { Limit = promised, Actual = Sent });
            }

            Digest = hash.GetHashAndReset();
            _alive?.Invoke();
            ArrayPool<byte>.Shared.Return(piece);
        }
        catch when (Problem is not null)
        {
            // No connection reads the piece any more. After another failure one may, and the piece is left to the collector.
            ArrayPool<byte>.Shared.Return(piece);
            throw;
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    // Fills the piece, so that the first one has the head of the content in it, and never reads past the length that was promised.
    private async ValueTask<int> ReadAsync(byte[] piece, CancellationToken cancellationToken)
    {
        var most = length is { } promised ? (int)Math.Min(PieceLength, promised - Sent) : PieceLength;
        try
        {
            return await source.ReadAtLeastAsync(piece.AsMemory(0, most), most, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Problem = new Violation("file", $"could not be read ({exception.GetType().Name})");
            throw new IOException("The content could not be read.", exception);
        }
    }

    private void ThrowIf(Violation? violation)
    {
        if (violation is not null)
        {
            Problem = violation;
            throw new IOException("The content breaks a limit.");
        }
    }
}
