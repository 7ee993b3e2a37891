namespace WhatsSession;

/// <summary>One Meta app.</summary>
public sealed class AppOptions
{
    /// <summary>The name of the app whose secret and token stand in the options themselves.</summary>
    internal const string Main = "main";

    /// <summary>The live secrets of the app: one, or two while a secret is being rotated.</summary>
    public IList<string> AppSecrets { get; } = [];

    /// <summary>The token that was typed in when the webhook was subscribed.</summary>
    /// <value>Null by default.</value>
    public string? VerifyToken { get; set; }

    /// <summary>Meta's id of the app.</summary>
    /// <value>Null by default.</value>
    public string? AppId { get; set; }
}
