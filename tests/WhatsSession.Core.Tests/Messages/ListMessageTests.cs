namespace WhatsSession.Core.Tests.Messages;

public sealed class ListMessageTests
{
    private const string Sections = "interactive.action.sections";

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Check_UpToTenRows_IsAllowed(int rows) => new ListMessage("Choose", "Open", Section(0, rows)).Check().Should().BeEmpty();

    [Fact]
    public void Check_TenRowsInTwoSections_IsAllowed() => new ListMessage("Choose", "Open", Section(0, 4), Section(1, 6)).Check().Should().BeEmpty();

    [Fact]
    public void Check_ElevenRowsInTwoSections_IsTheOneViolation() =>
        new ListMessage("Choose", "Open", Section(0, 5), Section(1, 6)).Check()
            .Should().Equal(new Violation(Sections, "has 11 rows in total; 1 to 10 are allowed") { Limit = 10, Actual = 11 });

    [Fact]
    public void Check_ElevenRowsInOneSection_IsNamedOnce() =>
        new ListMessage("Choose", "Open", Section(0, 11)).Check()
            .Should().Equal(new Violation(Sections, "has 11 rows in total; 1 to 10 are allowed") { Limit = 10, Actual = 11 });

    [Fact]
    public void Check_NoRows_NamesTheSection() =>
        new ListMessage("Choose", "Open", Section(0, 0)).Check()
            .Should().Equal(new Violation(Sections + "[0].rows", "is empty; a section needs at least one row") { Limit = 1, Actual = 0 });

    [Fact]
    public void Check_OneOfTwoSectionsWithoutRows_NamesTheSection() =>
        new ListMessage("Choose", "Open", Section(0, 1), Section(1, 0)).Check()
            .Should().Equal(new Violation(Sections + "[1].rows", "is empty; a section needs at least one row") { Limit = 1, Actual = 0 });

    [Fact]
    public void Check_NoSections_IsTheOneViolation() =>
        new ListMessage("Choose", "Open").Check()
            .Should().Equal(new Violation(Sections, "has 0 sections; 1 to 10 are allowed") { Limit = 1, Actual = 0 });

    [Fact]
    public void Check_TenSections_IsAllowed() =>
        new ListMessage("Choose", "Open", [.. Enumerable.Range(0, 10).Select(number => Section(number, 1))]).Check().Should().BeEmpty();

    [Fact]
    public void Check_ElevenSections_BreaksBothLimits() =>
        new ListMessage("Choose", "Open", [.. Enumerable.Range(0, 11).Select(number => Section(number, 1))]).Check().Should().Equal(
            new Violation(Sections, "has 11 sections; 1 to 10 are allowed") { Limit = 10, Actual = 11 },
            new Violation(Sections, "has 11 rows in total; 1 to 10 are allowed") { Limit = 10, Actual = 11 });

    [Fact]
    public void Check_TwoSectionsWithoutTitles_NamesBoth() =>
        new ListMessage("Choose", "Open", Section(0, 1) with { Title = null }, Section(1, 1) with { Title = null }).Check().Select(violation => violation.Path)
            .Should().Equal(Sections + "[0].title", Sections + "[1].title");

    [Fact]
    public void Check_OneSectionWithoutTitle_IsAllowed() =>
        new ListMessage("Choose", "Open", Section(0, 1) with { Title = null }).Check().Should().BeEmpty();

    [Fact]
    public void Check_SameIdInTwoSections_NamesTheSecondWhereItStands() =>
        new ListMessage(
            "Choose",
            "Open",
            new ListSection("One", new ListRow("a", "A"), new ListRow("b", "B")),
            new ListSection("Two", new ListRow("c", "C"), new ListRow("a", "D"))).Check()
            .Should().Equal(new Violation(Sections + "[1].rows[1].id", "has the same id as an earlier one; each must be unique"));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    public void Check_TwelfthRowWithTheIdOfAnEarlierOne_NamesIt(int earlier)
    {
        var rows = Section(0, 11).Rows;

        new ListMessage("Choose", "Open", new ListSection("One", [.. rows, rows[earlier]])).Check()
            .Should().Contain(new Violation(Sections + "[0].rows[11].id", "has the same id as an earlier one; each must be unique"));
    }

    [Fact]
    public void Check_TwelveRowsWithIdsOfTheirOwn_AreOnlyTooMany() => new ListMessage("Choose", "Open", Section(0, 12)).Check().Should().ContainSingle();

    [Fact]
    public void Check_SameTitleTwice_IsAllowed() =>
        new ListMessage("Choose", "Open", new ListSection("One", new ListRow("a", "A"), new ListRow("b", "A"))).Check().Should().BeEmpty();

    [Fact]
    public void New_NoSectionsArray_Throws() =>
        FluentActions.Invoking(() => new ListMessage("Choose", "Open", null!)).Should().Throw<ArgumentNullException>().WithParameterName("sections");

    [Fact]
    public void New_SectionWithoutRowsArray_Throws() =>
        FluentActions.Invoking(() => new ListSection("One", null!)).Should().Throw<ArgumentNullException>().WithParameterName("rows");

    [Fact]
    public void Kind_OfAList_IsMetasWord()
    {
        var message = new ListMessage("Choose", "Open", Section(0, 1));

        (message.Kind, message.InteractiveKind).Should().Be(("interactive", "list"));
    }

    private static ListSection Section(int number, int rows) =>
        new($"Section {number}", [.. Enumerable.Range(0, rows).Select(row => new ListRow($"{number}-{row}", "Row"))]);
}
