namespace WhatsSession.MessageKinds.Tests;

internal static class Repository
{
    /// <summary>Found from the output, since a build for CI hides where the sources are.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "eng", "peers")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
