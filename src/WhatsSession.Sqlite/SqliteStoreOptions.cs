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

    /// <summary>Tells what cannot be, and what to give.</summary>
    /// <param name="parameter">The name of the caller's parameter.</param>
    internal void ThrowIfWrong(string parameter)
    {
        if (string.IsNullOrWhiteSpace(Path) || Path == ":memory:")
        {
            throw new ArgumentException(
                $"The path of the SQLite store is \"{Path}\", which names no file; give a path such as \"whatssession.db\", or name no store to keep "
                + "everything in memory.",
                parameter);
        }

        if (Path.Contains("Data Source=", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"The path of the SQLite store is a connection string of {Path.Length} characters; give the path of the file alone, such as "
                + "\"whatssession.db\".",
                parameter);
        }

        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromDays(1))
        {
            throw new ArgumentException($"A busy timeout of {BusyTimeout} is not between zero and a day.", parameter);
        }

        if (!Enum.IsDefined(Synchronous))
        {
            throw new ArgumentException(
                $"Synchronous is {Synchronous}, which there is not: choose {nameof(SqliteSynchronous.Full)} or {nameof(SqliteSynchronous.Normal)}.",
                parameter);
        }
    }
}
