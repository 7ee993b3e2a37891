namespace WhatsSession.Emulator.Webhooks;

/// <summary>Makes the consumers behind URLs.</summary>
/// <param name="verifyToken">For the handshake with a consumer that names none of its own.</param>
internal sealed class HttpTargets(string verifyToken) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    public HttpTarget To(Uri url) => new(url, _http);

    /// <summary>Does the handshake with the emulator's own token.</summary>
    public Task<bool> VerifyAsync(HttpTarget target, CancellationToken cancellationToken) => target.VerifyAsync(verifyToken, cancellationToken);

    public void Dispose() => _http.Dispose();
}
