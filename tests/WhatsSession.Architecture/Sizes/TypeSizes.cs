using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WhatsSession.Architecture.Sizes;

/// <summary>How long types are, from the first line of their documentation to their last brace, the parts of a partial type added up. What is nested counts to its outer type.</summary>
internal static class TypeSizes
{
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<SourceFile> files) =>
        files.SelectMany(file => CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>())
            .GroupBy(NameOf)
            .ToDictionary(parts => parts.Key, parts => parts.Sum(LinesOf), StringComparer.Ordinal);

    private static int LinesOf(BaseTypeDeclarationSyntax type)
    {
        var documented = type.GetLeadingTrivia().FirstOrDefault(trivia => trivia.HasStructure || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
        var start = documented == default ? type.Span.Start : documented.SpanStart;
        return type.SyntaxTree.GetLineSpan(new(start, type.Span.End - start)) is var span ? span.EndLinePosition.Line - span.StartLinePosition.Line + 1 : 0;
    }

    private static string NameOf(BaseTypeDeclarationSyntax type)
    {
        var arity = (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count is { } count ? $"`{count}" : "";
        return $"{type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name}.{type.Identifier.Text}{arity}".TrimStart('.');
    }
}
