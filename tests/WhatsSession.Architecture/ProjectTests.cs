namespace WhatsSession.Architecture;

public sealed class ProjectTests : IDisposable
{
    private readonly string _source = Directory.CreateTempSubdirectory("WhatsSession.").FullName;

    public void Dispose() => Directory.Delete(_source, recursive: true);

    [Fact]
    public void Files_OfAProject_AreItsOwnAndThoseItLinks()
    {
        Write("Shared/Text.cs", "Shared/Deep/Deeper.cs", "P/Root.cs", "P/Room/Inner/File.cs", "P/obj/Generated.cs", "P/bin/Copied.cs", "Q/Other.cs");

        var project = Define("""<Compile Include="..\Shared\*.cs" /><Compile Include="../Shared/Deep/**/*.cs" Link="Shared/Deep/%(Filename).cs" />""");

        project.Files.Select(file => file.Path).Should().BeEquivalentTo("Root.cs", "Room/Inner/File.cs", "Shared/Text.cs", "Shared/Deep/Deeper.cs");
        project.Files.Select(file => file.Text).Should().OnlyContain(text => text == "// here");
    }

    [Fact]
    public void References_OfAProject_AreReadFromItsFile()
    {
        Write("P/Root.cs");

        var project = Define("""
            <ProjectReference Include="../A.B/A.B.csproj;..\C\C.csproj" />
            <PackageReference Include="NodaTime" />
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <InternalsVisibleTo Include="P.Tests" />
            <Using Include="NodaTime" />
            """);

        project.ProjectReferences.Should().Equal("A.B", "C");
        project.OuterReferences.Should().Equal("NodaTime", "Microsoft.AspNetCore.App");
        project.Friends.Should().Equal("P.Tests");
        project.Usings.Should().Equal("NodaTime");
        project.IsLibrary.Should().BeTrue();
    }

    [Fact]
    public void Assembly_NotBesideTheTests_SaysWhereToReferenceIt()
    {
        Write("P/Root.cs");

        FluentActions.Invoking(() => Define("").Assembly).Should().Throw<FileNotFoundException>().WithMessage("P is under src and its assembly is not beside the tests: *WhatsSession.Architecture.csproj must reference it.");
    }

    private Project Define(string items)
    {
        var file = Path.Combine(_source, "P/P.csproj");
        File.WriteAllText(file, $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{items}</ItemGroup></Project>""");
        return new Project(file);
    }

    private void Write(params string[] paths)
    {
        foreach (var path in paths.Select(path => Path.Combine(_source, path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "// here");
        }
    }
}
