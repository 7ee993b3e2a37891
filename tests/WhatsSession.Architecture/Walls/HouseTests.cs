namespace WhatsSession.Architecture.Walls;

/// <summary>That the walls can fail: small houses of two or three rooms, each with a fault of another kind.</summary>
public sealed class HouseTests
{
    private const string Below = "namespace P; public class Low { public static Low Make() => new(); public int Size => 1; }";

    private static readonly string[][] Floors = [["Lower"], ["Left", "Right"], ["Upper"], ["Upper/Attic"]];

    [Fact]
    public void Faults_HigherUsesLower_AreNone() =>
        Faults(("Lower/Low.cs", Below), ("Upper/High.cs", "namespace P; public class High { public Low Down => Low.Make(); }")).Should().BeEmpty();

    [Fact]
    public void Faults_LowerUsesHigher_NameTheArrowTheFileTheLineAndTheType() =>
        Faults(("Lower/Low.cs", "namespace P;\n\npublic class Low\n{\n    public High? Up { get; set; }\n}\n"), ("Upper/High.cs", "namespace P; public class High;"))
            .Should().Equal("P: Lower -> Upper, Lower/Low.cs:5 uses High; Upper stands above it.");

    [Fact]
    public void Faults_TwoRoomsUseEachOther_SaySo() =>
        Faults(("Lower/Low.cs", "namespace P; public class Low { public High? Up { get; set; } }"), ("Upper/High.cs", "namespace P; public class High { public Low? Down { get; set; } }"))
            .Should().Equal("P: Lower -> Upper, Lower/Low.cs:1 uses High; Upper stands above it, and Upper uses Lower too.");

    [Fact]
    public void Faults_RoomsSideBySide_MayNotUseEachOther() =>
        Faults(("Left/A.cs", "namespace P; public class A { public B? Other { get; set; } }"), ("Right/B.cs", "namespace P; public class B;"))
            .Should().Equal("P: Left -> Right, Left/A.cs:1 uses B; Right stands beside it.");

    [Fact]
    public void Faults_Namespaces_AreNotWhatCounts() =>
        Faults(("Lower/Low.cs", "namespace P.Upper; public class Low { public High? Up { get; set; } }"), ("Upper/High.cs", "namespace P.Upper; public class High;")).Should().ContainSingle();

    /// <summary>Every way in which C# can use a type, each with the upper room's type.</summary>
    [Theory]
    [InlineData("class Low : High { }")]
    [InlineData("class Low : System.Collections.Generic.List<High> { }")]
    [InlineData("class Low { High[]? _field; }")]
    [InlineData("class Low { void Take(High high) { } }")]
    [InlineData("class Low { void Take<T>(T high) where T : High { } }")]
    [InlineData("class Low { string Name => nameof(High); }")]
    [InlineData("class Low { string Name => nameof(High.Size); }")]
    [InlineData("class Low { object Type => typeof(High); }")]
    [InlineData("class Low { object Made => new High(); }")]
    [InlineData("class Low { bool Is(object value) => value is High; }")]
    [InlineData("class Low { bool Is(object value) => value is High { Size: > 1 }; }")]
    [InlineData("class Low { object Default => default(High)!; }")]
    [InlineData("class Low { int Limit => High.Limit; }")]
    [InlineData("class Low { int Length(string text) => text.Stretched(); }")]
    [InlineData("class Low { System.Func<string, int> Length => HighExtensions.Stretched; }")]
    [InlineData("[High] class Low { }")]
    [InlineData("class Low { [High] int _field = 1; }")]
    [InlineData("[System.Obsolete(nameof(High))] class Low { }")]
    [InlineData("class Low { int Wide(string text) => text.Width; }")]
    [InlineData("class Low { void Take(System.Uri uri) { var (scheme, host) = uri; } }")]
    public void Faults_AnyUseOfAHigherType_IsOne(string low)
    {
        const string High = """
            namespace P;

            public class High : System.Attribute
            {
                public const int Limit = 3;

                public int Size => 1;
            }

            public static class HighExtensions
            {
                extension(string text)
                {
                    public int Width => text.Length;
                }

                public static int Stretched(this string text) => 2 * text.Length;

                public static void Deconstruct(this System.Uri uri, out string scheme, out string host) => (scheme, host) = (uri.Scheme, uri.Host);
            }
            """;

        var faults = Faults(("Lower/Low.cs", "namespace P;\n" + low), ("Upper/High.cs", High));

        faults.Should().NotBeEmpty().And.OnlyContain(fault => fault.StartsWith("P: Lower -> Upper, Lower/Low.cs:2 uses High", StringComparison.Ordinal));
    }

