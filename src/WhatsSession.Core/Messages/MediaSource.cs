namespace WhatsSession;

/// <summary>Where the content of a media message comes from: an upload (<see cref="FromId"/>) or a public link (<see cref="FromLink(Uri)"/>).</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public abstract record MediaSource
{
    private MediaSource()
    {
    }

    /// <summary>Media that was uploaded to Meta before, by its id. Ids live 30 days and belong to the number.</summary>
    public static MediaSource FromId(string mediaId) => new Id(mediaId);

    /// <summary>Media that Meta fetches from a public http or https address and caches.</summary>
    public static MediaSource FromLink(Uri link) => new Link(link);

    /// <summary>Media that Meta fetches from a public http or https address and caches.</summary>
    /// <exception cref="UriFormatException"><paramref name="link"/> is not an absolute address.</exception>
    public static MediaSource FromLink(string link) => new Link(new Uri(link, UriKind.Absolute));

    /// <summary>The kind of source.</summary>
    public sealed override string ToString() => GetType().Name;

    internal abstract void Check(ref ViolationList violations, string path);

    /// <summary>An uploaded medium.</summary>
    /// <param name="MediaId">Meta's id of it.</param>
    public sealed record Id(string MediaId) : MediaSource
    {
        internal override void Check(ref ViolationList violations, string path)
        {
            if (!Grammar.IsToken(MediaId, 256))
            {
                violations.Add($"{path}.id", "is not a media id; give the id that the upload returned");
            }
        }
    }

    /// <summary>A medium behind a public link.</summary>
    /// <param name="Address">An absolute http or https address.</param>
    public sealed record Link(Uri Address) : MediaSource
    {
        internal override void Check(ref ViolationList violations, string path) => violations.WebAddress($"{path}.link", Address);
    }
}
