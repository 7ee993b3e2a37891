namespace WhatsSession.Core.Tests.Messages;

public sealed class MediaMessageTests
{
    private static readonly Dictionary<string, Func<MediaSource, MediaMessage>> Kinds = new(StringComparer.Ordinal)
    {
        ["image"] = source => new ImageMessage(source),
        ["video"] = source => new VideoMessage(source),
        ["document"] = source => new DocumentMessage(source),
        ["audio"] = source => new VoiceMessage(source),
    };

    public static TheoryData<string> KindNames => new(Kinds.Keys);

    public static TheoryData<string?> BadIds => new(null, "", " ", "12 34", "1234\n", "\0", "１２", new string('1', 257));

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Kind_OfAMediaMessage_IsMetasWord(string kind) => Kinds[kind](MediaSource.FromId("1")).Kind.Should().Be(kind);

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Check_BadId_NamesItsPlace(string kind) =>
        Kinds[kind](MediaSource.FromId("")).Check().Should().Equal(new Violation(kind + ".id", "is not a media id; give the id that the upload returned"));

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Check_BadLink_NamesItsPlace(string kind) =>
        Kinds[kind](MediaSource.FromLink("file:///etc/passwd")).Check().Should().Equal(new Violation(kind + ".link", "is not an absolute http or https address"));

    [Theory]
    [MemberData(nameof(KindNames))]
    public void New_NoSource_Throws(string kind) =>
        FluentActions.Invoking(() => Kinds[kind](null!)).Should().Throw<ArgumentNullException>().WithParameterName("source");

    [Theory]
    [MemberData(nameof(BadIds))]
    public void Check_NotAToken_IsNoMediaId(string? id) =>
        new ImageMessage(MediaSource.FromId(id!)).Check().Should().ContainSingle().Which.ToString().Should().Be("image.id is not a media id; give the id that the upload returned");

    [Theory]
    [InlineData("1")]
    [InlineData("1013859600285441")]
    [InlineData("4::aW1hZ2U=")]
    public void Check_MediaId_IsAllowed(string id) => new ImageMessage(MediaSource.FromId(id)).Check().Should().BeEmpty();

    [Fact]
    public void Check_MediaIdAtItsLimit_IsAllowed() => new ImageMessage(MediaSource.FromId(new string('1', 256))).Check().Should().BeEmpty();

    [Theory]
    [InlineData("https://shop.example/a.png")]
    [InlineData("http://shop.example/a.png")]
    [InlineData("HTTPS://SHOP.EXAMPLE/a.png?x=1#y")]
    public void Check_WebAddress_IsAllowed(string link) => new ImageMessage(MediaSource.FromLink(link)).Check().Should().BeEmpty();

    [Theory]
    [InlineData("ftp://shop.example/a.png")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("mailto:someone@shop.example")]
    public void Check_OtherAddress_IsTheOneViolation(string link) =>
        new ImageMessage(MediaSource.FromLink(link)).Check().Should().ContainSingle().Which.Path.Should().Be("image.link");

    [Fact]
    public void Check_RelativeAddress_IsTheOneViolation() =>
        new ImageMessage(MediaSource.FromLink(new Uri("a.png", UriKind.Relative))).Check().Should().ContainSingle().Which.Path.Should().Be("image.link");

    [Fact]
    public void Check_NoAddress_IsTheOneViolation() =>
        new ImageMessage(MediaSource.FromLink((Uri)null!)).Check().Should().ContainSingle().Which.Path.Should().Be("image.link");

    [Fact]
    public void FromLink_RelativeText_Throws() => FluentActions.Invoking(() => MediaSource.FromLink("a.png")).Should().Throw<UriFormatException>();
}
