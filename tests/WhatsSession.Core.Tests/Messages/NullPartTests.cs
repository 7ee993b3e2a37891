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
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void New_Null_Throws(string name) => Makers[name].Should().Throw<ArgumentNullException>();
}
