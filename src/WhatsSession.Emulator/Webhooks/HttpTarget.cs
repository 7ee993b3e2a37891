using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>A consumer behind a URL.</summary>
internal sealed class HttpTarget(Uri url, HttpClient http) : IWebhookTarget
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public Uri Url => url;

    // As Meta, which delivers at the same time and in no order, but only where waiting would hold others up.
    public TimeSpan Patience => TimeSpan.FromSeconds(1);

    /// <summary>Whether it answered the latest handshake; null when none was made.</summary>
    public bool? IsVerified { get; private set; }

    public static bool Accepts(Uri url) => url.IsAbsoluteUri && url.Scheme is ("http" or "https");

    public async Task<int?> DeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ReadOnlyMemoryContent(delivery.Body);
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", "facebookexternalua");
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", delivery.Signature);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong on the way, there was no answer: the webhook comes again.
            return null;
        }
    }

    /// <summary>Meta's handshake: the consumer must repeat the challenge, and only for the right token.</summary>
    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint, read 10 March 2026.</remarks>
    public async Task<bool> VerifyAsync(string verifyToken, CancellationToken cancellationToken)
    {
        var challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var query = $"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken)}";
        var handshake = new UriBuilder(url);
        handshake.Query = handshake.Query.Length > 1 ? handshake.Query[1..] + "&" + query : query;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(handshake.Uri, limit.Token).ConfigureAwait(false);
            IsVerified = (int)response.StatusCode == 200
                && string.Equals(await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false), challenge, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            IsVerified = false;
        }

        return IsVerified is true;
    }
}
