namespace WhatsSession.Tests;

/// <summary>A stream that is read once, as that of a connection is.</summary>
internal sealed class OneWayStream(byte[] content) : MemoryStream(content, writable: false)
{
    /// <summary>Thrown at the end.</summary>
    public Exception? Failure { get; init; }

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : Failure is null ? 0 : throw Failure;
}
