using WhatsSession.Transport;

namespace WhatsSession;

/// <summary>The thin typed client of Meta's Graph API: one method a request, no state, no retry. It does not know of windows.</summary>
/// <remarks>Thread safe. It holds no token: each call brings its own, so one number's token never travels with another's request.</remarks>
public sealed class GraphClient
{
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
        var transport = new GraphTransport(httpClient, uploads, options);
        Messages = new GraphMessages(transport);
        Media = new GraphMedia(transport);
        Templates = new GraphTemplates(transport);
        QrCodes = new GraphQrCodes(transport);
    }

    /// <summary>Messages, and marks as read.</summary>
    public GraphMessages Messages { get; }

    /// <summary>Media: upload, download, deletion, and samples for templates.</summary>
    public GraphMedia Media { get; }

    /// <summary>Templates of an account.</summary>
    public GraphTemplates Templates { get; }

    /// <summary>QR codes and short links of a number.</summary>
    public GraphQrCodes QrCodes { get; }
}
