using System.Net;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Uploads;

/// <summary>Messages whose contents are slow, spent, refused for a while, or too old when they are needed.</summary>
[WithoutEmulator("Uploads that are slow, refused, or old when they are needed.")]
public sealed class MediaFaultTests : IAsyncLifetime
{
    private static readonly MediaSource Picture = MediaSource.FromBytes(new byte[] { 0x89, 1 }, "image/png");
    private readonly List<string> _uploads = [];
    private Scene _scene = null!;

    private int Messages => _scene.Http.Requests.Count(sent => sent.Address.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.StartAsync();
        _scene.Http.Answer = (sent, _) => Task.FromResult(AnswerTo(sent));
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task SendAsync_UploadLongerThanTheDeadline_LeavesTheMessageItsWholeDeadline()
    {
        AnswerSlowUploadsAndARateLimit();

        var outcome = await _scene.SendThroughWaitAsync(() => _scene.Conversation.SendAsync(new ImageMessage(Picture)), TimeSpan.FromSeconds(1));

        outcome.Should().BeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task SendAsync_FallbackUploadLongerThanTheDeadline_LeavesTheTemplateItsWholeDeadline()
    {
        await _scene.WithHistoryAsync();
        AnswerSlowUploadsAndARateLimit();

        var outcome = await _scene.SendThroughWaitAsync(
            () => _scene.Conversation.SendAsync(Given.Text, orTemplate: new TemplateMessage("t", "en") { Header = new TemplateHeader.Image(Picture) }), TimeSpan.FromSeconds(1));

        outcome.Should().BeOfType<SendOutcome.TemplateSent>();
    }

    [Fact]
    public async Task SendAsync_EmptyStreamThatCannotSeek_IsInvalid()
    {
        using var empty = new OneWayStream([]);

        var outcome = await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromStream(empty, "image/png")));

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().Equal(new Violation("image", "has no content") { Limit = 1, Actual = 0 });
        Messages.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_EndlessStream_IsInvalidAtTheLimit()
    {
        using var endless = new OneWayStream(new byte[(5 * 1024 * 1024) + 1]);

        var outcome = await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromStream(endless, "image/png")));

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Should().Match<Violation>(violation => violation.Path == "image" && violation.Limit == 5242880);
        _scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_ContentChangesDuringTheUpload_IsInvalidAndNotKept()
    {
        using var changing = new ChangingStream([0x89, 1]);

        (await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromStream(changing, "image/png")))).Should().BeOfType<SendOutcome.Invalid>()
            .Which.Violations.Should().Equal(new Violation("image", "changed while it was uploaded"));

        (await _scene.Conversation.SendAsync(new ImageMessage(Picture))).EnsureAccepted();
        _uploads.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendAsync_ReusedIdBesideASpentStreamIsRefused_IsRejectedWithoutAnotherTry()
    {
        (await _scene.Conversation.SendAsync(new ImageMessage(Picture))).EnsureAccepted();
        _scene.Http.Answer = (sent, _) => Task.FromResult(IsUpload(sent) ? AnswerTo(sent) : Refused(131009));
        using var oneWay = new OneWayStream([1, 2, 3]);

        var outcome = await _scene.Conversation.SendAsync(new MediaCarouselMessage("b", Card(Picture), Card(MediaSource.FromStream(oneWay, "image/png"))));

        outcome.Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(131009);
        _uploads.Should().HaveCount(2);
        Messages.Should().Be(2);

        static MediaCard Card(MediaSource source) => new(new MessageHeader.Image(source), new CardAction.OpenUrl("a", new Uri("https://a.example")));
    }

    [Fact]
    public async Task SendAsync_UploadIsRateLimited_IsUploadedAfterAWait()
    {
        LimitUploads(times: 1);

        var outcome = await _scene.SendThroughWaitAsync(() => _scene.Conversation.SendAsync(new ImageMessage(Picture)), TimeSpan.FromSeconds(1));

        outcome.Should().BeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task SendAsync_UploadStaysRateLimited_IsThrottled()
    {
        LimitUploads(times: int.MaxValue, retryAfter: TimeSpan.FromMinutes(2));

        var outcome = await _scene.Conversation.SendAsync(new ImageMessage(Picture));
        var ofFallback = await (await _scene.WithHistoryAsync()).Conversation.SendAsync(Given.Text, orTemplate: new TemplateMessage("t", "en") { Header = new TemplateHeader.Image(Picture) });

        outcome.Should().Be(new SendOutcome.Throttled { RetryAt = Given.T0 + Duration.FromMinutes(2) });
        ofFallback.Should().BeOfType<SendOutcome.Throttled>().Which.Template!.Name.Should().Be("t");
        Messages.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_SpentStreamIsRateLimited_IsThrottledAtOnce()
    {
        LimitUploads(times: 1);
        using var oneWay = new OneWayStream([1, 2, 3]);

        (await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromStream(oneWay, "image/png")))).Should().BeOfType<SendOutcome.Throttled>();

        _uploads.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_HeldWithContentThatCannotBeUploaded_IsTheFailureOfTheUpload()
    {
        await _scene.WithHistoryAsync();
        _scene.Http.Answer = (sent, _) => Task.FromResult(IsUpload(sent) ? Refused(131053) : AnswerTo(sent));

        var refused = await HoldAsync(Picture, TimeSpan.FromDays(1));
        var absent = await HoldAsync(MediaSource.FromFile("/absent.png"), TimeSpan.FromDays(1));
        var sent = await _scene.Conversation.SendAsync(new ImageMessage(Picture), new SendOptions { OrTemplate = Given.Template, WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) });

        refused.Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(131053);
        absent.Should().BeOfType<SendOutcome.Invalid>();
        sent.Should().BeOfType<SendOutcome.TemplateSent>().Which.HeldMessage.Should().BeNull();
        (await _scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_CancelledWhileItsContentIsUploadedToBeHeld_PassesThrough()
    {
        await _scene.WithHistoryAsync();
        using var cancellation = new CancellationTokenSource();
        _scene.Http.Answer = async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("The token does not come this far.");
        };

        await FluentActions.Awaiting(() => _scene.Conversation.SendAsync(new ImageMessage(Picture), new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) }, cancellation.Token))
            .Should().ThrowAsync<OperationCanceledException>();
        (await _scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_HeldWithContentThatWasUploadedLongAgo_IsUploadedAnewAndGoesOut()
    {
        await _scene.ReceiveTextAsync();
        await _scene.DrainAsync();
        (await _scene.Conversation.SendAsync(new ImageMessage(Picture))).EnsureAccepted();
        await _scene.AdvanceAsync(TimeSpan.FromDays(28));

        (await HoldAsync(Picture, TimeSpan.FromDays(7))).Should().BeOfType<SendOutcome.WindowClosed>().Which.HeldMessage.Should().NotBeNull();
        await _scene.AdvanceAsync(TimeSpan.FromDays(3));
        await _scene.ReceiveTextAsync();
        await _scene.DrainAsync();

        _uploads.Should().HaveCount(2);
        _scene.Http.Requests[^1].Json["image"]!["id"]!.GetValue<string>().Should().Be("m2");
        (await _scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_HeldWithContentWhoseIdLivesLongEnough_ReusesTheId()
    {
        await _scene.ReceiveTextAsync();
        await _scene.DrainAsync();
        (await _scene.Conversation.SendAsync(new ImageMessage(Picture))).EnsureAccepted();
        await _scene.AdvanceAsync(TimeSpan.FromDays(21));

        (await HoldAsync(Picture, TimeSpan.FromDays(7))).Should().BeOfType<SendOutcome.WindowClosed>();

        _uploads.Should().ContainSingle();
    }

    [Theory]
    [InlineData("image/png;;")]
    [InlineData("image/png;=x")]
    [InlineData("image/png; charset=\"a")]
    public async Task SendAsync_MimeTypeThatIsNone_IsInvalid(string mimeType)
    {
        var outcome = await _scene.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(new byte[] { 1 }, mimeType)));

        outcome.Should().BeOfType<SendOutcome.Invalid>();
        _scene.Http.Requests.Should().BeEmpty();
    }

    /// <summary>An upload takes longer than a message may, and the message after it meets a rate limit once.</summary>
    private void AnswerSlowUploadsAndARateLimit()
    {
        var posts = 0;
        _scene.Http.Answer = (sent, _) =>
        {
            if (IsUpload(sent))
            {
                _scene.Clock.Advance(TimeSpan.FromSeconds(40));
                return Task.FromResult(AnswerTo(sent));
            }

            return Task.FromResult(posts++ == 0 ? Refused(130429) : AnswerTo(sent));
        };
    }

    private static bool IsUpload(SentRequest sent) => sent.Address.AbsolutePath.EndsWith("/media", StringComparison.Ordinal);

    private static HttpResponseMessage Refused(int code) => StubHttp.Json(HttpStatusCode.BadRequest, $$$"""{"error":{"message":"no","code":{{{code}}}}}""");

    private Task<SendOutcome> HoldAsync(MediaSource content, TimeSpan time) =>
        _scene.Conversation.SendAsync(new ImageMessage(content), new SendOptions { WhenReopened = WhenReopened.Hold(time) });

    private void LimitUploads(int times, TimeSpan? retryAfter = null) => _scene.Http.Answer = (sent, _) =>
    {
        if (!IsUpload(sent) || times-- <= 0)
        {
            return Task.FromResult(AnswerTo(sent));
        }

        var limited = StubHttp.Json(HttpStatusCode.TooManyRequests, """{"error":{"message":"too many","code":80007}}""");
        limited.Headers.RetryAfter = retryAfter is { } wait ? new(wait) : null;
        return Task.FromResult(limited);
    };

    private HttpResponseMessage AnswerTo(SentRequest sent)
    {
        if (!IsUpload(sent))
        {
            return StubHttp.Accepted();
        }

        var id = $"m{_uploads.Count + 1}";
        _uploads.Add(id);
        return StubHttp.Json(HttpStatusCode.OK, $$"""{"id":"{{id}}"}""");
    }

    /// <summary>Says something else each time it is read.</summary>
    private sealed class ChangingStream(byte[] content) : MemoryStream([.. content])
    {
        private byte _reads;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                var position = Position;
                Position = 0;
                WriteByte(++_reads);
                Position = position;
            }

            return read;
        }
    }
}
