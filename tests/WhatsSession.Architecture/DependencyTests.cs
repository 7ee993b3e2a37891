using System.Xml.Linq;

namespace WhatsSession.Architecture;

/// <summary>What a package carries along: a package exists because of what it does not.</summary>
public sealed class DependencyTests
{
    private const string Extensions = "Microsoft.Extensions.*";
    private const string Web = "Microsoft.AspNetCore.*";
    private const string WebHeaders = "Microsoft.Net.Http.Headers";

    /// <summary>Which projects of ours, and which of others, each may reference. A star takes everything that begins so.</summary>
    private static readonly Allowed[] Table =
    [
        new("WhatsSession.Core", Ours: [], Outer: ["NodaTime"]) { Never = ["System.Net.*", "System.IO.*"] },
        new("WhatsSession.Graph", Ours: ["WhatsSession.Core"], Outer: ["NodaTime"]),
        new("WhatsSession.Webhooks", Ours: ["WhatsSession.Core"], Outer: ["NodaTime", "System.IO.Hashing"]) { Never = ["System.Net.*"] },
        new("WhatsSession.Sdk", Ours: ["WhatsSession.Core", "WhatsSession.Graph", "WhatsSession.Webhooks"], Outer: ["NodaTime", Extensions]),
        new("WhatsSession.AspNetCore", Ours: ["WhatsSession.Sdk"], Outer: ["NodaTime", Extensions, Web, WebHeaders]),
        new("WhatsSession.Sqlite", Ours: ["WhatsSession.Sdk"], Outer: ["NodaTime", Extensions, "Microsoft.Data.Sqlite", "SQLitePCLRaw.*", "System.IO.Hashing"]),
        new("WhatsSession.Testing", Ours: ["WhatsSession.Sdk"], Outer: ["NodaTime", Extensions]),

        // A second reading of Meta's rules: a misunderstanding must not be shared.
        new("WhatsSession.Emulator", Ours: [], Outer: [Extensions, Web, WebHeaders]),
        new("WhatsSession.Tool", Ours: ["*"], Outer: ["*"]),
    ];

    public static TheoryData<string> Projects => Repository.ProjectNames;

    public static TheoryData<string> Libraries => Repository.LibraryNames;

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_WhatTheTableAllows(string name)
    {
        var project = Repository.Project(name);
        var allowed = AllowedFor(name);

        project.ProjectReferences.Where(reference => !IsOne(allowed.Ours, reference)).Should().BeEmpty();
        project.OuterReferences.Where(reference => !IsOne(allowed.Outer, reference)).Should().BeEmpty();
    }

    /// <summary>The same of what was compiled, which sees what comes along with a reference too.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Assembly_References_WhatTheTableAllows(string name)
    {
        var allowed = AllowedFor(name);
        var ours = Repository.ReferencedBy(Repository.Project(name)).Select(project => project.Name).ToList();

        Repository.Project(name).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => IsOne(allowed.Never, reference) || !(IsOne(["System.*"], reference) || IsOne(allowed.Outer, reference) || ours.Contains(reference)))
            .Should().BeEmpty();
    }

    [Fact]
    public void Emulator_Sources_ImportNothingOfOurs() =>
        Repository.Project("WhatsSession.Emulator").Files.SelectMany(file => file.Text.Split('\n')).Should().NotBeEmpty().And.NotContain("using WhatsSession;");

    /// <summary>What a package needs of another is public there, so that a stranger can do the same.</summary>
    [Fact]
    public void InternalTypes_OfAPackage_AreSeenByTestsAlone()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToList();
        var friends = Repository.Projects.SelectMany(project => project.Friends.Select(friend => (Project: project.Name, Friend: friend))).ToList();

        friends.Should().NotBeEmpty();
        friends.Where(pair => !tests.Contains(pair.Friend)).Should().BeEmpty();
        Repository.Projects.SelectMany(project => project.Files).Where(file => file.Text.Contains("InternalsVisibleTo", StringComparison.Ordinal)).Select(file => file.Path).Should().BeEmpty();
        XDocument.Load(Path.Combine(Repository.Source, "Directory.Build.props")).Descendants("InternalsVisibleTo").Should().BeEmpty();
    }

    private static Allowed AllowedFor(string project) =>
        Table.SingleOrDefault(row => row.Project == project)
        ?? throw new KeyNotFoundException($"{project} is under src and the table of {nameof(DependencyTests)} does not say what it may reference.");

    private static bool IsOne(IEnumerable<string> patterns, string name) =>
        patterns.Any(pattern => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1].TrimEnd('.'), StringComparison.Ordinal) : name == pattern);

    private sealed record Allowed(string Project, string[] Ours, string[] Outer)
    {
        /// <summary>What it may not reference of the base library, which every other project may.</summary>
        public string[] Never { get; init; } = [];
    }
}
