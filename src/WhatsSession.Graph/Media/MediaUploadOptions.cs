namespace WhatsSession;

/// <summary>How one medium is uploaded.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record MediaUploadOptions
{
    private const int ShortestTtl = 60;
    private const int LongestTtl = 43_200;

    internal static readonly MediaUploadOptions Default = new();

    /// <summary>Checks the content while it is read. A broken rule ends the upload, and <see cref="MediaUpload.Violations"/> has the rule.</summary>
    /// <value>Null by default: nothing is checked.</value>
    public ContentCheck? Check { get; init; }

    /// <summary>Gets the number of bytes that were written to the connection so far, after each piece.</summary>
    /// <value>Null by default.</value>
    public IProgress<long>? Progress { get; init; }

    /// <summary>For how many minutes Meta keeps it: 60 to 43,200. Only for numbers with No Storage.</summary>
    /// <value>Null by default: Meta's default of 30 days.</value>
    public int? TtlMinutes { get; init; }

    /// <summary>
    /// The limit that is broken; null when none is.
    /// (<see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media">Meta, 11 December 2025.</see>)
    /// </summary>
    public Violation? FindViolation() => TtlMinutes is { } minutes and (< ShortestTtl or > LongestTtl)
        ? new Violation("ttl_minutes", FormattableString.Invariant($"is {minutes} minutes; {ShortestTtl} to {LongestTtl} are allowed"))
        {
            Limit = minutes < ShortestTtl ? ShortestTtl : LongestTtl,
            Actual = minutes,
        }
        : null;
}
