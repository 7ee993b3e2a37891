namespace WhatsSession;

/// <summary>Where the Graph API is.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GraphClientOptions
{
    /// <summary>The version this release was written for: v26.0 (29 July 2026).</summary>
    public const string DefaultVersion = "v26.0";

    /// <summary>Meta's address.</summary>
    public static Uri DefaultBaseAddress { get; } = new("https://graph.facebook.com/");

    /// <summary>The address of the API without version.</summary>
    /// <value><see cref="DefaultBaseAddress"/> by default.</value>
    public Uri BaseAddress { get; init; } = DefaultBaseAddress;

    /// <summary>The version of the API.</summary>
    /// <value><see cref="DefaultVersion"/> by default.</value>
    public string Version { get; init; } = DefaultVersion;

    // Without the slash, Uri would replace the last segment of a base address that has a path.
    internal Uri Resolve(string path) => new($"{BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Version}/{path}");
}
