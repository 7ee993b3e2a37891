namespace WhatsSession;

/// <summary>The address of the Graph API, and how requests to it are made.</summary>
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

    /// <summary>How long an upload or a download may go without any data moving before it fails. The whole transfer may take much longer.</summary>
    /// <value>Null by default: the time-out of the <see cref="HttpClient"/>.</value>
    public TimeSpan? Patience { get; init; }

    /// <summary>
    /// The largest medium to download, in bytes. The download of a larger medium stops at the limit. See <see cref="MediaDownload.IsTooLarge"/>.
    /// </summary>
    /// <value>100 MB by default (104,857,600 bytes), the maximum that Meta documents.</value>
    public long MaximumDownloadSize { get; init; } = DefaultMaximumDownloadSize;

    /// <summary>
    /// How long a request is repeated, with growing waits, while Meta is busy, fails or gives no answer. This applies only to requests that can be made twice
    /// without harm: a GET, or marking a message as read.
    /// </summary>
    /// <value>Zero by default: each request is made once.</value>
    public TimeSpan RepeatFor { get; init; }

    /// <summary>The clock for the waits between the attempts. Time-outs of connections use the system's clock.</summary>
    /// <value><see cref="TimeProvider.System"/> by default.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called with each answer from Meta, for example to read its headers. It is not called for the content of media. If it throws, the request counts as not
    /// answered.
    /// </summary>
    /// <value>Null by default.</value>
    public Action<HttpResponseMessage>? Answered { get; init; }

    // Without the slash, Uri would replace the last segment of a base address that has a path.
    internal Uri Resolve(string path) => new($"{BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Version}/{path}");
}
