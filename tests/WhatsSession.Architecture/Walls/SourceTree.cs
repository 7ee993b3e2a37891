using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WhatsSession.Architecture.Walls;

/// <summary>The sources of one project, to be read by the compiler.</summary>
/// <param name="Name">The project's name.</param>
/// <param name="Files">Its sources, linked ones too.</param>
internal sealed record SourceTree(string Name, IReadOnlyList<SourceFile> Files)
{
    // What every project of Microsoft.NET.Sdk imports by itself.
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    // A partial member whose other half a source generator writes. The generators do not run here: what they write is no hand's import.
    private const string AwaitsAGenerator = "CS8795";

    // The base library, the packages and our own assemblies, as the tests run on them; read once.
    private static readonly (string Name, MetadataReference Reference)[] Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => (Path.GetFileNameWithoutExtension(path), (MetadataReference)MetadataReference.CreateFromFile(path))),
    ];

    private static readonly HashSet<string> OurNames = [.. Repository.Projects.Select(project => project.Name)];

    private static readonly CSharpParseOptions Language =
        new(LanguageVersion.CSharp14, preprocessorSymbols: Enumerable.Range(8, Environment.Version.Major - 7).Select(major => $"NET{major}_0_OR_GREATER"));

    /// <summary>The projects that it may use, by name.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The namespaces it imports in every file, beside those of the SDK.</summary>
    public IReadOnlyList<string> Usings { get; init; } = [];

    public bool IsCommand { get; init; }

    public static SourceTree Of(Project project) => new(project.Name, project.Files)
    {
        References = [.. Repository.ReferencedBy(project).Select(reference => reference.Name)],
        Usings = [.. project.Usings],
        IsCommand = project.IsCommand,
    };

    /// <summary>Compiles the sources in memory.</summary>
    /// <exception cref="InvalidOperationException">They do not compile, so what they use cannot be told.</exception>
    public CSharpCompilation Compile()
    {
        var usings = string.Concat(ImplicitUsings.Concat(Usings).Select(name => $"global using {name};\n"));
        var compilation = CSharpCompilation.Create(
            Name,
            [CSharpSyntaxTree.ParseText(usings, Language), .. Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, Language, file.Path))],
            Platform.Where(assembly => !OurNames.Contains(assembly.Name) || References.Contains(assembly.Name)).Select(assembly => assembly.Reference),
            new CSharpCompilationOptions(IsCommand ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != AwaitsAGenerator).ToList();
        return errors.Count == 0
            ? compilation
            : throw new InvalidOperationException($"{Name} does not compile from its sources alone, so what it uses cannot be told:\n{string.Join('\n', errors.Take(10))}");
    }
}
