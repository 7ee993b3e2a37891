using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WhatsSession.Architecture.Walls;

/// <summary>The walls inside a package: rooms use lower rooms alone, and no two use each other.</summary>
public sealed class WallTests
{
    public static TheoryData<string> Projects => Repository.ProjectNames;

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_OfAProject_UseLowerRoomsAlone(string project) =>
        Floors.Of(project).Faults(SourceTree.Of(Repository.Project(project))).Should().BeEmpty();

    /// <summary>So that every import between rooms is a visible line. Public types are in the one namespace that applications import.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void InternalTypes_OfAProject_HaveTheNamespaceOfTheirRoom(string name)
    {
        var project = Repository.Project(name);
        var house = Floors.Of(name);
        var astray =
            from file in project.Files
            let room = house.RoomOf(file.Path)
            let expected = room is null or House.Root ? project.RootNamespace : $"{project.RootNamespace}.{room.Replace('/', '.')}"
            from type in CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()
            where !type.Modifiers.Any(SyntaxKind.PublicKeyword) && !IsPublicElsewhere(type, project)
            let actual = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? ""
            where actual != expected && !actual.StartsWith(expected + ".", StringComparison.Ordinal)
            select $"{file.Path}: {type.Identifier} is in {actual}, and its room is {expected}";

        astray.Should().BeEmpty();
    }

    // One part of a partial type may leave the word out.
    private static bool IsPublicElsewhere(BaseTypeDeclarationSyntax type, Project project) =>
        type.Modifiers.Any(SyntaxKind.PartialKeyword) && project.IsLibrary && project.Assembly.GetExportedTypes().Any(exported => exported.Name == type.Identifier.Text);
}
