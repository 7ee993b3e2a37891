namespace WhatsSession.Transport;

/// <summary>The address of a raw request: below the base address and the version, whatever the caller's text says.</summary>
internal static class RawPath
{
    private const string TokenParameter = "access_token=";

    /// <exception cref="ArgumentException">The path leads elsewhere, or cannot be a path.</exception>
    public static Uri Resolve(string path, GraphClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var end = path.IndexOf('?', StringComparison.Ordinal);
        var segments = end < 0 ? path : path[..end];
        var query = end < 0 ? "" : path[(end + 1)..];
        if (path.AsSpan().ContainsAnyInRange('\0', ' ') || path.AsSpan().ContainsAny('\\', '#', '\u007F'))
        {
            throw new ArgumentException("The path has a space, a control character, a backslash or a \"#\"; escape what stands in it.", nameof(path));
        }

        if (segments.Length == 0 || segments[0] == '/' || segments.Contains("//", StringComparison.Ordinal) || HasWebScheme(segments))
        {
            throw new ArgumentException(
                "The path starts with Meta's id of something, without a slash, a host or a version: \"1234567890/messages\".", nameof(path));
        }

        if (query.Split('&').Any(part => Uri.UnescapeDataString(part).StartsWith(TokenParameter, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException("The path has a token in it. Addresses are logged: give the token as an argument.", nameof(path));
        }

        // An escaped slash or dot counts as what some server may make of it.
        if (Uri.UnescapeDataString(segments).Split('/', '\\').Any(segment => segment is "." or "..")
            || !Uri.TryCreate(options.Resolve("").AbsoluteUri + path, UriKind.Absolute, out var address)
            || !address.AbsoluteUri.StartsWith(options.Resolve("").AbsoluteUri, StringComparison.Ordinal))
        {
            throw new ArgumentException("The path leads out of the API's address.", nameof(path));
        }

        return address;
    }

    // An id may have a colon in it, as those of uploads do.
    private static bool HasWebScheme(string path) =>
        path.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
