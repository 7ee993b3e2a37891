using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>Bodies and signatures that Meta does not make, a store that hangs, a caller that gives up, and the answer to the handshake.</summary>
[WithoutEmulator("Broken and foreign bodies, unsigned ones, a store that hangs, a caller that gives up, the handshake (a pure function); what Meta does is in AcceptTests.")]
public sealed class AcceptBodyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=00")]
    public async Task AcceptAsync_NotSigned_Is401AndNothingIsKept(string? signature)
    {
        await using var scene = await Scene.StartAsync();

        (await scene.Runtime.AcceptAsync(Sample.Webhook("inbound-text"), signature)).Should().Be(new AcceptResult(401, 0));

        (await scene.Conversation.GetHistoryAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task AcceptAsync_SignedButUnreadable_Is200AndQuarantined()
    {
        var inner = new InMemoryStore();
        await using var scene = await Scene.StartAsync(new HookedStore(inner), new(Given.T0.ToDateTimeOffset()));
        var cut = Sample.Utf8("""{"entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"314159265358979"},"messages":[{"from":"15550001234","id":"a","timestamp":"1794900000","type":"text","text":{"body":"1"}}]}}]},{""");

        (await scene.AcceptAsync(cut)).Should().Be(new AcceptResult(200, 1));

        (await inner.ListQuarantinedAsync(after: null, 10)).Should().ContainSingle();
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Open);
    }

    /// <summary>The one test that waits for the two seconds of real time.</summary>
    [Fact]
    public async Task AcceptAsync_StoreHangs_Is503()
    {
        await using var scene = await Scene.StartAsync();
        var never = new TaskCompletionSource();
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.IngestAsync) ? never.Task : Task.CompletedTask;

        (await scene.AcceptAsync(Sample.Webhook("inbound-text"))).StatusCode.Should().Be(503);
    }

    [Fact]
    public async Task AcceptAsync_Cancelled_Throws()
    {
        await using var scene = await Scene.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.IngestAsync) ? CancelAsync() : Task.CompletedTask;
        var body = Sample.Webhook("inbound-text");

        await scene.Runtime.Invoking(r => r.AcceptAsync(body, WebhookSignature.Compute(body, Given.AppSecret), cancellation.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        async Task CancelAsync()
        {
            await cancellation.CancelAsync();
            await never.Task;
        }
    }

    [Fact]
    public async Task AcceptAsync_BodyOverwrittenAfterwards_KeepsWhatCame()
    {
        await using var scene = await Scene.StartAsync();
        var body = Sample.Webhook("inbound-text");
        await scene.AcceptAsync(body);

        Array.Clear(body);

        System.Text.Encoding.UTF8.GetString((await scene.Runtime.Client.Number("support").Conversation(Given.UserId).GetHistoryAsync(1))[0].Json.Span).Should().Contain("blue kettle");
    }

    [Theory]
    [InlineData("inbound-unsupported-poll")]
    [InlineData("coex-history-media-followup-messages-array")]
    public async Task AcceptAsync_Sample_OpensNoWindow(string name)
    {
        await using var scene = await Scene.StartAsync();

        await scene.AcceptAsync(Sample.Webhook(name));

        (await scene.Runtime.Client.Number("support").Conversation(Given.UserId).GetWindowAsync()).State.Should().Be(WindowState.Unknown);
    }

    [Theory]
    [InlineData("subscribe", Given.VerifyToken, "17", "17")]
    [InlineData("subscribe", Given.VerifyToken, null, "")]
    [InlineData("subscribe", "other", "17", null)]
    [InlineData("subscribe", null, "17", null)]
    [InlineData("unsubscribe", Given.VerifyToken, "17", null)]
    [InlineData(null, Given.VerifyToken, "17", null)]
    public async Task AnswerVerification_Token_DecidesTheAnswer(string? mode, string? token, string? challenge, string? expected)
    {
        await using var scene = await Scene.StartAsync();

        scene.Runtime.AnswerVerification(mode, token, challenge).Should().Be(expected);
    }

    /// <summary>Nothing is lost over a time that is missing or unreadable; but no window is opened by it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",\"timestamp\":\"soon\"")]
    [InlineData(",\"timestamp\":-5")]
    [InlineData(",\"timestamp\":\"1794900000.5\"")]
    public async Task Accept_MessageWithoutReadableTime_IsHandledAndOpensNoWindow(string timestamp)
    {
        var handled = 0;
        await using var scene = await Scene.StartAsync(b => b.OnMessage<TextReceived>((_, _) => Task.FromResult(Interlocked.Increment(ref handled))));

        await scene.AcceptAsync(TextWithTime(timestamp));
        await scene.DrainAsync();

        handled.Should().Be(1);
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Unknown);
        scene.Logs.GetSnapshot().Should().Contain(record => record.Message.Contains("no readable timestamp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_TimeInMilliseconds_IsReadAsSuch()
    {
        await using var scene = await Scene.StartAsync();

        await scene.AcceptAsync(TextWithTime($",\"timestamp\":\"{Given.T0.ToUnixTimeMilliseconds()}\""));

        (await scene.Conversation.GetWindowAsync()).Since.Should().Be(Given.T0);
    }

    private static byte[] TextWithTime(string timestamp) => Sample.Utf8($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"{{{Given.Account}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{Given.Number}}}"},
        "messages":[{"from":"{{{Given.Phone}}}","id":"wamid.time","type":"text","text":{"body":"hi"}{{{timestamp}}}}]}}]}]}
        """);
}
