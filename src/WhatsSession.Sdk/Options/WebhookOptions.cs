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
    /// A second header that may carry the signature, for a gateway that passes <c>X-Hub-Signature-256</c> on under another name.
    /// Looked at only when the first is absent.
    /// </summary>
    /// <value>Null by default: none.</value>
    public string? SecondSignatureHeader { get; set; }
}
