using WhatsSession.Transport;

namespace WhatsSession;

/// <summary>Sets up connections to Meta, if you make the <see cref="HttpClient"/> of a <see cref="GraphClient"/> yourself.</summary>
public static class GraphConnections
{
    /// <summary>
    /// Sets up a handler. Connections are closed after two minutes, so that changes in DNS are noticed. Redirects are not followed, because they would send
    /// the token to another host. There are no cookies. A host name that leads to an address outside the public internet is refused, unless it is the origin
    /// of <see cref="GraphClientOptions.BaseAddress"/>.
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
