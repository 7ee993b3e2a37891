namespace WhatsSession.Media;

/// <summary>Which addresses are Meta's, so that the token may travel there. Everything else is not even connected to.</summary>
internal static class MediaHosts
{
    private const string MediaDomain = ".fbsbx.com";

    /// <summary>Whether an address is Meta's: the API's own host and the hosts of media over https, or the origin that the options name as Meta's.</summary>
    public static bool AreMetas(Uri address, Uri baseAddress)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0)
        {
            return false;
        }

        if (address.Scheme == baseAddress.Scheme
            && address.Port == baseAddress.Port
            && string.Equals(address.IdnHost, baseAddress.IdnHost, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var host = address.IdnHost;
        return address.Scheme == Uri.UriSchemeHttps
            && address.IsDefaultPort
            && (string.Equals(host, "graph.facebook.com", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(MediaDomain, StringComparison.OrdinalIgnoreCase));
    }
}
