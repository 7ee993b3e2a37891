namespace WhatsSession;

/// <summary>Where the Graph API is.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GraphClientOptions
{
    /// <summary>The version this release was written for: v27.0 (4 November 2026).</summary>
    public const string DefaultVersion = "v27.0";

    /// <summary>The largest medium that Meta documents: 100 MB.</summary>
    public const long DefaultMaximumDownloadSize = 100 * 1024 * 1024;

    /// <summary>Meta's address.</summary>
    public static Uri DefaultBaseAddress { get; } = new("https://graph.facebook.com/");

    /// <summary>The address of the API without version.</summary>
    /// <value><see cref="DefaultBaseAddress"/> by default.</value>
    public Uri BaseAddress { get; init; } = DefaultBaseAddress;

    /// <summary>The version of the API.</summary>
    /// <value><see cref="DefaultVersion"/> by default.</value>
    public string Version { get; init; } = DefaultVersion;

    /// <summary>For how long nothing may move on a connection before an upload or a download on it is given up. The whole of it may take much longer.</summary>
    /// <value>Null by default: the time-out of the <see cref="HttpClient"/>.</value>
    public TimeSpan? Patience { get; init; }

    /// <summary>The largest medium to download, in bytes: the download of a larger one ends at the limit. See <see cref="MediaDownload.IsTooLarge"/>.</summary>
    /// <value>100 MB by default (104,857,600 bytes), the most that Meta documents.</value>
    public long MaximumDownloadSize { get; init; } = DefaultMaximumDownloadSize;

    /// <summary>
    /// For how long a request that does no harm when it is made twice (a GET, a mark as read) is made again, with growing waits, while Meta is busy, fails or
    /// gives no answer.
    /// </summary>
    /// <value>Zero by default: each request is made once.</value>
    public TimeSpan RepeatFor { get; init; }

    /// <summary>The clock of the waits between the tries. Time-outs of connections are on the system's.</summary>
    /// <value><see cref="TimeProvider.System"/> by default.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called with each answer of Meta's, for those who want its headers; not with the content of media. What it throws counts as no answer.
    /// </summary>
    /// <value>Null by default.</value>
    public Action<HttpResponseMessage>? Answered { get; init; }

    // Without the slash, Uri would replace the last segment of a base address that has a path.
    internal Uri Resolve(string path) => new($"{BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Version}/{path}");
}
