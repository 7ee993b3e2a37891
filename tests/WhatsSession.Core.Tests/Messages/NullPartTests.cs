namespace WhatsSession.Core.Tests.Messages;

/// <summary>Parts that a message cannot do without are asked for where they are made.</summary>
public sealed class NullPartTests
{
    private static readonly Dictionary<string, Func<object>> Makers = new(StringComparer.Ordinal)
    {
        ["image of a header"] = () => new MessageHeader.Image(null!),
        ["video of a header"] = () => new MessageHeader.Video(null!),
        ["document of a header"] = () => new MessageHeader.Document(null!),
        ["image of a template"] = () => new TemplateHeader.Image(null!),
        ["video of a template"] = () => new TemplateHeader.Video(null!),
        ["animation of a template"] = () => new TemplateHeader.Gif(null!),
        ["document of a template"] = () => new TemplateHeader.Document(null!),
        ["name of a contact"] = () => new ContactDetails(null!),
        ["name of a contact, changed"] = () => new ContactDetails(new ContactName("Ana", "Silva")) with { Name = null! },
        ["values of an address"] = () => new SavedAddress("1", null!),
        ["details of an order"] = () => new TemplateButtonParameter.OrderToPay(0, null!),
        ["list"] = () => new AddressMessage("b", "IN") { SavedAddresses = null! },
    };

    /// <summary>Each with the place that the exception names.</summary>
    private static readonly Dictionary<string, (Func<object> Make, string Place)> Holes = new(StringComparer.Ordinal)
    {
        ["saved address"] = (() => new AddressMessage("b", "IN") { SavedAddresses = [new SavedAddress("1", new Dictionary<string, string>()), null!] }, "Element 1 is null. (Parameter 'SavedAddresses')"),
        ["value of an address"] = (() => new AddressMessage("b", "IN") { Values = new Dictionary<string, string> { ["name"] = null! } }, "The value of \"name\" is null. (Parameter 'Values')"),
        ["component of a definition"] = (() => new TemplateDefinition { Name = "t", Language = "en", Components = [null!] }, "Element 0 is null. (Parameter 'Components')"),
        ["component of a draft"] = (() => new TemplateDraft("t", "en", TemplateCategory.Utility) { Components = [null!] }, "Element 0 is null. (Parameter 'Components')"),
        ["component of an edit"] = (() => new TemplateEdit { Components = [null!] }, "Element 0 is null. (Parameter 'Components')"),
        ["parameter of a template"] = (() => new TemplateMessage("t", "en") { Body = ["a", null!] }, "Element 1 is null. (Parameter 'Body')"),
        ["card of a template"] = (() => new TemplateMessage("t", "en") { Cards = [null!] }, "Element 0 is null. (Parameter 'Cards')"),
        ["row of a list"] = (() => new ListSection("s") { Rows = [null!] }, "Element 0 is null. (Parameter 'Rows')"),
        ["phone of a contact"] = (() => new ContactDetails(new ContactName("Ana", "Silva")) { Phones = [null!] }, "Element 0 is null. (Parameter 'Phones')"),
    };

    public static TheoryData<string> HoleNames => [.. Holes.Keys];

    [Theory]
    [MemberData(nameof(HoleNames))]
    public void New_NullInAList_ThrowsAndNamesThePlace(string name) => Holes[name].Make.Should().Throw<ArgumentException>().WithMessage(Holes[name].Place);

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void New_Null_Throws(string name) => Makers[name].Should().Throw<ArgumentNullException>();
}
