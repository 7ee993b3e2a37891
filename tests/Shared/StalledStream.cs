namespace WhatsSession.Tests;

/// <summary>A stream that gives one byte and then nothing, without an end.</summary>
internal sealed class StalledStream : MemoryStream
{
    private bool _isFirst = true;

    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_isFirst)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        _isFirst = false;
        return 1;
    }
}
