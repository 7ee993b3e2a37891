namespace WhatsSession.Emulator;

/// <summary>What goes wrong with the answer to a Graph request.</summary>
public enum ResponseFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The request is carried out, but the connection is cut without an answer. The client cannot know the result.</summary>
    DropAfterAccepting,

    /// <summary>The connection is reset before anything is carried out.</summary>
    ConnectionReset,

    /// <summary>HTTP 429 with error 130429; nothing is carried out.</summary>
    TooManyRequests,

    /// <summary>HTTP 429 with error 130429 and <c>Retry-After: 30</c>; nothing is carried out.</summary>
    TooManyRequestsWithRetryAfter,

    /// <summary>HTTP 500 with error 131000; nothing is carried out.</summary>
    ServerError,

    /// <summary>HTTP 502 with an HTML page, as from a gateway; nothing is carried out.</summary>
    BadGatewayHtml,

    /// <summary>HTTP 503 without a body; nothing is carried out.</summary>
    EmptyUnavailable,

    /// <summary>The request is carried out and answered with HTTP 200 and <c>{}</c>.</summary>
    EmptyObject,
}
