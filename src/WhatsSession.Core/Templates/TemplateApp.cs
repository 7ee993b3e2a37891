namespace WhatsSession;

/// <summary>An Android app that may take a one-time code.</summary>
/// <param name="PackageName">Its package name.</param>
/// <param name="SignatureHash">The hash of its signing key: 11 characters.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record TemplateApp(string PackageName, string SignatureHash)
{
    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TemplateApp);
}
