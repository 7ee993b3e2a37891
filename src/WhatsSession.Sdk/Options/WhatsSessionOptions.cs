namespace WhatsSession;

/// <summary>
/// The settings of the SDK. They are checked at start-up. A wrong setting fails the start with an error that names the key, the value and the fix.
/// </summary>
public sealed class WhatsSessionOptions
{
    /// <summary>The default configuration section of the options. Every message names the keys with it.</summary>
    internal const string UsualSection = "WhatsSession";

    /// <summary>The business numbers by name. At least one.</summary>
    public NumberOptionsCollection Numbers { get; } = [];

    /// <summary>The Meta apps whose webhooks are accepted, by name. <see cref="AppSecret"/> and <see cref="VerifyToken"/> are the short form for one.</summary>
    public AppOptionsCollection Apps { get; } = [];

    /// <summary>The secret of the one Meta app. Needed to accept webhooks, not to send.</summary>
    /// <value>Null by default.</value>
    public string? AppSecret { get; set; }

    /// <summary>The verify token that was entered when the webhook was set up at Meta. Needed to answer Meta's verification, not to send.</summary>
    /// <value>Null by default.</value>
    public string? VerifyToken { get; set; }

    /// <summary>The address of the Graph API.</summary>
    /// <value>https://graph.facebook.com/ by default.</value>
    public Uri GraphBaseAddress { get; set; } = GraphClientOptions.DefaultBaseAddress;

    /// <summary>The version of the Graph API.</summary>
    /// <value>v27.0 by default.</value>
    public string GraphVersion { get; set; } = GraphClientOptions.DefaultVersion;

    /// <summary>How long a send waits for Meta's answer.</summary>
    /// <value>30 seconds by default.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The largest medium to download, in bytes. The download of a larger medium stops at the limit. See <see cref="MediaDownload.IsTooLarge"/>.
    /// </summary>
    /// <value>100 MB by default (104,857,600 bytes), the maximum that Meta documents.</value>
    public long MaximumDownloadSize { get; set; } = GraphClientOptions.DefaultMaximumDownloadSize;

    /// <summary>Whether a refused reply in a handler throws <see cref="MessageRefusedException"/> instead of being logged.</summary>
    /// <value>False by default.</value>
    public bool ThrowOnRefusal { get; set; }

    /// <summary>
    /// Whether a copy (echo) of a message counts as an answer of the business: a message that was typed in the phone app, or sent by another partner. Turn it
    /// off if the phone app sends automatic greetings.
    /// </summary>
    /// <value>True by default.</value>
    public bool EchoesAnswer { get; set; } = true;

    /// <summary>
    /// Whether the start fails when a fallback template is missing, not approved, does not fit, or cannot be looked up. When false, this is logged as a
    /// warning and the health check is degraded.
    /// </summary>
    /// <value>False by default. When true, each number with a fallback needs a <see cref="NumberOptions.BusinessAccountId"/>.</value>
    public bool RequireTemplates { get; set; }

    /// <summary>The guard of session messages.</summary>
    public GuardOptions Guard { get; } = new();

    /// <summary>How webhooks are accepted.</summary>
    public WebhookOptions Webhooks { get; } = new();

    /// <summary>How events are dispatched to handlers.</summary>
    public DispatchOptions Dispatch { get; } = new();

    /// <summary>How alerts about windows are told.</summary>
    public AlertOptions Alerts { get; } = new();

    /// <summary>Which events open a window where Meta's documentation does not say it.</summary>
    public WindowOpenerOptions WindowOpeners { get; } = new();

    /// <summary>What was wrong with the configuration section these options were read from.</summary>
    internal List<string> BindingFailures { get; } = [];

    /// <summary>The path of the section these options were read from; empty for a configuration of its own.</summary>
    internal string Section { get; set; } = UsualSection;

    /// <summary>Whether the section has nothing in it.</summary>
    internal bool IsSectionMissing { get; set; }

    /// <summary>Whether the configuration was given in the place of the section.</summary>
    internal bool IsWholeConfiguration { get; set; }

    /// <summary>A key with its section, as the configuration has it.</summary>
    internal string KeyOf(string key) => Section.Length == 0 ? key : $"{Section}:{key}";
}
