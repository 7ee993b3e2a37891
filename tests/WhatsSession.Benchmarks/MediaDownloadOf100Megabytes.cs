namespace WhatsSession.Benchmarks;

/// <summary>Row 16: a download into a stream.</summary>
internal sealed class MediaDownloadOf100Megabytes : MediaRow
{
    public override string Number => "16b";

    public override string Name => "download of 100 MB into a stream";

    public override string Floor => "HttpClient copying the stream, and a SHA-256 of it";

    public override async ValueTask RunAsync(int operations)
    {
        var download = await Graph.Media.DownloadAsync(BusinessNumberId, "1", Stream.Null, "EAAtoken");
        if (!download.IsSuccess || download.Length != MediaServer.FileLength)
        {
            throw new InvalidOperationException(download.Error?.ToString());
        }
    }

    public override async ValueTask RunFloorAsync(int operations)
    {
        await using var content = await Http.GetStreamAsync(new Uri(Address, "file"));
        await content.CopyToAsync(Stream.Null, 16 * 1024);
        Hash();
    }
}
