using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WhatsSession.Architecture.Sizes;

/// <summary>Lines that are wider than a reader's window. One that cannot be broken is none: a text literal on a line of its own, or an address in a comment.</summary>
internal static class WideLines
{
    public const int Columns = 160;

    /// <summary>The numbers of the lines, from 1.</summary>
    public static IReadOnlyList<int> In(string text)
    {
        var lines = text.Split('\n');
        var wide = lines.Select((line, at) => (Line: line.TrimEnd('\r'), Number: at + 1)).Where(line => line.Line.Length > Columns).ToList();
        if (wide.Count == 0)
        {
            return [];
        }

        var literals = LiteralsOf(text);
        return [.. wide.Where(line => !CannotBeBroken(line.Line, literals[line.Number])).Select(line => line.Number)];
    }

    private static bool CannotBeBroken(string line, IEnumerable<string> literals) =>
        line.AsSpan().TrimStart().StartsWith("//", StringComparison.Ordinal)
            ? line.TrimStart(' ', '/').Split(' ') is [var word] && word.Contains("://", StringComparison.Ordinal)
            : literals.Any(literal => line.Replace(literal, "", StringComparison.Ordinal).Trim().TrimStart(':', '?', '+', ' ').TrimEnd('+', ',', ';', ')', ' ').Length == 0);

    private static ILookup<int, string> LiteralsOf(string text)
    {
        var tree = CSharpSyntaxTree.ParseText(text);
        return tree.GetRoot().DescendantNodesAndTokens()
            .Where(node => node.IsKind(SyntaxKind.StringLiteralExpression) || node.IsKind(SyntaxKind.InterpolatedStringExpression) || node.IsKind(SyntaxKind.Utf8StringLiteralExpression))
            .ToLookup(node => tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, node => node.ToString());
    }
}
