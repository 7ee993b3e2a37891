using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WhatsSession.Architecture.Walls;

/// <summary>Which files of a project use types of which others, as the compiler sees it: a type that <c>var</c> hides counts too, a name in a comment does not.</summary>
internal static class TypeUses
{
    public static IReadOnlyList<TypeUse> Of(SourceTree sources)
    {
        var compilation = sources.Compile();
        return [.. compilation.SyntaxTrees.SelectMany(tree => Of(compilation.GetSemanticModel(tree))).GroupBy(use => use with { Line = 0 }).Select(group => group.MinBy(use => use.Line)!)];
    }

    private static IEnumerable<TypeUse> Of(SemanticModel model) =>
        from node in model.SyntaxTree.GetRoot().DescendantNodes()
        from symbol in SymbolsOf(model, node)
        from declared in DeclaredBy(symbol)
        from reference in declared.DeclaringSyntaxReferences
        let file = reference.SyntaxTree.FilePath
        where file != model.SyntaxTree.FilePath
        select new TypeUse(model.SyntaxTree.FilePath, model.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1, NameOf(declared), file);

    /// <summary>Everything that a piece of syntax refers to, what the compiler puts in by itself too.</summary>
    private static IEnumerable<ISymbol?> SymbolsOf(SemanticModel model, SyntaxNode node) => node switch
    {
        ExpressionSyntax => [.. Named(model.GetSymbolInfo(node)), .. Typed(model.GetTypeInfo(node)), .. Deconstructed(model, node)],
        AttributeSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax => Named(model.GetSymbolInfo(node)),
        CommonForEachStatementSyntax loop => Iterated(model, loop),

        // The parts of a partial type use each other.
        TypeDeclarationSyntax declaration => [model.GetDeclaredSymbol(declaration)],
        _ => [],
    };

    private static IEnumerable<ISymbol?> Named(SymbolInfo info) => info.CandidateSymbols.Append(info.Symbol);

    private static IEnumerable<ISymbol?> Typed(TypeInfo info) => [info.Type, info.ConvertedType];

    private static IEnumerable<ISymbol?> Deconstructed(SemanticModel model, SyntaxNode node) =>
        node is AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment ? [model.GetDeconstructionInfo(assignment).Method] : [];

    private static IEnumerable<ISymbol?> Iterated(SemanticModel model, CommonForEachStatementSyntax loop)
    {
        var info = model.GetForEachStatementInfo(loop);
        return [info.GetEnumeratorMethod, info.CurrentProperty, info.ElementType, loop is ForEachVariableStatementSyntax variables ? model.GetDeconstructionInfo(variables).Method : null];
    }

    /// <summary>The declared types and members that a symbol is made of: <c>Task&lt;A[]&gt;</c> is made of <c>Task</c> and <c>A</c>.</summary>
    private static IEnumerable<ISymbol> DeclaredBy(ISymbol? symbol) => symbol switch
    {
        IArrayTypeSymbol array => DeclaredBy(array.ElementType),
        IPointerTypeSymbol pointer => DeclaredBy(pointer.PointedAtType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.SelectMany(element => DeclaredBy(element.Type)),
        INamedTypeSymbol { IsAnonymousType: false } type => type.TypeArguments.SelectMany(DeclaredBy).Append(type.OriginalDefinition),
        IMethodSymbol method => method.TypeArguments.SelectMany(DeclaredBy).Append(Member((method.ReducedFrom ?? method).OriginalDefinition)),
        IPropertySymbol or IFieldSymbol or IEventSymbol when symbol.ContainingType is { IsTupleType: false, IsAnonymousType: false } => [Member(symbol.OriginalDefinition)],
        _ => [],
    };

    // What the compiler writes, such as the constructor of a class without one, is declared nowhere; its type is.
    private static ISymbol Member(ISymbol member) => member.DeclaringSyntaxReferences.IsEmpty && member.ContainingType is { } type ? type.OriginalDefinition : member;

    private static string NameOf(ISymbol symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;

        // A block of extension members is a type without a name.
        while (type is { Name: "", ContainingType: { } outer })
        {
            type = outer;
        }

        return type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
    }
}
