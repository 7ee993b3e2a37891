namespace WhatsSession;

/// <summary>The acceptance of webhooks.</summary>
public sealed class WebhookOptions
{
    /// <summary>The largest body to accept, in bytes; a larger one is answered with 413 before it is read.</summary>
    /// <value>
    /// 3 MB by default (3,145,728 bytes), the most that Meta documents; from 1 KB to 64 MB.
    /// The endpoint of <c>MapWhatsApp</c> raises the server's own limit for its requests, 30,000,000 bytes in Kestrel.
    /// </value>
    public int MaximumBodySize { get; set; } = 3 * 1024 * 1024;

    /// <summary>
    /// How many bytes of bodies the endpoint of <c>MapWhatsApp</c> holds at once, over all requests. Beyond it a webhook is answered with 503,
    /// and Meta sends it again. Bodies over 16 KB may take three quarters of it.
    /// </summary>
    /// <value>64 MB by default (67,108,864 bytes); at least four times <see cref="MaximumBodySize"/>.</value>
    public int MaximumBufferedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a body may take to arrive at the endpoint of <c>MapWhatsApp</c>; then it is answered with 408 and its connection closed.</summary>
    /// <value>20 seconds by default; from 100 milliseconds to 10 minutes.</value>
    public TimeSpan BodyDeadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A second header that may carry the signature, for a gateway that passes <c>X-Hub-Signature-256</c> on under another name.
    /// Looked at only when the first is absent.
    /// </summary>
    /// <value>Null by default: none.</value>
    public string? SecondSignatureHeader { get; set; }
}