    /// <summary>A type of a third room may travel through a neighbour without being named.</summary>
    [Theory]
    [InlineData("var high = Door.Open();")]
    [InlineData("_ = Door.Open().Size;")]
    [InlineData("Door.Close(Door.Open());")]
    [InlineData("foreach (var high in Door.All()) { }")]
    [InlineData("Door.Take(high => { });")]
    [InlineData("Door.Close(new());")]
    [InlineData("Door.Close(null);")]
    public void Faults_TypeThatIsNotNamed_CountsToo(string statement)
    {
        const string Door = """
            namespace P;

            public static class Door
            {
                public static High Open() => new();
                public static High[] All() => [];
                public static void Close(High? high) { }
                public static void Take(System.Action<High> act) { }
            }
            """;

        var faults = Faults(("Left/Low.cs", $"namespace P;\nclass Low {{ void Do() {{ {statement} }} }}"), ("Lower/Door.cs", Door), ("Right/High.cs", "namespace P; public class High { public int Size => 1; }"));

        faults.Should().Contain("P: Left -> Right, Left/Low.cs:2 uses High; Right stands beside it.");
    }

    [Fact]
    public void Faults_NamesInComments_AreNotUses() =>
        Faults(("Lower/Low.cs", "namespace P; /// <summary>See <see cref=\"High\"/>.</summary>\npublic class Low { /* High */ }"), ("Upper/High.cs", "namespace P; public class High;")).Should().BeEmpty();

    /// <summary>Each part of a partial type sees the private members of the other.</summary>
    [Fact]
    public void Faults_PartsOfATypeInTwoRooms_UseEachOther() =>
        Faults(("Lower/Whole.cs", "namespace P; public partial class Whole;"), ("Upper/Whole.cs", "namespace P; public partial class Whole { }"))
            .Should().Equal("P: Lower -> Upper, Lower/Whole.cs:1 uses Whole; Upper stands above it, and Upper uses Lower too.");

    [Fact]
    public void Faults_LinkedFile_IsBelowEveryRoom()
    {
        Faults(("Shared/Text.cs", "namespace P; static class Text;"), ("Lower/Low.cs", "namespace P; public class Low { object Name => nameof(Text); }")).Should().BeEmpty();
        Faults(("Shared/Text.cs", "namespace P; static class Text { static object Up => nameof(Low); }"), ("Lower/Low.cs", "namespace P; public class Low;"))
            .Should().Equal("P: Shared -> Lower, Shared/Text.cs:1 uses Low; Lower stands above it.");
    }

    [Fact]
    public void Faults_RoomWithinARoom_IsOneOfItsOwn() =>
        Faults(("Upper/High.cs", "namespace P; public class High { object Up => nameof(Deep); }"), ("Upper/Attic/Deep.cs", "namespace P; public class Deep;"))
            .Should().Equal("P: Upper -> Upper/Attic, Upper/High.cs:1 uses Deep; Upper/Attic stands above it.");

    [Fact]
    public void Faults_SubfolderOfARoom_BelongsToIt() =>
        Faults(("Upper/High.cs", "namespace P; public class High { object Up => nameof(Deep); }"), ("Upper/Corner/Deep.cs", "namespace P; public class Deep;")).Should().BeEmpty();

    [Theory]
    [InlineData("Cellar/Low.cs", "Cellar")]
    [InlineData("Cellar/Deep/Low.cs", "Cellar/Deep")]
    [InlineData("Low.cs", "(root)")]
    public void Faults_FolderWithoutAFloor_SayWhereToAddIt(string file, string folder) =>
        Faults((file, Below)).Should().Equal($"P: {folder} has no floor. Add it to Floors (tests/WhatsSession.Architecture/Walls/Floors.cs), above every room that it uses.");

    [Fact]
    public void Faults_SourcesThatDoNotCompile_AreNotPassedOver() =>
        FluentActions.Invoking(() => Faults(("Lower/Low.cs", "namespace P; public class Low : Missing;"))).Should().Throw<InvalidOperationException>().WithMessage("P does not compile*CS0246*Missing*");

    [Fact]
    public void Of_ProjectWithoutFloors_SaysWhereToAddIt() =>
        FluentActions.Invoking(() => Walls.Floors.Of("WhatsSession.New")).Should().Throw<KeyNotFoundException>().WithMessage("WhatsSession.New is under src and has no floors. Add it to Floors (tests/WhatsSession.Architecture/Walls/Floors.cs)*");

    private static IReadOnlyList<string> Faults(params (string Path, string Text)[] files) =>
        new House("P", Floors).Faults(new SourceTree("P", [.. files.Select(file => new SourceFile(file.Path, file.Text))]));
}
