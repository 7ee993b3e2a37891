namespace WhatsSession;

/// <summary>How webhooks are accepted.</summary>
public sealed class WebhookOptions
{
    /// <summary>The largest body to accept, in bytes; a larger one is answered with 413 before it is read.</summary>
    /// <value>
    /// 3 MB by default (3,145,728 bytes), the maximum that Meta documents; from 1 KB to 64 MB. The endpoint of <c>MapWhatsApp</c> raises the server's own
    /// limit for its requests, 30,000,000 bytes in Kestrel.
    /// </value>
    public int MaximumBodySize { get; set; } = 3 * 1024 * 1024;

    /// <summary>
    /// How many bytes of request bodies the endpoint of <c>MapWhatsApp</c> holds at once, over all requests. When the limit is reached, a webhook is answered
    /// with 503 and Meta sends it again. Bodies over 16 KB use at most three quarters of the limit.
    /// </summary>
    /// <value>64 MB by default (67,108,864 bytes); at least four times <see cref="MaximumBodySize"/>.</value>
    public int MaximumBufferedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How long a body may take to arrive at the endpoint of <c>MapWhatsApp</c>. After that the request is answered with 408 and the connection is closed.
    /// </summary>
    /// <value>20 seconds by default; from 100 milliseconds to 10 minutes.</value>
    public TimeSpan BodyDeadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A second header that may carry the signature, for a gateway that forwards <c>X-Hub-Signature-256</c> under another name. It is read only when
    /// <c>X-Hub-Signature-256</c> is missing.
    /// </summary>
    /// <value>Null by default: none.</value>
    public string? SecondSignatureHeader { get; set; }
}
