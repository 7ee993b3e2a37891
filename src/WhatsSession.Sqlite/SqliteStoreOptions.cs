namespace WhatsSession;

/// <summary>Where the embedded store keeps its file.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The path of the file, on a local disk; made when it does not exist. Its directory must exist.</summary>
    /// <value>Required.</value>
    public string Path { get; set; } = "";

    /// <summary>How long to wait for another process that is writing, before the store counts as unavailable.</summary>
    /// <value>5 seconds by default.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether what is written waits for the disk. See <see cref="SqliteSynchronous"/> for what is lost otherwise, and when.</summary>
    /// <value><see cref="SqliteSynchronous.Full"/> by default.</value>
    public SqliteSynchronous Synchronous { get; set; }
}
