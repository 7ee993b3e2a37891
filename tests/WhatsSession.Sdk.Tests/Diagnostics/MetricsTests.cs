using System.Net;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Diagnostics;

[WithoutEmulator("Answers at chosen moments, foreign clocks, and a store that fails.")]
public sealed class MetricsTests : IDisposable
{
    private static readonly SendOptions AtOnce = new() { Deadline = TimeSpan.FromSeconds(1) };

    private readonly TelemetryRecorder _recorder = new();

    [Fact]
    public async Task SendAsync_EachOutcome_IsCountedByNumberAndError()
    {
        await using var scene = await StartAsync();
        await scene.ReceiveTextAsync();

        await scene.Conversation.SendAsync(Given.Text);
        await scene.Conversation.SendAsync(new TextMessage(""));
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"code":131026,"message":"no"}}""");
        await scene.Conversation.SendAsync(Given.Text);
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, Sample.Response("response-error-130429"));
        await scene.Conversation.SendAsync(Given.Text, AtOnce);
        scene.Http.AnswerWith(HttpStatusCode.BadGateway, "");
        await scene.Runtime.Client.Number("sales").Conversation(Given.Phone).SendAsync(Given.Template);
        await FluentActions.Awaiting(() => scene.Conversation.SendAsync(Given.Text, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        _recorder.Of("whatssession.sends").Should().Equal(
            "1: whatssession.number=support, whatssession.outcome=accepted",
            "1: whatssession.number=support, whatssession.outcome=invalid, error.type=invalid",
            "1: whatssession.number=support, whatssession.outcome=rejected, error.type=131026",
            "1: whatssession.number=support, whatssession.outcome=throttled, error.type=rate_limited",
            "1: whatssession.number=sales, whatssession.outcome=ambiguous, error.type=no_answer",
            "1: whatssession.number=support, whatssession.outcome=canceled, error.type=System.OperationCanceledException");
    }

    [Fact]
    public async Task SendAsync_SessionMessage_CountsHowTheWindowStood()
    {
        await using var scene = await StartAsync();
        await scene.Conversation.SendAsync(Given.Text);
        await scene.ReceiveTextAsync();
        await scene.Conversation.SendAsync(Given.Text);
        await scene.AdvanceAsync(TimeSpan.FromHours(23.5));
        await scene.Conversation.SendAsync(Given.Text);
        await scene.AdvanceAsync(TimeSpan.FromHours(0.5) - TimeSpan.FromSeconds(30));
        await scene.Conversation.SendAsync(Given.Text);
        await scene.AdvanceAsync(TimeSpan.FromHours(2));
        await scene.Conversation.SendAsync(Given.Text, Given.Template);

        _recorder.TagsOf("whatssession.guard.decisions").Should().Equal(
            "whatssession.number=support, whatssession.window.state=unknown, whatssession.guard.decision=send",
            "whatssession.number=support, whatssession.window.state=open, whatssession.guard.decision=send",
            "whatssession.number=support, whatssession.window.state=closing, whatssession.guard.decision=send",
            "whatssession.number=support, whatssession.window.state=closing, whatssession.guard.decision=margin",
            "whatssession.number=support, whatssession.window.state=closed, whatssession.guard.decision=expired");
        _recorder.TagsOf("whatssession.fallbacks").Should().Equal("whatssession.number=support, whatssession.outcome=template_sent");
    }

    [Fact]
    public async Task SendAsync_SameFallbackTwice_CountsTheSecondAsAlreadySent()
    {
        await using var scene = await (await StartAsync()).WithHistoryAsync();

        await scene.Conversation.SendAsync(Given.Text, Given.Template);
        await scene.Conversation.SendAsync(Given.Text, Given.Template);

        _recorder.TagsOf("whatssession.fallbacks").Should().Equal(
            "whatssession.number=support, whatssession.outcome=template_sent",
            "whatssession.number=support, whatssession.outcome=already_sent");
    }

    [Fact]
    public async Task SendAsync_MetaRefusesAnOpenWindow_CountsADisagreement()
    {
        await using var scene = await StartAsync();
        await scene.ReceiveTextAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, Sample.Response("response-error-131047"));

        await scene.Conversation.SendAsync(Given.Text);

        _recorder.Of("whatssession.guard.disagreements").Should().Equal("1: whatssession.number=support, whatssession.refusal=answer");
    }

    [Fact]
    public async Task SendAsync_RateLimitedOnce_CountsTheRetry()
    {
        await using var scene = await StartAsync();
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();
        var answers = 0;
        scene.Http.Answer = (_, _) => Task.FromResult(answers++ == 0 ? StubHttp.RateLimited(TimeSpan.FromSeconds(6)) : StubHttp.Accepted());

        var outcome = await scene.SendThroughWaitAsync(() => scene.Conversation.SendAsync(Given.Text), TimeSpan.FromSeconds(6));

        outcome.IsAccepted.Should().BeTrue();
        _recorder.Of("whatssession.send.retries").Should().Equal("1: whatssession.number=support, error.type=131056");
    }

    [Fact]
    public async Task HeldMessages_KeptSentExpiredAndCancelled_AreCounted()
    {
        await using var scene = await (await StartAsync()).WithHistoryAsync();
        var hold = new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromHours(2)) };
        await scene.Conversation.SendAsync(Given.Text, hold);
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(25));
        await scene.Conversation.SendAsync(Given.Text, hold);
        var last = (SendOutcome.WindowClosed)await scene.Conversation.SendAsync(Given.Text, hold);
        await scene.Conversation.CancelHeldMessageAsync(last.HeldMessage!.Value);
        await scene.AdvanceAsync(TimeSpan.FromHours(3));

        _recorder.TagsOf("whatssession.held_messages").Should().Equal(
            new[] { "held", "sent", "held", "held", "cancelled", "expired" }.Select(change => $"whatssession.number=support, whatssession.held.change={change}"));
    }

    [Fact]
    public async Task AcceptAsync_EachAnswer_IsCountedByStatus()
    {
        await using var scene = await StartAsync(options: o => o.Webhooks.MaximumBodySize = 4096);
        var body = Scene.TextFrom(Given.Phone, "hello", "wamid.one", scene.Now);
        await scene.AcceptAsync(body);
        await scene.Runtime.AcceptAsync(body, "sha256=wrong");
        await scene.AcceptAsync(new byte[5000]);
        await scene.AcceptAsync(body[..^20]);
        scene.Store.Fail(nameof(IWhatsSessionStore.IngestAsync));
        await scene.AcceptAsync(body);

        _recorder.Of("whatssession.webhooks").Should().Equal(new[] { 200, 401, 413, 200, 503 }.Select(status => $"1: http.response.status_code={status}"));
        _recorder.Of("whatssession.webhook.quarantined").Should().Equal("1: ");
    }

    [Fact]
    public async Task AcceptAsync_Events_AreMeasuredFromTheirTimeToTheirReceipt()
    {
        await using var scene = await StartAsync();
        await scene.AcceptAsync(Scene.TextFrom(Given.Phone, "late", "wamid.late", scene.Now - NodaTime.Duration.FromSeconds(90)));
        await scene.AcceptAsync(Scene.TextFrom(Given.Phone, "early", "wamid.early", scene.Now + NodaTime.Duration.FromDays(1)));
        await scene.AcceptAsync(Sample.Utf8("""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"brand_new","value":{"a":1}}]}]}"""));

        _recorder.Of("whatssession.inbound.lag").Should().Equal("90: whatssession.number=support, whatssession.lane=live", "0: whatssession.number=support, whatssession.lane=live");
        await scene.AcceptAsync(Scene.TextFrom(Given.Phone, "too late", "wamid.old", scene.Now - NodaTime.Duration.FromDays(9)));
        _recorder.Of("whatssession.inbound.too_old").Should().Equal("1: ");
        _recorder.Of("whatssession.inbound.clamped").Should().Equal("1: ");
        _recorder.Of("whatssession.inbound.unknown").Should().Equal("1: ");
    }

    [Fact]
    public async Task Handlers_DoneAndFailing_AreMeasuredAndParkedEventsCounted()
    {
        await using var scene = await StartAsync(builder => builder
            .OnMessage<TextReceived>("greeter", (_, _) => Task.CompletedTask)
            .OnMessage<TextReceived>("broken", (_, _) => throw new InvalidOperationException("its own words")));
        await scene.ReceiveTextAsync();
        foreach (var seconds in new[] { 1, 10, 60, 300 })
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        var tags = _recorder.TagsOf("whatssession.handler.duration");
        tags.Should().ContainSingle(text => text == "whatssession.handler=greeter, whatssession.event=TextReceived");
        tags.Where(text => text == "whatssession.handler=broken, whatssession.event=TextReceived, error.type=System.InvalidOperationException").Should().HaveCount(5);
        tags.Should().HaveCount(6);
        _recorder.Of("whatssession.dispatch.parked").Should().Equal("1: whatssession.lane=live");
    }

    [Fact]
    public async Task MetaClock_MinutesAway_CountsTheIgnoredAnswer()
    {
        await using var scene = await StartAsync();
        await scene.ReceiveTextAsync();
        scene.Http.Answer = (_, _) => Task.FromResult(StubHttp.At(scene.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), StubHttp.Accepted()));

        await scene.Conversation.SendAsync(Given.Text);

        _recorder.Of("whatssession.clock.ignored").Should().Equal("1: ");
    }

    public void Dispose() => _recorder.Dispose();

    private Task<Scene> StartAsync(Action<WhatsSessionBuilder>? build = null, Action<WhatsSessionOptions>? options = null) => Scene.StartAsync(
        builder =>
        {
            _recorder.AddTo(builder);
            build?.Invoke(builder);
        },
        options);
}
