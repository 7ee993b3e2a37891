namespace WhatsSession;

/// <summary>Chooses the embedded store.</summary>
public static class WhatsSessionSqliteBuilderExtensions
{
    /// <summary>Keeps everything in one SQLite file on a local disk, so that it survives a restart. Several processes may share the file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The path of the file. The file is created if it does not exist; its directory must exist.</param>
    /// <returns>The same builder.</returns>
    public static WhatsSessionBuilder UseSqlite(this WhatsSessionBuilder builder, string path) =>
        UseSqlite(builder, new SqliteStoreOptions { Path = path });

    /// <summary>Keeps everything in one SQLite file, with options.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options. The path is required.</param>
    /// <returns>The same builder.</returns>
    public static WhatsSessionBuilder UseSqlite(this WhatsSessionBuilder builder, Action<SqliteStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new SqliteStoreOptions();
        configure(options);
        return UseSqlite(builder, options);
    }

    /// <summary>Keeps everything in one SQLite file, with options.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The options.</param>
    /// <returns>The same builder.</returns>
    public static WhatsSessionBuilder UseSqlite(this WhatsSessionBuilder builder, SqliteStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.UseStore(_ => new SqliteStore(options));
    }
}
