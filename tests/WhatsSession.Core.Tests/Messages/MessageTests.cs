namespace WhatsSession.Core.Tests.Messages;

public sealed class MessageTests
{
    [Fact]
    public void Check_GoodMessage_IsTheSameEmptyList() => Given.Text.Check().Should().BeEmpty().And.BeSameAs(Given.Template.Check());

    [Fact]
    public void Equals_SameText_IsTrue() => new TextMessage("a") { PreviewUrl = true }.Should().Be(new TextMessage("a") { PreviewUrl = true });

    [Fact]
    public void Equals_OtherPreview_IsFalse() => new TextMessage("a") { PreviewUrl = true }.Should().NotBe(new TextMessage("a"));

    [Fact]
    public void Kind_OfAText_IsMetasWord() => Given.Text.Kind.Should().Be("text");

    [Fact]
    public void ToString_OfAMessage_IsItsKind() =>
        Samples.SessionMessages.Select(message => message.ToString()).Should().Equal(Samples.SessionMessages.Select(message => message.GetType().Name));

    /// <summary>Violations go to logs and exceptions, so none may quote what it complains about.</summary>
    [Fact]
    public void Check_MarkedTextsThatBreakEveryRule_ShowsNoneOfThem()
    {
        var text = string.Concat(Enumerable.Repeat(Samples.MarkedText, 300));
        var link = MediaSource.FromLink("ftp://clinic.example/befund.pdf");
        Message[] messages =
        [
            new TextMessage(text),
            new DocumentMessage(link) { Caption = text, FileName = text },
            new ImageMessage(MediaSource.FromId(text)) { Caption = text },
            new VideoMessage(link) { Caption = text },
            new ReplyButtonsMessage(text, new ReplyButton(text, text), new ReplyButton(text, text)) { Header = text, Footer = text },
            new ListMessage(text, text, new ListSection(text, new ListRow(text, text, text), new ListRow(text, text, text))) { Header = text, Footer = text },
            new TemplateMessage(text, text, text + "\n"),
            .. Samples.SessionMessages,
            .. Samples.SessionMessages.OfType<InteractiveMessage>().Select(message => message with { Body = text, Footer = text }),
            new DirectSendMessage(new VoiceCallMessage(text, text) { Payload = text }, DirectSendCategory.Authentication),
            new TemplateMessage("a", "de") { Header = text + "\n", Buttons = Samples.TemplateButtons, OneTimeCode = text, OrderUpdate = new OrderUpdate("", default), TapTargets = [new TapTarget(null!, "")] },
        ];

        var shown = messages.SelectMany(message => message.Check()).Select(violation => violation.ToString()).ToList();

        shown.Should().HaveCountGreaterThan(25).And.OnlyContain(rule => !Samples.Marks.Any(mark => rule.Contains(mark, StringComparison.OrdinalIgnoreCase)));
    }
}
