namespace WhatsSession.Core.Tests.Messages;

public sealed class ReplyButtonsMessageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Check_OneToThreeButtons_IsAllowed(int count) => Message(count).Check().Should().BeEmpty();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 3)]
    public void Check_NoneOrFourButtons_IsTheOneViolation(int count, int limit) =>
        Message(count).Check().Should().Equal(
            new Violation("interactive.action.buttons", $"has {count} buttons; 1 to 3 are allowed") { Limit = limit, Actual = count });

    [Fact]
    public void Check_SameIdTwice_NamesTheSecond() =>
        new ReplyButtonsMessage("Choose", new ReplyButton("a", "Yes"), new ReplyButton("b", "No"), new ReplyButton("a", "Later")).Check()
            .Should().Equal(new Violation("interactive.action.buttons[2].reply.id", "has the same id as an earlier one; each must be unique"));

    [Fact]
    public void Check_SameTitleTwice_NamesTheSecond() =>
        new ReplyButtonsMessage("Choose", new ReplyButton("a", "Yes"), new ReplyButton("b", "Yes")).Check()
            .Should().Equal(new Violation("interactive.action.buttons[1].reply.title", "has the same title as an earlier one; each must be unique"));

    [Fact]
    public void Check_IdsAndTitlesThatDifferByCase_IsAllowed() =>
        new ReplyButtonsMessage("Choose", new ReplyButton("a", "yes"), new ReplyButton("A", "Yes")).Check().Should().BeEmpty();

    [Fact]
    public void Check_EveryKindOfHeader_IsAllowed() =>
        new MessageHeader[]
        {
            "Your order",
            new MessageHeader.Image(MediaSource.FromId("1")),
            new MessageHeader.Video(MediaSource.FromId("1")),
            new MessageHeader.Document(MediaSource.FromId("1")) { FileName = "bill.pdf" },
        }.SelectMany(header => (Message(1) with { Header = header }).Check()).Should().BeEmpty();

    [Fact]
    public void Check_HeaderWithABadLink_NamesItsPlace() =>
        (Message(1) with { Header = new MessageHeader.Video(MediaSource.FromLink("ftp://files.example/a.mp4")) }).Check()
            .Should().ContainSingle().Which.Path.Should().Be("interactive.header.video.link");

    [Fact]
    public void Check_SeveralBrokenRules_NamesEach() =>
        new ReplyButtonsMessage("", new ReplyButton("a", ""), new ReplyButton("a", "No")).Check().Select(violation => violation.Path)
            .Should().BeEquivalentTo("interactive.body.text", "interactive.action.buttons[0].reply.title", "interactive.action.buttons[1].reply.id");

    [Fact]
    public void Buttons_ArrayChangedLater_IsNotMoved()
    {
        var buttons = new[] { new ReplyButton("a", "Yes") };
        var message = new ReplyButtonsMessage("Choose", buttons);

        buttons[0] = new ReplyButton("b", "No");

        message.Buttons.Should().Equal(new ReplyButton("a", "Yes"));
    }

    [Fact]
    public void New_NoButtonsArray_Throws() =>
        FluentActions.Invoking(() => new ReplyButtonsMessage("Choose", (ReplyButton[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("buttons");

    [Fact]
    public void Kind_OfReplyButtons_IsMetasWord() => (Message(1).Kind, Message(1).InteractiveKind).Should().Be(("interactive", "button"));

    private static ReplyButtonsMessage Message(int buttons) =>
        new("Choose", [.. Enumerable.Range(0, buttons).Select(number => new ReplyButton($"id{number}", $"Title {number}"))]);
}
