namespace WhatsSession;

/// <summary>One Meta app.</summary>
public sealed class AppOptions
{
    /// <summary>The name of the app whose secret and token are set directly in the options.</summary>
    internal const string Main = "main";

    /// <summary>The valid secrets of the app: one, or two while you rotate the secret.</summary>
    public IList<string> AppSecrets { get; } = [];

    /// <summary>The verify token that was entered when the webhook was set up at Meta.</summary>
    /// <value>Null by default.</value>
    public string? VerifyToken { get; set; }

    /// <summary>Meta's id of the app.</summary>
    /// <value>Null by default.</value>
    public string? AppId { get; set; }
}
