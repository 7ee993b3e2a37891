namespace WhatsSession.Emulator;

/// <summary>One webhook, as it would be posted.</summary>
public sealed class WebhookDelivery
{
    /// <summary>The raw body, UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The value of <c>X-Hub-Signature-256</c>: <c>sha256=</c> and the hex HMAC-SHA256 of the body under the app secret.</summary>
    public required string Signature { get; init; }

    /// <summary>Shows only the signature, because the body has personal data.</summary>
    /// <returns>The signature.</returns>
    public override string ToString() => Signature;
}
