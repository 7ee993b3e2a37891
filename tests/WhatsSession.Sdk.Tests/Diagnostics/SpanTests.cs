using System.Diagnostics;
using System.Net;

namespace WhatsSession.Sdk.Tests.Diagnostics;

[WithoutEmulator("Exact sizes of bodies, and chosen answers.")]
public sealed class SpanTests : IDisposable
{
    private readonly TelemetryRecorder _recorder = new();

    // What is called within the test's own span belongs to its trace; so other tests' spans are told apart.
    private readonly Activity _test = new Activity("test").Start();

    private IReadOnlyList<string> Own => [.. _recorder.Spans.Where(span => span.TraceId == _test.TraceId).Select(TelemetryRecorder.Describe)];

    [Fact]
    public async Task SendAsync_Accepted_IsAProducerSpanWithoutPersonalData()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        _recorder.Spans.Clear();

        await scene.Conversation.SendAsync(Given.Text);

        var intent = scene.Store.Intents.Should().ContainSingle().Subject.Id;
        Own.Should().Equal(
            "send support [Producer, Unset] messaging.system=whatsapp, messaging.operation.name=send, messaging.operation.type=send, whatssession.number=support, "
            + $"whatssession.message=text, whatssession.intent={intent}, whatssession.window.state=open, whatssession.outcome=accepted");
    }

    [Fact]
    public async Task SendAsync_Rejected_IsAnErrorWithMetasCode()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"code":131026,"message":"no"}}""");

        await scene.Conversation.SendAsync(Given.Template);

        Own.Should().ContainSingle().Which.Should().StartWith("send support [Producer, Error] ").And.Contain("whatssession.message=template").And.EndWith("whatssession.outcome=rejected, error.type=131026");
    }

    [Fact]
    public async Task SendAsync_WindowClosed_IsNoError()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        _recorder.Spans.Clear();

        await scene.Conversation.SendAsync(Given.Text);

        Own.Should().ContainSingle().Which.Should().StartWith("send support [Producer, Unset] ").And.EndWith("whatssession.window.state=never_opened, whatssession.outcome=window_closed");
    }

    [Fact]
    public async Task SendAsync_Cancelled_IsAnErrorOfItsType()
    {
        await using var scene = await Scene.StartAsync();

        await FluentActions.Awaiting(() => scene.Conversation.SendAsync(Given.Template, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        Own.Should().ContainSingle().Which.Should().StartWith("send support [Producer, Error] ").And.EndWith("error.type=System.OperationCanceledException");
    }

    [Fact]
    public async Task AcceptAsync_TakenAndRefused_AreSpansWithTheStatus()
    {
        await using var scene = await Scene.StartAsync();
        var body = Scene.TextFrom(Given.Phone, "hello", "wamid.one", scene.Now);

        await scene.AcceptAsync(body);
        await scene.Runtime.AcceptAsync(body, signature: null);

        Own.Should().Equal(
            $"accept webhook [Internal, Unset] messaging.system=whatsapp, messaging.operation.name=accept, messaging.operation.type=receive, messaging.message.body.size={body.Length}, http.response.status_code=200, messaging.batch.message_count=1",
            $"accept webhook [Internal, Error] messaging.system=whatsapp, messaging.operation.name=accept, messaging.operation.type=receive, messaging.message.body.size={body.Length}, http.response.status_code=401, messaging.batch.message_count=0, error.type=401");
    }

    [Fact]
    public async Task Handler_CalledAndFailing_IsAConsumerSpanThatItsSendsBelongTo()
    {
        var name = $"echo-{Guid.NewGuid():n}";
        await using var scene = await Scene.StartAsync(builder => builder.OnMessage<TextReceived>(name, async (message, cancellationToken) =>
        {
            await message.ReplyAsync("On it!", cancellationToken);
            throw new InvalidOperationException("its own words");
        }));
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();

        var span = _recorder.Spans.Should().ContainSingle(span => span.DisplayName == "process " + name).Subject;
        TelemetryRecorder.Describe(span).Should().Be(
            $"process {name} [Consumer, Error] messaging.system=whatsapp, messaging.operation.name=process, messaging.operation.type=process, whatssession.handler={name}, "
            + "whatssession.event=TextReceived, whatssession.attempt=1, whatssession.number=support, error.type=System.InvalidOperationException");
        _recorder.Spans.Should().ContainSingle(send => send.DisplayName == "send support" && send.ParentSpanId == span.SpanId);
    }

    public void Dispose()
    {
        _test.Dispose();
        _recorder.Dispose();
    }
}
