using System.Reflection;
using System.Xml.Linq;

namespace WhatsSession.Architecture;

/// <summary>A project under src, as its project file and its folder say.</summary>
internal sealed class Project
{
    private readonly XDocument _definition;
    private readonly string _folder;

    public Project(string file)
    {
        Name = Path.GetFileNameWithoutExtension(file);
        _folder = Path.GetDirectoryName(file)!;
        _definition = XDocument.Load(file);
        Files = [.. OwnFiles().Concat(LinkedFiles())];
    }

    public string Name { get; }

    /// <summary>Whether others reference it; a command is started.</summary>
    public bool IsLibrary => !IsCommand;

    public bool IsCommand => Property("OutputType") == "Exe";

    public string RootNamespace => Property("RootNamespace") ?? "WhatsSession";

    /// <summary>Its sources, linked ones too.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The projects it references itself, by name.</summary>
    public IEnumerable<string> ProjectReferences => Included("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>The packages and frameworks of others that it references itself.</summary>
    public IEnumerable<string> OuterReferences => Included("PackageReference").Concat(Included("FrameworkReference"));

    /// <summary>The assemblies that see its internal types.</summary>
    public IEnumerable<string> Friends => Included("InternalsVisibleTo");

    /// <summary>The namespaces it imports in every file, beside those of the SDK.</summary>
    public IEnumerable<string> Usings => Included("Using");

    /// <summary>The assembly it was built to.</summary>
    /// <exception cref="FileNotFoundException">It does not lie beside the tests.</exception>
    public Assembly Assembly => File.Exists(Path.Combine(AppContext.BaseDirectory, Name + ".dll"))
        ? Assembly.Load(new AssemblyName(Name))
        : throw new FileNotFoundException($"{Name} is under src and its assembly is not beside the tests: tests/WhatsSession.Architecture/WhatsSession.Architecture.csproj must reference it.");

    public override string ToString() => Name;

    private IEnumerable<SourceFile> OwnFiles() =>
        from file in Directory.EnumerateFiles(_folder, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(_folder, file).Replace(Path.DirectorySeparatorChar, '/')
        where path.Split('/')[0] is not ("bin" or "obj")
        orderby path
        select new SourceFile(path, File.ReadAllText(file));

    private IEnumerable<SourceFile> LinkedFiles() =>
        from pattern in Included("Compile")
        let full = Path.GetFullPath(Path.Combine(_folder, pattern.Replace('\\', '/')))
        let deep = full.Contains("/**/", StringComparison.Ordinal)
        let folder = Path.GetDirectoryName(full.Replace("/**/", "/", StringComparison.Ordinal))!
        from file in Directory.EnumerateFiles(folder, Path.GetFileName(full), deep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
        orderby file
        select new SourceFile(Path.GetRelativePath(Path.GetDirectoryName(_folder)!, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllText(file));

    private IEnumerable<string> Included(string item) => _definition.Descendants(item)
        .SelectMany(element => ((string?)element.Attribute("Include"))?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);

    private string? Property(string name) => _definition.Descendants(name).FirstOrDefault()?.Value;
}
