using System.Net.Http.Headers;
using System.Text;

namespace WhatsSession.Testing;

/// <summary>The body of a webhook with the signature that Meta would put on it.</summary>
/// <remarks>Immutable.</remarks>
public sealed class SignedPayload
{
    private readonly byte[] _body;

    private SignedPayload(byte[] body, string appSecret)
    {
        _body = body;
        Signature = WebhookSignature.Compute(body, appSecret);
    }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>The value of the header <see cref="WebhookSignature.HeaderName"/>.</summary>
    public string Signature { get; }

    /// <summary>Signs a body.</summary>
    /// <param name="json">The body as Meta would send it.</param>
    /// <param name="appSecret">The secret of the app.</param>
    public static SignedPayload Of(string json, string appSecret)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrEmpty(appSecret);
        return new SignedPayload(Encoding.UTF8.GetBytes(json), appSecret);
    }

    /// <summary>Makes the webhook for one event.</summary>
    /// <param name="received">A message of a customer, or a status, such as <see cref="Events"/> makes.</param>
    /// <param name="appSecret">The secret of the app.</param>
    /// <exception cref="NotSupportedException">The event is neither a message nor a status.</exception>
    public static SignedPayload Of(WhatsAppEvent received, string appSecret)
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentException.ThrowIfNullOrEmpty(appSecret);
        return new SignedPayload(PayloadJson.Of(received), appSecret);
    }

    /// <summary>The body as the content of a request, with type and signature.</summary>
    public HttpContent ToContent()
    {
        var content = new ByteArrayContent(_body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add(WebhookSignature.HeaderName, Signature);
        return content;
    }
}
