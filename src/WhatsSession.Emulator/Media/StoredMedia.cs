namespace WhatsSession.Emulator.Media;

/// <summary>A file at Meta.</summary>
internal sealed record StoredMedia
{
    public required string Id { get; init; }

    public required EmulatedNumber Number { get; init; }

    public required string MimeType { get; init; }

    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public required byte[] Sha256 { get; init; }

    public required DateTimeOffset Expires { get; init; }
}
