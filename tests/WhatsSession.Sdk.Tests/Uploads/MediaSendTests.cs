using System.Net;
using System.Text;
using NodaTime;
using WhatsSession.Uploads;

namespace WhatsSession.Sdk.Tests.Uploads;

/// <summary>Messages that bring their content along: what is uploaded, when, how often, and what is kept.</summary>
[WithoutEmulator("The exact requests, and answers at chosen moments; the whole way is in WhatsSession.MessageKinds.Tests.")]
public sealed class MediaSendTests : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, .. "PNG a picture"u8];
    private readonly string _folder = Directory.CreateTempSubdirectory("media-").FullName;
    private Scene _scene = null!;
    private int _uploads;

    private IReadOnlyList<SentRequest> Uploads => [.. _scene.Http.Requests.Where(sent => sent.Address.AbsolutePath.EndsWith("/media", StringComparison.Ordinal))];

    private IReadOnlyList<SentRequest> Messages => [.. _scene.Http.Requests.Where(sent => sent.Address.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal))];

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.StartAsync();
        _scene.Http.Answer = (sent, _) => Task.FromResult(AnswerTo(sent));
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task SendAsync_FileBytesAndStreams_AreUploadedAndSentById()
    {
        using var seekable = new MemoryStream([.. "head"u8, .. Png]) { Position = 4 };
        using var oneWay = new OneWayStream("one way"u8.ToArray());
        MediaSource[] sources =
        [
            MediaSource.FromFile(File("a.png", [1, 2, 3])),
            MediaSource.FromBytes(Encoding.ASCII.GetBytes("xbytesx").AsMemory(1, 5), "image/jpeg"),
            MediaSource.FromStream(seekable, "image/png"),
            MediaSource.FromStream(oneWay, "image/png"),
        ];

        foreach (var source in sources)
        {
            (await _scene.Conversation.SendAsync(new ImageMessage(source) { Caption = "c" })).IsAccepted.Should().BeTrue();
        }

        Uploads.Select(FileOf).Should().Equal("\u0001\u0002\u0003", "bytes", "\ufffdPNG a picture", "one way");
        Uploads.Select(sent => sent.Text.Contains("\r\n\r\nimage/jpeg\r\n", StringComparison.Ordinal)).Should().Equal(false, true, false, false);
        Uploads.Should().OnlyContain(sent => sent.Headers["Authorization"] == "Bearer " + Given.AccessToken && sent.Address.AbsolutePath == $"/v27.0/{Given.Number}/media");
        Messages.Select(sent => sent.Json["image"]!.ToJsonString()).Should().Equal(Enumerable.Range(1, 4).Select(i => $$"""{"id":"m{{i}}","caption":"c"}"""));
        _scene.Store.Intents.Select(intent => ((ImageMessage)intent.Message).Source).Should().Equal(Enumerable.Range(1, 4).Select(i => MediaSource.FromId($"m{i}")));
        seekable.Position.Should().Be(4);
    }

    [Fact]
    public async Task SendAsync_SameContentAgain_IsUploadedOnceForEachNumberAndType()
    {
        var bytes = MediaSource.FromBytes(Png, "image/png");
        await SendAsync(bytes);
        await SendAsync(bytes);
        await SendAsync(MediaSource.FromFile(File("other-name.png", Png)));
        using var stream = new MemoryStream(Png);
        await SendAsync(MediaSource.FromStream(stream, "image/png"));
        await SendAsync(MediaSource.FromStream(stream, "image/png"));
        Uploads.Should().ContainSingle();

        await SendAsync(MediaSource.FromBytes(Png, "image/jpeg"));
        await _scene.Runtime.Client.Number("sales").Conversation(Given.Phone).SendAsync(new ImageMessage(bytes));
        Uploads.Select(sent => sent.Address.AbsolutePath.Split('/')[2]).Should().Equal(Given.Number.Value, Given.Number.Value, Given.OtherNumber.Value);
    }

    [Fact]
    public async Task SendAsync_StreamReadOnce_IsKnownAfterwards()
    {
        using var oneWay = new OneWayStream(Png);
        await SendAsync(MediaSource.FromStream(oneWay, "image/png"));
        await SendAsync(MediaSource.FromBytes(Png, "image/png"));

        Uploads.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_ADayBeforeTheIdExpires_UploadsAnew()
    {
        await SendAsync(MediaSource.FromBytes(Png, "image/png"));
        _scene.Clock.Advance(TimeSpan.FromDays(29) - TimeSpan.FromTicks(1));
        await _scene.Conversation.SendAsync(new TemplateMessage("t", "en") { Header = new TemplateHeader.Image(MediaSource.FromBytes(Png, "image/png")) });
        Uploads.Should().ContainSingle();

        _scene.Clock.Advance(TimeSpan.FromTicks(1));
        await _scene.Conversation.SendAsync(new TemplateMessage("t", "en") { Header = new TemplateHeader.Image(MediaSource.FromBytes(Png, "image/png")) });
        Uploads.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_UploadOnce()
    {
        var released = new TaskCompletionSource();
        _scene.Http.Answer = async (sent, _) =>
        {
            if (sent.Address.AbsolutePath.EndsWith("/media", StringComparison.Ordinal))
            {
                await released.Task;
            }

            return AnswerTo(sent);
        };
        var sends = Enumerable.Range(0, 50).Select(_ => _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Png, "image/png")))).ToList();
        released.SetResult();

        (await Task.WhenAll(sends)).Should().OnlyContain(outcome => outcome.IsAccepted);
        Uploads.Should().ContainSingle();
        Messages.Should().HaveCount(50);
    }

    [Fact]
    public async Task SendAsync_TheOneWhoUploadsGivesUp_AnotherTakesOver()
    {
        using var cancellation = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        _scene.Http.Answer = async (sent, token) =>
        {
            if (arrived.TrySetResult())
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }

            return AnswerTo(sent);
        };
        var first = _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Png, "image/png")), cancellation.Token);
        await arrived.Task;
        var second = _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Png, "image/png")));

        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => first).Should().ThrowAsync<OperationCanceledException>();
        (await second).IsAccepted.Should().BeTrue();
        Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_ClosedWindow_UploadsNothing()
    {
        await _scene.WithHistoryAsync();

        (await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromFile("/nowhere.png")))).Should().BeOfType<SendOutcome.WindowClosed>();

        _scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WindowClosesDuringTheUpload_SendsNothing()
    {
        await _scene.ReceiveTextAsync();
        await _scene.DrainAsync();
        _scene.Clock.Advance(TimeSpan.FromHours(23));
        _scene.Http.Answer = (sent, _) =>
        {
            _scene.Clock.Advance(TimeSpan.FromHours(1));
            return Task.FromResult(AnswerTo(sent));
        };

        (await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Png, "image/png")))).Should().BeOfType<SendOutcome.WindowClosed>();

        Messages.Should().BeEmpty();
        _scene.Store.Intents.Should().BeEmpty();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"message":"no","code":131053}}""", GraphErrorCategory.InvalidRequest)]
    [InlineData(HttpStatusCode.BadGateway, "<html>", GraphErrorCategory.Unavailable)]
    [InlineData(HttpStatusCode.OK, "{}", GraphErrorCategory.Unknown)]
    public async Task SendAsync_UploadFails_IsRejectedAndTriedAgainNextTime(HttpStatusCode status, string body, GraphErrorCategory category)
    {
        _scene.Http.AnswerWith(status, body);
        var outcome = await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Png, "image/png")));
        outcome.Should().BeOfType<SendOutcome.Rejected>().Which.Error.Category.Should().BeOneOf(category, GraphErrorCategory.Unknown);
        Messages.Should().BeEmpty();
        _scene.Store.Intents.Should().BeEmpty();

        _scene.Http.Answer = (sent, _) => Task.FromResult(AnswerTo(sent));
        await SendAsync(MediaSource.FromBytes(Png, "image/png"));
    }

    [Fact]
    public async Task SendAsync_IdThatMetaForgot_IsUploadedAnewOnce()
    {
        await SendAsync(MediaSource.FromBytes(Png, "image/png"));
        var forgotten = new HashSet<string> { "m1" };
        _scene.Http.Answer = (sent, _) => Task.FromResult(forgotten.Any(id => sent.Text.Contains($"\"{id}\"", StringComparison.Ordinal)) ? Refusal() : AnswerTo(sent));

        await SendAsync(MediaSource.FromBytes(Png, "image/png"));
        Uploads.Should().HaveCount(2);
        Messages.Should().HaveCount(3);

        forgotten.UnionWith(["m2", "m3"]);
        (await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Png, "image/png")))).Should().BeOfType<SendOutcome.Rejected>();
        Uploads.Should().HaveCount(3);

        // A fresh id that is refused is not the cause: no second try.
        (await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes("new"u8.ToArray(), "image/png")))).IsAccepted.Should().BeTrue();
        forgotten.Add("m5");
        (await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes("newer"u8.ToArray(), "image/png")))).Should().BeOfType<SendOutcome.Rejected>();
        Uploads.Should().HaveCount(5);
    }

    [Fact]
    public async Task SendAsync_FileThatIsAbsentEmptyOrTooLarge_IsInvalidBeforeAnyRequest()
    {
        var large = Path.Combine(_folder, "large.png");
        await using (var file = System.IO.File.Create(large))
        {
            file.SetLength((5 * 1024 * 1024) + 1);
        }

        await ExpectAsync(MediaSource.FromFile(Path.Combine(_folder, "absent.png")), new Violation("image", "names a file that cannot be opened (FileNotFoundException)"));
        await ExpectAsync(MediaSource.FromFile(File("empty.png", [])), new Violation("image", "has no content") { Limit = 1, Actual = 0 });
        await ExpectAsync(MediaSource.FromFile(large), new Violation("image", "has 5242881 bytes; the limit is 5242880") { Limit = 5242880, Actual = 5242881 });
        _scene.Http.Requests.Should().BeEmpty();

        async Task ExpectAsync(MediaSource source, Violation violation) =>
            (await _scene.Conversation.SendAsync(new ImageMessage(source))).Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().Equal(violation);
    }

    [Fact]
    public async Task SendAsync_ContentInEveryPlace_IsUploaded()
    {
        var action = new CardAction.QuickReplies(new ReplyButton("a", "A"));
        Message[] messages =
        [
            new ImageMessage(Next("image/png")),
            new VideoMessage(Next("video/mp4")),
            new AudioMessage(Next("audio/mpeg")),
            new VoiceMessage(Next("audio/ogg")),
            new StickerMessage(Next("image/webp")),
            new DocumentMessage(Next("application/pdf")),
            new ReplyButtonsMessage("b", new ReplyButton("a", "A")) { Header = new MessageHeader.Image(Next("image/png")) },
            new CtaUrlMessage("b", "c", new Uri("https://a.example")) { Header = new MessageHeader.Document(Next("application/pdf")) },
            new FlowMessage("b", "c", new FlowAction.DataExchange()) { FlowId = "1", Header = new MessageHeader.Video(Next("video/mp4")) },
            new MediaCarouselMessage("b", new MediaCard(new MessageHeader.Video(Next("video/mp4")), action), new MediaCard(new MessageHeader.Image(Next("image/png")), action)),
            new TemplateMessage("t", "en") { Header = new TemplateHeader.Image(Next("image/png")) },
            new TemplateMessage("t", "en") { Header = new TemplateHeader.Video(Next("video/mp4")) },
            new TemplateMessage("t", "en") { Header = new TemplateHeader.Gif(Next("video/mp4")), Marketing = new MarketingDelivery() },
            new TemplateMessage("t", "en") { Header = new TemplateHeader.Document(Next("application/pdf")) },
            new TemplateMessage("t", "en") { Cards = [new TemplateCard(new TemplateHeader.Video(Next("video/mp4"))), new TemplateCard(new TemplateHeader.Image(Next("image/png")))] },
            new DirectSendMessage(new ReplyButtonsMessage("b", new ReplyButton("a", "A")) { Header = new MessageHeader.Image(Next("image/png")) }, DirectSendCategory.Utility),
        ];

        foreach (var message in messages)
        {
            MediaParts.HasUploads(message).Should().BeTrue(message.ToString());
            var outcome = message switch
            {
                SessionMessage session => await _scene.Conversation.SendAsync(session),
                TemplateMessage template => await _scene.Conversation.SendAsync(template),
                _ => await _scene.Conversation.SendAsync((DirectSendMessage)message),
            };
            outcome.IsAccepted.Should().BeTrue(outcome.Describe());
        }

        Uploads.Should().HaveCount(18);
        var sent = string.Concat(_scene.Http.Requests.Except(Uploads).Select(request => request.Text));
        Enumerable.Range(1, 18).Should().OnlyContain(i => sent.Contains($"{{\"id\":\"m{i}\"", StringComparison.Ordinal));
        _scene.Store.Intents.Should().HaveCount(16).And.OnlyContain(intent => !MediaParts.HasUploads(intent.Message));
    }

    [Fact]
    public async Task SendAsync_DocumentFromAFile_IsShownWithItsNameUnlessItHasOne()
    {
        var bill = MediaSource.FromFile(File("bill 42.pdf", [1]));
        await _scene.Conversation.SendAsync(new DocumentMessage(bill));
        await _scene.Conversation.SendAsync(new DocumentMessage(bill) { FileName = "yours.pdf" });

        Messages.Select(sent => (string?)sent.Json["document"]!["filename"]).Should().Equal("bill 42.pdf", "yours.pdf");
        Uploads.Should().ContainSingle().Which.Text.Should().NotContain("bill");
    }

    [Fact]
    public async Task SendAsync_FallbackWithContent_GoesOncePerWindowByWhateverId()
    {
        await _scene.WithHistoryAsync();
        var template = new TemplateMessage("t", "en") { Header = new TemplateHeader.Document(MediaSource.FromBytes(Png, "application/pdf")) };
        _scene.Http.AnswerWith(HttpStatusCode.BadGateway, "");
        var failed = await _scene.Conversation.SendAsync(Given.Text, orTemplate: template);
        _scene.Http.Answer = (sent, _) => Task.FromResult(AnswerTo(sent));

        var went = await _scene.Conversation.SendAsync(Given.Text, orTemplate: template);
        await _scene.Runtime.Client.Number("support").DeleteMediaAsync("m1");
        var again = await _scene.Conversation.SendAsync(Given.Text, orTemplate: template);
        var other = await _scene.Conversation.SendAsync(Given.Text, orTemplate: template with { Header = new TemplateHeader.Document(MediaSource.FromBytes("other"u8.ToArray(), "application/pdf")) });
        var invalid = await _scene.Conversation.SendAsync(Given.Text, orTemplate: template with { Header = new TemplateHeader.Document(MediaSource.FromFile("/absent.pdf")) });

        failed.Should().BeOfType<SendOutcome.Rejected>().Which.Template.Should().BeSameAs(template);
        went.Should().BeOfType<SendOutcome.TemplateSent>();
        again.Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        other.Should().BeOfType<SendOutcome.TemplateSent>();
        invalid.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Path.Should().Be("orTemplate.template.components[header].parameters[0].document");
    }

    [Fact]
    public async Task UploadMediaAsync_OfANumber_ChecksTypeAndSizeFirst()
    {
        var number = _scene.Runtime.Client.Number("support");
        using var large = new MemoryStream(new byte[(500 * 1024) + 1]);
        using var good = new MemoryStream(Png);
        using var oneWay = new OneWayStream(new byte[(500 * 1024) + 1]);

        (await number.UploadMediaAsync(good, "application/zip")).Violations.Should().ContainSingle().Which.Path.Should().Be("type");
        (await number.UploadMediaAsync(large, "image/webp")).Violations.Should().ContainSingle().Which.Limit.Should().Be(100 * 1024);
        _scene.Http.Requests.Should().BeEmpty();
        (await number.UploadMediaAsync(oneWay, "image/webp")).Violations.Should().ContainSingle();
        (await number.UploadMediaAsync(good, "image/png")).MediaId.Should().Be("m1");
    }

    [Theory]
    [InlineData(59, 60)]
    [InlineData(43_201, 43_200)]
    public async Task UploadMediaAsync_LifetimeBeyondItsLimits_IsRefusedWithoutRequest(int minutes, int limit)
    {
        using var content = new MemoryStream(Png);

        var upload = await _scene.Runtime.Client.Number("support").UploadMediaAsync(content, "image/png", new MediaUploadOptions { TtlMinutes = minutes });

        upload.Violations.Should().ContainSingle().Which.Should().Match<Violation>(violation => violation.Path == "ttl_minutes" && violation.Limit == limit && violation.Actual == minutes);
        _scene.Http.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData(60)]
    [InlineData(43_200)]
    public async Task UploadMediaAsync_LifetimeAtItsLimits_IsUploaded(int minutes)
    {
        using var content = new MemoryStream(Png);

        (await _scene.Runtime.Client.Number("support").UploadMediaAsync(content, "image/png", new MediaUploadOptions { TtlMinutes = minutes })).IsSuccess.Should().BeTrue();
    }

    [Fact]
    public void RecentUploads_BeyondTheirCapacity_ForgetTheLeastUsed()
    {
        var recent = new RecentUploads(_scene.Clock);
        for (var i = 0; i <= RecentUploads.Capacity; i++)
        {
            recent.Add(Key(i), new MediaUpload { MediaId = $"{i}" });
            recent.Find(Key(0), Duration.Zero).Should().NotBeNull();
        }

        recent.Find(Key(1), Duration.Zero).Should().BeNull();
        recent.Find(Key(2), Duration.Zero).Should().NotBeNull();

        static UploadKey Key(int i) => new(Given.Number, $"{i}", "image/png");
    }

    private static HttpResponseMessage Refusal() => StubHttp.Json(HttpStatusCode.BadRequest, """{"error":{"message":"(#131009) no such media","code":131009}}""");

    private static string FileOf(SentRequest sent) => sent.Text.Split("filename=\"media.")[1].Split("\r\n\r\n")[1].Split("\r\n------")[0];

    private static MediaSource Next(string mimeType) => MediaSource.FromBytes(Guid.NewGuid().ToByteArray(), mimeType);

    private HttpResponseMessage AnswerTo(SentRequest sent) =>
        sent.Address.AbsolutePath.EndsWith("/media", StringComparison.Ordinal) ? StubHttp.Json(HttpStatusCode.OK, $$"""{"id":"m{{Interlocked.Increment(ref _uploads)}}"}""") : StubHttp.Accepted();

    private async Task SendAsync(MediaSource source) => (await _scene.Conversation.SendAsync(new ImageMessage(source))).EnsureAccepted();

    private string File(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
