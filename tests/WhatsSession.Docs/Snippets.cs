using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WhatsSession.Docs;

/// <summary>The C# of the documents, compiled as it stands there.</summary>
internal static class Snippets
{
    // What every project imports by itself.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // What a web project imports beside that.
    private const string WebUsings = """
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    // Read once: to read some three hundred assemblies takes longer than to compile a sample.
    private static readonly Lazy<MetadataReference[]> References = new(static () =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))]);

    public static IReadOnlyList<string> In(string document) => [.. document.Split("```csharp\n").Skip(1).Select(rest => rest.Split("```")[0])];

    /// <summary>Compiles sources together, as a web project would; a warning is a failure.</summary>
    public static byte[] Compile(OutputKind kind, params IEnumerable<string> sources) => CompilePlain(kind, LanguageVersion.Default, [WebUsings, .. sources]);

    /// <summary>Compiles sources together, as a project of <c>Microsoft.NET.Sdk</c> would: what else they use they must import. A warning is a failure.</summary>
    public static byte[] CompilePlain(OutputKind kind, LanguageVersion language, params IEnumerable<string> sources)
    {
        var options = new CSharpParseOptions(language);
        var compilation = CSharpCompilation.Create(
            "Snippet",
            sources.Prepend(ImplicitUsings).Select(source => CSharpSyntaxTree.ParseText(source, options)),
            References.Value,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Should().BeEmpty();
        return image.ToArray();
    }
}
