namespace WhatsSession;

/// <summary>Which events open a window where Meta's documentation does not say it. See <see cref="WindowOpeners"/>.</summary>
public sealed class WindowOpenerOptions
{
    /// <summary>Whether a customer's reaction opens a window.</summary>
    /// <value>False by default.</value>
    public bool Reactions { get; set; }

    /// <summary>Whether a message that the API cannot show opens a window.</summary>
    /// <value>False by default.</value>
    public bool UnsupportedMessages { get; set; }

    /// <summary>Whether an edit or removal opens a window.</summary>
    /// <value>False by default.</value>
    public bool Edits { get; set; }

    /// <summary>Whether a message of an unknown kind opens a window.</summary>
    /// <value>False by default.</value>
    public bool UnknownKinds { get; set; }
}
