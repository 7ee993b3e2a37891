using System.Reflection;
using System.Runtime.CompilerServices;

namespace WhatsSession.Architecture;

/// <summary>The tree, and the packages that were built from it. Both are found: a project that comes is held to the rules by being there.</summary>
internal static class Repository
{
    /// <summary>A second reading of Meta's rules, which stands alone: it shares neither code nor namespace with the others.</summary>
    private const string StandsAlone = "WhatsSession.Emulator";

    public static string Root { get; } = Find();

    public static string Source { get; } = Path.Combine(Root, "src");

    public static IReadOnlyList<Project> Projects { get; } =
        [.. Directory.EnumerateDirectories(Source).SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")).Order(StringComparer.Ordinal).Select(file => new Project(file))];

    public static IReadOnlyList<Project> Libraries { get; } = [.. Projects.Where(project => project.IsLibrary)];

    public static TheoryData<string> ProjectNames => new(Projects.Select(project => project.Name));

    public static TheoryData<string> LibraryNames => new(Libraries.Select(project => project.Name));

    /// <summary>Every library, the emulator too.</summary>
    public static IReadOnlyList<Assembly> All => [.. Libraries.Select(project => project.Assembly)];

    /// <summary>The libraries of the SDK: all but the emulator.</summary>
    public static IReadOnlyList<Assembly> Ours => [.. All.Where(assembly => assembly.GetName().Name != StandsAlone)];

    public static IReadOnlyList<string> SourceFiles { get; } =
        [.. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))];

    public static Project Project(string name) => Projects.Single(project => project.Name == name);

    /// <summary>The projects that a project references, and those that they reference.</summary>
    public static IEnumerable<Project> ReferencedBy(Project project) =>
        project.ProjectReferences.Select(Project).SelectMany(reference => ReferencedBy(reference).Prepend(reference)).Distinct();

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
