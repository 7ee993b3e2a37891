namespace WhatsSession.Core.Tests.Messages;

/// <summary>Texts with a NUL, at which the text would end for some who read it.</summary>
public sealed class NulTests
{
    private const string Nul = "a\0b";
    private static readonly ContactName Ana = new("Ana", "Silva");

    private static readonly Dictionary<string, (Message Message, string Path)> Broken = new(StringComparer.Ordinal)
    {
        ["text"] = (new TextMessage(Nul), "text.body"),
        ["caption"] = (new ImageMessage(MediaSource.FromId("1")) { Caption = Nul }, "image.caption"),
        ["button"] = (new ReplyButtonsMessage("b", new ReplyButton("1", Nul)), "interactive.action.buttons[0].reply.title"),
        ["parameter of a template"] = (new TemplateMessage("t", "en", Nul), "template.components[body].parameters[0].text"),
        ["part of a name"] = (new ContactsMessage(new ContactDetails(new ContactName("Ana") { First = Nul })), "contacts[0].name.first_name"),
        ["street"] = (new ContactsMessage(new ContactDetails(Ana) { Addresses = [new ContactAddress { Street = Nul }] }), "contacts[0].addresses[0].street"),
        ["address"] = (new AddressMessage("b", "IN") { Values = new Dictionary<string, string> { ["name"] = Nul } }, "interactive.action.parameters.values"),
        ["saved address"] = (new AddressMessage("b", "IN") { SavedAddresses = [new SavedAddress("1", new Dictionary<string, string> { ["name"] = Nul })] }, "interactive.action.parameters.saved_addresses[0].value"),
        ["company"] = (new ContactsMessage(new ContactDetails(Ana) { Organization = new ContactOrganization { Company = Nul } }), "contacts[0].org.company"),
    };

    public static TheoryData<string> Names => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_NulInAText_IsAViolation(string name)
    {
        var (message, path) = Broken[name];

        message.Check().Should().ContainSingle().Which.Should().Be(new Violation(path, "has a NUL character, which no text may have"));
    }
}
