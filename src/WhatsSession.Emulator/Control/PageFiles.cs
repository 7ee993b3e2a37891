using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Control;

/// <summary>The page's files and the description of the control API, which lie in the assembly.</summary>
internal static class PageFiles
{
    public static GraphAnswer? Find(string path) => path switch
    {
        "/" => Read("page.html", "text/html; charset=utf-8"),
        "/_emulator/page.js" => Read("page.js", "text/javascript; charset=utf-8"),
        "/_emulator/page.css" => Read("page.css", "text/css; charset=utf-8"),
        "/_emulator/icon.svg" => Read("icon.svg", "image/svg+xml"),
        "/_emulator/openapi.json" => Read("openapi.json", "application/json; charset=utf-8"),
        _ => null,
    };

    private static GraphAnswer Read(string name, string contentType)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new() { StatusCode = 200, Body = bytes.ToArray(), ContentType = contentType };
    }
}
