using WhatsSession.Transport;

namespace WhatsSession;

/// <summary>How connections to Meta are made, for those who make the <see cref="HttpClient"/> of a <see cref="GraphClient"/> themselves.</summary>
public static class GraphConnections
{
    /// <summary>
    /// Sets a handler up: connections live two minutes, so that DNS is followed; no redirect is followed, which would carry the token elsewhere; no cookies;
    /// and no name is followed that leads to an address which the internet does not know, unless it is the origin of
    /// <see cref="GraphClientOptions.BaseAddress"/>.
    /// </summary>
    /// <param name="handler">The handler, before its first request.</param>
    /// <param name="options">Where the API is.</param>
    public static void Configure(SocketsHttpHandler handler, GraphClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        var metas = options.BaseAddress;
        handler.ConnectCallback = (context, cancellationToken) => PublicConnection.OpenAsync(context, metas, cancellationToken);
    }
}
