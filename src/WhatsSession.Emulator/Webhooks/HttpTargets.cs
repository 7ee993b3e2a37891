namespace WhatsSession.Emulator.Webhooks;

/// <summary>Makes the consumers behind URLs.</summary>
/// <param name="verifyToken">For the handshake with a consumer that names none of its own.</param>
internal sealed class HttpTargets(string verifyToken) : IDisposable
{
    // A consumer with another token writes a line for each handshake, so the pauses grow.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    public HttpTarget To(Uri url) => new(url, _http);

    /// <summary>Does the handshake with the emulator's own token.</summary>
    public Task<bool> VerifyAsync(HttpTarget target, CancellationToken cancellationToken) => target.VerifyAsync(verifyToken, cancellationToken);

    /// <summary>Repeats the handshake until it is answered: a consumer that is developed comes up later, and comes up again.</summary>
    /// <param name="target">The consumer.</param>
    /// <param name="isWanted">Whether it still gets webhooks.</param>
    /// <param name="told">Called when it answered.</param>
    public async Task RepeatAsync(HttpTarget target, Func<bool> isWanted, Action told)
    {
        var stop = _stopping.Token;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || !isWanted())
            {
                return;
            }

            try
            {
                if (await VerifyAsync(target, stop).ConfigureAwait(false))
                {
                    told();
                    return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _http.Dispose();
    }
}
