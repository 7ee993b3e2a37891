namespace WhatsSession;

/// <summary>An Android app that may receive a one-time code.</summary>
/// <param name="PackageName">Its package name.</param>
/// <param name="SignatureHash">The hash of its signing key: 11 characters.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record TemplateApp(string PackageName, string SignatureHash)
{
    /// <summary>
    /// The fields that this version does not know, as the text of one JSON object; they are written back unchanged. One that is not an object makes the
    /// request throw <see cref="ArgumentException"/>.
    /// </summary>
    /// <value>Null by default: there are none.</value>
    public string? OtherFields { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TemplateApp);
}
