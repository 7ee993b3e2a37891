namespace WhatsSession;

/// <summary>How one medium is uploaded.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record MediaUploadOptions
{
    internal static readonly MediaUploadOptions Default = new();

    /// <summary>Told how many bytes of the content were handed to the connection so far, after each piece.</summary>
    /// <value>Null by default.</value>
    public IProgress<long>? Progress { get; init; }

    /// <summary>For how many minutes Meta keeps it: 60 to 43,200. Only for numbers with No Storage.</summary>
    /// <value>Null by default: as Meta does, 30 days.</value>
    public int? TtlMinutes { get; init; }
}
