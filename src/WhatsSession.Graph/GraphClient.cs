using WhatsSession.Transport;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>The thin typed client of Meta's Graph API: one method a request, no state. It does not know of windows, and makes a request again only where
/// <see cref="GraphClientOptions.RepeatFor"/> says so.</summary>
/// <remarks>Thread safe. It holds no token: each call brings its own, so one number's token never travels with another's request.</remarks>
public sealed class GraphClient
{
    private readonly GraphTransport _transport;

    /// <summary>Makes a client.</summary>
    /// <param name="httpClient">Used for every request; its base address and default headers are not touched.</param>
    /// <param name="options">Where the API is.</param>
    public GraphClient(HttpClient httpClient, GraphClientOptions options)
        : this(httpClient, httpClient, options)
    {
    }

    /// <summary>
    /// Makes a client that uploads through another <see cref="HttpClient"/>: one without a time-out of its own, so that a large file may take its time.
    /// </summary>
    /// <param name="httpClient">Used for every other request; its base address and default headers are not touched.</param>
    /// <param name="uploads">Used for uploads. An upload is given up when nothing moves for <see cref="GraphClientOptions.Patience"/>.</param>
    /// <param name="options">Where the API is.</param>
    public GraphClient(HttpClient httpClient, HttpClient uploads, GraphClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(uploads);
        ArgumentNullException.ThrowIfNull(options);
        _transport = new GraphTransport(httpClient, uploads, options);
        Messages = new GraphMessages(_transport);
        Media = new GraphMedia(_transport);
        Templates = new GraphTemplates(_transport);
        QrCodes = new GraphQrCodes(_transport);
    }

    /// <summary>Messages, and marks as read.</summary>
    public GraphMessages Messages { get; }

    /// <summary>Media: upload, download, deletion, and samples for templates.</summary>
    public GraphMedia Media { get; }

    /// <summary>Templates of an account.</summary>
    public GraphTemplates Templates { get; }

    /// <summary>QR codes and short links of a number.</summary>
    public GraphQrCodes QrCodes { get; }

    /// <summary>
    /// Makes a request that this version has no method for, with the same token, limits and errors as all others. It is made once, but for a GET (see
    /// <see cref="GraphClientOptions.RepeatFor"/>). A message that is sent so passes no check of any window.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The address below base address and version, with its query and escaped: <c>1234567890/message_qrdls?limit=10</c>.</param>
    /// <param name="json">The body, which goes out as it is; null for none.</param>
    /// <param name="accessToken">The token.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have it.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is absolute, leads out of the API's address or has a token in it, or <paramref name="json"/> is not JSON.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphRawResult> SendRawAsync(
        HttpMethod method, string path, string? json, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(accessToken);
        var address = RawPath.Resolve(path, _transport.Options);
        if (json is not null)
        {
            JsonFields.ThrowIfNoJson(json);
        }

        return _transport.SendRawAsync(method, address, json, accessToken.Bearer, cancellationToken);
    }
}
