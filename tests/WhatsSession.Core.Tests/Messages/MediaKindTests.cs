namespace WhatsSession.Core.Tests.Messages;

/// <summary>What may be uploaded for which kind of message.</summary>
public sealed class MediaKindTests
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    private static readonly MediaKind[] All = [MediaKind.Image, MediaKind.Video, MediaKind.Gif, MediaKind.Audio, MediaKind.Voice, MediaKind.Document, MediaKind.Sticker];

    public static TheoryData<string> KindNames => new(All.Select(kind => kind.Name));

    [Theory]
    [InlineData("image", 5 * Megabyte)]
    [InlineData("video", 16 * Megabyte)]
    [InlineData("gif", 3_670_016)]
    [InlineData("audio", 16 * Megabyte)]
    [InlineData("voice", 16 * Megabyte)]
    [InlineData("document", 100 * Megabyte)]
    [InlineData("sticker", 100 * Kilobyte)]
    public void CheckLength_AtTheLimitAndOneMore_IsAllowedAndNot(string name, long limit)
    {
        var kind = Array.Find(All, kind => kind.Name == name)!;

        kind.CheckLength("a", 1, default).Should().BeNull();
        kind.CheckLength("a", limit, default).Should().BeNull();
        kind.CheckLength("a", limit + 1, default).Should().Be(new Violation("a", $"has {limit + 1} bytes; the limit is {limit}") { Limit = limit, Actual = limit + 1 });
        kind.CheckLength("a", 0, default).Should().Be(new Violation("a", "has no content") { Limit = 1, Actual = 0 });
    }

    [Theory]
    [InlineData("image", "a.JPG", "image/jpeg")]
    [InlineData("image", "/b/a.jpeg", "image/jpeg")]
    [InlineData("image", "a.png", "image/png")]
    [InlineData("image", "a.gif", null)]
    [InlineData("image", "png", null)]
    [InlineData("video", "a.mp4", "video/mp4")]
    [InlineData("video", "a.3gp", "video/3gpp")]
    [InlineData("video", "a.mov", null)]
    [InlineData("gif", "a.mp4", "video/mp4")]
    [InlineData("gif", "a.gif", null)]
    [InlineData("audio", "a.mp4", "audio/mp4")]
    [InlineData("audio", "a.m4a", "audio/mp4")]
    [InlineData("audio", "a.mp3", "audio/mpeg")]
    [InlineData("audio", "a.aac", "audio/aac")]
    [InlineData("audio", "a.amr", "audio/amr")]
    [InlineData("audio", "a.ogg", "audio/ogg")]
    [InlineData("voice", "a.opus", "audio/ogg")]
    [InlineData("voice", "a.mp3", null)]
    [InlineData("document", "a.pdf", "application/pdf")]
    [InlineData("document", "a.txt", "text/plain")]
    [InlineData("document", "a.doc", "application/msword")]
    [InlineData("document", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("document", "a.xls", "application/vnd.ms-excel")]
    [InlineData("document", "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("document", "a.ppt", "application/vnd.ms-powerpoint")]
    [InlineData("document", "a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData("document", "a.zip", null)]
    [InlineData("sticker", "a.webp", "image/webp")]
    public void MimeTypeOf_AFile_IsThatOfItsEnding(string name, string file, string? expected) =>
        Array.Find(All, kind => kind.Name == name)!.MimeTypeOf(file).Should().Be(expected);

    [Theory]
    [MemberData(nameof(KindNames))]
    public void CheckMimeType_OfItsOwnTypes_AllowsThemInAnyCaseAndWithParameters(string name)
    {
        var kind = Array.Find(All, kind => kind.Name == name)!;

        foreach (var type in kind.MimeTypes)
        {
            kind.CheckMimeType("a", type).Should().BeNull();
            kind.CheckMimeType("a", type.ToUpperInvariant() + "; a=b").Should().BeNull();
            kind.CheckMimeType("a", type + ";a=b\r\nX: y").Should().NotBeNull();
            kind.CheckMimeType("a", type + "x").Should().NotBeNull();
        }

        kind.CheckMimeType("a", null)!.Rule.Should().Be($"has no known MIME type; {string.Join(", ", kind.MimeTypes)} are allowed");
        kind.CheckMimeType("a", "application/zip")!.Rule.Should().Be($"has another MIME type than Meta takes; {string.Join(", ", kind.MimeTypes)} are allowed");
    }

    [Theory]
    [InlineData("audio/ogg", true)]
    [InlineData("audio/ogg; codecs=opus", true)]
    [InlineData("audio/ogg; a=b; Codecs=\"OPUS\"", true)]
    [InlineData("audio/ogg; a=\";codecs=vorbis\"; codecs=opus", true)]
    [InlineData("audio/ogg; codecs=vorbis", false)]
    [InlineData("audio/ogg; codecs=\"opus;vorbis\"", false)]
    [InlineData("audio/ogg; codecs=opus; codecs=vorbis", false)]
    public void CheckMimeType_Voice_TakesNoCodecButOpus(string mimeType, bool isTaken) => (MediaKind.Voice.CheckMimeType("a", mimeType) is null).Should().Be(isTaken);

    [Theory]
    [InlineData("image/png", "image")]
    [InlineData("video/mp4", "video")]
    [InlineData("audio/ogg; codecs=opus", "audio")]
    [InlineData("application/pdf", "document")]
    [InlineData("image/webp", "sticker")]
    [InlineData("application/zip", null)]
    [InlineData("", null)]
    public void OfMimeType_Known_IsTheKindThatTakesIt(string mimeType, string? expected) => MediaKind.OfMimeType(mimeType)?.Name.Should().Be(expected);

    [Theory]
    [InlineData(0x02, 500)]
    [InlineData(0x12, 500)]
    [InlineData(0x10, 100)]
    public void MaximumLengthOf_Sticker_DependsOnTheAnimationFlag(byte flags, int kilobytes)
    {
        byte[] head = [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBPVP8X"u8, 10, 0, 0, 0, flags];

        head.Should().HaveCount(MediaKind.HeadLength);
        MediaKind.Sticker.MaximumLengthOf(head).Should().Be(kilobytes * Kilobyte);
        MediaKind.Sticker.MaximumLengthOf(head.AsSpan(..^1)).Should().Be(100 * Kilobyte);
        MediaKind.Image.MaximumLengthOf(head).Should().Be(5 * Megabyte);
    }

    [Theory]
    [InlineData("audio/ogg", true)]
    [InlineData("audio/ogg; codecs=opus", true)]
    [InlineData("audio/ogg;a=b; Codecs=\"OPUS\" ;c=d", true)]
    [InlineData("audio/ogg; codecs=vorbis", false)]
    [InlineData("audio/ogg; a=b; codecs=\"opus, vorbis\"", false)]
    public void CheckMimeType_OfAVoiceNote_TakesNoCodecButOpus(string mimeType, bool isRight)
    {
        (MediaKind.Voice.CheckMimeType("audio", mimeType) is null).Should().Be(isRight);
        MediaKind.Audio.CheckMimeType("audio", mimeType).Should().BeNull();
    }

    [Fact]
    public void Check_BytesOfAWrongTypeAndSize_NamesBoth() =>
        new ImageMessage(MediaSource.FromBytes(new byte[(5 * Megabyte) + 1], "image/gif")).Check().Should().Equal(
            new Violation("image", "has another MIME type than Meta takes; image/jpeg, image/png are allowed"),
            new Violation("image", "has 5242881 bytes; the limit is 5242880") { Limit = 5 * Megabyte, Actual = (5 * Megabyte) + 1 });

    [Fact]
    public void Check_ContentInEveryPlace_NamesItsPath()
    {
        var wrong = MediaSource.FromBytes(new byte[1], "application/zip");
        var action = new CardAction.QuickReplies(new ReplyButton("a", "A"));
        Message[] messages =
        [
            new VideoMessage(wrong),
            new DocumentMessage(wrong),
            new AudioMessage(wrong),
            new VoiceMessage(wrong),
            new StickerMessage(wrong),
            new ReplyButtonsMessage("b", new ReplyButton("a", "A")) { Header = new MessageHeader.Image(wrong) },
            new CtaUrlMessage("b", "c", new Uri("https://a.example")) { Header = new MessageHeader.Document(wrong) },
            new MediaCarouselMessage("b", new MediaCard(new MessageHeader.Video(wrong), action), new MediaCard(new MessageHeader.Image(MediaSource.FromId("1")), action)),
            new TemplateMessage("t", "en") { Header = new TemplateHeader.Image(wrong) },
            new TemplateMessage("t", "en") { Cards = [new TemplateCard(new TemplateHeader.Video(wrong)), new TemplateCard(new TemplateHeader.Image(MediaSource.FromId("1")))] },
        ];

        messages.SelectMany(message => message.Check()).Select(violation => violation.Path).Should().Equal(
            "video",
            "document",
            "audio",
            "audio",
            "sticker",
            "interactive.header.image",
            "interactive.header.document",
            "interactive.action.cards[0].header.video",
            "template.components[header].parameters[0].image",
            "template.components[carousel].cards[0].components[header].parameters[0].video");
    }

    [Fact]
    public void Check_FileAndStream_AreJudgedByTheirType()
    {
        new DocumentMessage(MediaSource.FromFile("a/b.pdf")).Check().Should().BeEmpty();
        new DocumentMessage(MediaSource.FromFile("a/b", "application/pdf")).Check().Should().BeEmpty();
        new DocumentMessage(MediaSource.FromFile("a/b")).Check().Should().ContainSingle().Which.Rule.Should().StartWith("has no known MIME type");
        new DocumentMessage(MediaSource.FromFile("a/b.zip")).Check().Should().ContainSingle();
        new VoiceMessage(MediaSource.FromStream(Stream.Null, "audio/ogg; codecs=opus")).Check().Should().BeEmpty();
        new VoiceMessage(MediaSource.FromStream(Stream.Null, "audio/mpeg")).Check().Should().ContainSingle();
    }

    [Fact]
    public void New_NothingToRead_Throws()
    {
        FluentActions.Invoking(() => MediaSource.FromFile("")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => MediaSource.FromStream(null!, "image/png")).Should().Throw<ArgumentNullException>();
    }
}
