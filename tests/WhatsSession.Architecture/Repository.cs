using System.Reflection;
using System.Runtime.CompilerServices;

namespace WhatsSession.Architecture;

/// <summary>The packages as they were built, and the tree they were built from.</summary>
internal static class Repository
{
    public static readonly Assembly Core = typeof(SendPolicy).Assembly;
    public static readonly Assembly Sdk = typeof(WhatsSessionClient).Assembly;
    public static readonly Assembly AspNetCore = typeof(Microsoft.AspNetCore.Builder.WhatsSessionEndpointRouteBuilderExtensions).Assembly;
    public static readonly Assembly Sqlite = typeof(SqliteStore).Assembly;
    public static readonly Assembly Emulator = typeof(Emulator.WhatsAppEmulator).Assembly;

    public static readonly Assembly[] Ours = [Core, Sdk, AspNetCore, Sqlite];

    public static string Root { get; } = Find();

    public static string[] SourceFiles { get; } = [.. Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))];

    private static string Find([CallerFilePath] string here = "")
    {
        // A deterministic build maps the path away; then the tree is above the test's own folder.
        for (var folder = File.Exists(here) ? Path.GetDirectoryName(here) : AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "WhatsSession.Sdk.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("WhatsSession.Sdk.sln is not above the tests.");
    }
}
