namespace WhatsSession.Core.Tests.Messages;

/// <summary>Texts that were cut in the middle of a character, which no UTF-8 can carry.</summary>
public sealed class HalfCharacterTests
{
    private const string Half = "a\uD83Db";
    private static readonly ContactName Ana = new("Ana", "Silva");

    private static readonly Dictionary<string, (Message Message, string Path)> Broken = new(StringComparer.Ordinal)
    {
        ["text"] = (new TextMessage(Half), "text.body"),
        ["low half alone"] = (new TextMessage("\uDE00"), "text.body"),
        ["high half at the end"] = (new TextMessage("\U0001F600\uD83D"), "text.body"),
        ["two high halves"] = (new TextMessage("\uD83D\uD83D\uDE00"), "text.body"),
        ["caption"] = (new ImageMessage(MediaSource.FromId("1")) { Caption = Half }, "image.caption"),
        ["button"] = (new ReplyButtonsMessage("b", new ReplyButton("1", Half)), "interactive.action.buttons[0].reply.title"),
        ["parameter of a template"] = (new TemplateMessage("t", "en", Half), "template.components[body].parameters[0].text"),
        ["part of a name"] = (new ContactsMessage(new ContactDetails(new ContactName("Ana") { First = Half })), "contacts[0].name.first_name"),
        ["street"] = (new ContactsMessage(new ContactDetails(Ana) { Addresses = [new ContactAddress { Street = Half }] }), "contacts[0].addresses[0].street"),
        ["company"] = (new ContactsMessage(new ContactDetails(Ana) { Organization = new ContactOrganization { Company = Half } }), "contacts[0].org.company"),
    };

    public static TheoryData<string> Names => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_HalfACharacter_IsAViolation(string name)
    {
        var (message, path) = Broken[name];

        message.Check().Should().ContainSingle().Which.Should().Be(new Violation(path, "has half of a character (a surrogate without its other half)"));
    }

    [Fact]
    public void Check_WholeCharactersOfAnyPlane_AreRight() => new TextMessage("\U0001F600\uFFFD\uD83D\uDE00z").Check().Should().BeEmpty();
}
