namespace WhatsSession.Benchmarks;

/// <summary>Row 16: an upload from a stream.</summary>
internal sealed class MediaUploadOf100Megabytes : MediaRow
{
    public override string Number => "16a";

    public override string Name => "upload of 100 MB from a stream";

    public override string Floor => "HttpClient posting the stream, and a SHA-256 of it";

    public override async ValueTask RunAsync(int operations)
    {
        using var content = new ZeroStream(MediaServer.FileLength);
        var upload = await Graph.Media.UploadAsync(BusinessNumberId, content, "application/pdf", "EAAtoken");
        if (!upload.IsSuccess || upload.Length != MediaServer.FileLength)
        {
            throw new InvalidOperationException(upload.Error?.ToString());
        }
    }

    public override async ValueTask RunFloorAsync(int operations)
    {
        using var content = new ZeroStream(MediaServer.FileLength);
        using var body = new StreamContent(content, 64 * 1024);
        using var response = await Http.PostAsync(new Uri(Address, "v27.0/1/media"), body);
        response.EnsureSuccessStatusCode();
        Hash();
    }
}
