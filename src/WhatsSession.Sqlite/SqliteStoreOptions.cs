namespace WhatsSession;

/// <summary>The settings of the embedded store.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The path of the file, on a local disk. The file is created if it does not exist; its directory must exist.</summary>
    /// <value>Required.</value>
    public string Path { get; set; } = "";

    /// <summary>How long to wait for another process that is writing. After that the store counts as unavailable.</summary>
    /// <value>5 seconds by default.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a write waits for the disk. <see cref="SqliteSynchronous"/> describes what can be lost otherwise, and when.</summary>
    /// <value><see cref="SqliteSynchronous.Full"/> by default.</value>
    public SqliteSynchronous Synchronous { get; set; }
}
