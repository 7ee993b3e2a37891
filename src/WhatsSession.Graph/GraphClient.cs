using WhatsSession.Transport;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>
/// A thin typed client for Meta's Graph API: one method for each request, and no state. It knows nothing about windows. It repeats a request only as
/// <see cref="GraphClientOptions.RepeatFor"/> says.
/// </summary>
/// <remarks>Thread safe. It stores no token. Each call gets its own token, so the token of one number is never used for a request of another number.</remarks>
public sealed class GraphClient
{
    private readonly GraphTransport _transport;

    /// <summary>Makes a client.</summary>
    /// <param name="httpClient">Used for every request. Its base address and default headers are not changed.</param>
    /// <param name="options">The address and version of the API.</param>
    public GraphClient(HttpClient httpClient, GraphClientOptions options)
        : this(httpClient, httpClient, options)
    {
    }

    /// <summary>
    /// Makes a client that uploads through another <see cref="HttpClient"/>. That one should have no time-out of its own, so that the upload of a large file
    /// can take long.
    /// </summary>
    /// <param name="httpClient">Used for every other request. Its base address and default headers are not changed.</param>
    /// <param name="uploads">Used for uploads. An upload fails when no data moves for the time of <see cref="GraphClientOptions.Patience"/>.</param>
    /// <param name="options">The address and version of the API.</param>
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

    /// <summary>Sends messages and marks messages as read.</summary>
    public GraphMessages Messages { get; }

    /// <summary>Media: upload, download, deletion, and samples for templates.</summary>
    public GraphMedia Media { get; }

    /// <summary>Templates of an account.</summary>
    public GraphTemplates Templates { get; }

    /// <summary>QR codes and short links of a number.</summary>
    public GraphQrCodes QrCodes { get; }

    /// <summary>
    /// Makes a request for which this version has no method. The token, the limits and the errors are handled as for other requests. The request is made once,
    /// except a GET (see <see cref="GraphClientOptions.RepeatFor"/>). If you send a message in this way, no window is checked.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path after the base address and the version, escaped, with its query: <c>1234567890/message_qrdls?limit=10</c>.</param>
    /// <param name="json">The body. It is sent unchanged. Null for none.</param>
    /// <param name="accessToken">The token.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have it.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is absolute, leads outside the API's address or has a token in it, or <paramref name="json"/> is not JSON.
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
