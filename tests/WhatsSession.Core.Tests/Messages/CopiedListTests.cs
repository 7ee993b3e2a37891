namespace WhatsSession.Core.Tests.Messages;

public sealed class CopiedListTests
{
    [Fact]
    public void Constructor_NullElement_NamesItsPlace()
    {
        Action make = () => _ = new ReplyButtonsMessage("When?", new ReplyButton("am", "Morning"), null!);

        make.Should().Throw<ArgumentException>().WithParameterName("buttons").WithMessage("Element 1 is null.*");
    }

    [Fact]
    public void Constructor_ArrayChangedAfterwards_KeepsWhatItWasGiven()
    {
        var rows = new[] { new ListRow("a", "A") };
        var section = new ListSection(title: null, rows);

        rows[0] = new ListRow("b", "B");

        section.Rows.Should().ContainSingle().Which.Id.Should().Be("a");
    }
}
