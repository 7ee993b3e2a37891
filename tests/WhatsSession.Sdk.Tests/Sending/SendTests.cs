using System.Net;
using System.Text;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>What becomes of a send.</summary>
[WithoutEmulator("An answer at a chosen moment (cancelled, too late, beside a new message), or a store that fails; the rest is in EmulatedSendTests.")]
public sealed class SendTests
{
    [Fact]
    public async Task SendAsync_OpenWindow_IsAcceptedAndCarriesIntentAndEvidence()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();

        var outcome = await scene.Conversation.SendAsync(Given.Text);

        outcome.Should().BeOfType<SendOutcome.Accepted>().Which.MessageId.Value.Should().Be(StubHttp.AcceptedId);
        var intent = scene.Store.Intents.Should().ContainSingle().Subject;
        var sent = scene.Http.Requests.Should().ContainSingle().Subject;
        sent.Headers["Authorization"].Should().Be("Bearer " + Given.AccessToken);
        ((string?)sent.Json["biz_opaque_callback_data"]).Should().Be($"ws1.{intent.Id}.{Given.T0.ToUnixTimeSeconds()}|");
        var line = (await scene.Conversation.GetHistoryAsync(1))[0];
        (line.IsInbound, line.Intent, line.State, line.MessageId?.Value).Should().Be((false, intent.Id, IntentState.Accepted, StubHttp.AcceptedId));
    }

    [Fact]
    public async Task SendAsync_UnknownWindowByDefault_SendsWithoutEvidence()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.Conversation.SendAsync(Given.Text)).IsAccepted.Should().BeTrue();

        ((string?)scene.Http.Requests[0].Json["biz_opaque_callback_data"]).Should().EndWith(".0|");
    }

    [Fact]
    public async Task SendAsync_UnknownWindowAndRefuse_IsRefusedWithoutRequest()
    {
        await using var scene = await Scene.StartAsync(options: o => o.Guard.NoHistory = GuardChoice.Refuse);

        await ExpectClosedAsync(scene, WindowClosedReason.Unknown);
    }

    [Fact]
    public async Task SendAsync_NeverOpened_IsRefusedWithoutRequest()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();

        (await ExpectClosedAsync(scene, WindowClosedReason.NeverOpened)).Since.Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_Expired_SaysSinceWhen()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(24));

        (await ExpectClosedAsync(scene, WindowClosedReason.Expired)).Since.Should().Be(Given.T0 + Duration.FromHours(24));
    }

    [Fact]
    public async Task SendAsync_InTheMargin_IsRefusedUnlessIgnored()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(60));

        await ExpectClosedAsync(scene, WindowClosedReason.Margin);
        (await scene.Conversation.GetWindowAsync()).Should().Match<WindowStatus>(window => window.State == WindowState.Closing && !window.MaySend);
        (await scene.Conversation.SendAsync(Given.Text, new SendOptions { IgnoreMargin = true })).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_GuardDisabled_SendsIntoAClosedWindow()
    {
        await using var scene = await (await Scene.StartAsync(options: o => o.Guard.Enabled = false)).WithHistoryAsync();

        (await scene.Conversation.SendAsync(Given.Text)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_ClosedWithTemplate_SendsItOncePerWindow()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(25));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.Conversation.SendAsync(Given.Text, orTemplate: Given.Template)));

        outcomes.OfType<SendOutcome.TemplateSent>().Should().ContainSingle().Which.ClosedAt.Should().Be(Given.T0 + Duration.FromHours(24));
        outcomes.OfType<SendOutcome.WindowClosed>().Should().HaveCount(19).And.OnlyContain(closed => closed.FallbackAlreadySent == true && closed.Reason == WindowClosedReason.Expired);
        scene.Http.Requests.Should().ContainSingle().Which.Type.Should().Be("template");
    }

    [Fact]
    public async Task SendAsync_OtherParametersOrOtherKey_IsAnotherFallback()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();

        (await scene.Conversation.SendAsync(Given.Text, new TemplateMessage("order_shipped", "en_US", "42"))).Should().BeOfType<SendOutcome.TemplateSent>();
        (await scene.Conversation.SendAsync(Given.Text, new TemplateMessage("order_shipped", "en_US", "43"))).Should().BeOfType<SendOutcome.TemplateSent>();
        (await scene.Conversation.SendAsync(Given.Text, new TemplateMessage("order_shipped", "en_US", "43"))).Should().BeOfType<SendOutcome.WindowClosed>();
        (await scene.Conversation.SendAsync(Given.Text, new SendOptions { OrTemplate = new TemplateMessage("order_shipped", "en_US", "43"), FallbackKey = "k" })).Should().BeOfType<SendOutcome.TemplateSent>();
    }

    /// <summary>Nothing was written, so nothing was sent: the customer must still get the template.</summary>
    [Fact]
    public async Task SendAsync_CancelledBeforeTheFallbackIsWritten_GivesItsClaimBack()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        using var cancellation = new CancellationTokenSource();
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.ClaimFallbackAsync) ? cancellation.CancelAsync() : Task.CompletedTask;

        var send = () => scene.Conversation.SendAsync(Given.Text, Given.Template, cancellation.Token);

        await send.Should().ThrowAsync<OperationCanceledException>();
        scene.Http.Requests.Should().BeEmpty();
        scene.Store.Before = _ => Task.CompletedTask;
        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.TemplateSent>();
    }

    [Fact]
    public async Task SendAsync_AmbiguousFallback_KeepsItsClaim()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadGateway, "");

        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.Ambiguous>().Which.Template.Should().Be(Given.Template);

        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        scene.Http.Requests.Should().HaveCount(1);
    }

    [Fact]
    public async Task SendAsync_Invalid_MakesNoRequest()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.Conversation.SendAsync(new TextMessage(new string('x', 4097)))).Should().BeOfType<SendOutcome.Invalid>();
        (await scene.Conversation.SendAsync(Given.Text, orTemplate: new TemplateMessage("Wrong Name", "en")))
            .Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().OnlyContain(violation => violation.Path.StartsWith("orTemplate.template."));

        scene.Http.Requests.Should().BeEmpty();
        scene.Store.Intents.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WrongOptions_Throw()
    {
        await using var scene = await Scene.StartAsync();

        foreach (var options in (SendOptions[])[new() { CallbackData = new string('x', 441) }, new() { Deadline = TimeSpan.Zero }])
        {
            await scene.Conversation.Invoking(c => c.SendAsync(Given.Text, options)).Should().ThrowAsync<ArgumentException>();
        }

        await scene.Conversation.Invoking(c => c.SendAsync(Given.Template, new SendOptions { OrTemplate = Given.Template })).Should().ThrowAsync<ArgumentException>();
        await scene.Conversation.Invoking(c => c.SendAsync((TextMessage)null!)).Should().ThrowAsync<ArgumentNullException>();
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_RateLimit_IsThrottledUntilRetryAfter()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.Answer = (_, _) => Task.FromResult(StubHttp.RateLimited(TimeSpan.FromSeconds(47)));

        (await scene.Conversation.SendAsync(Given.Text).InTimeAsync()).Should().BeOfType<SendOutcome.Throttled>().Which.RetryAt.Should().Be(Given.T0 + Duration.FromSeconds(47));
    }

    [Fact]
    public async Task SendAsync_Error_IsRejectedWithIt()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.Unauthorized, Sample.Response("response-error-190-expired-token"));

        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(190);
        (await scene.Conversation.GetHistoryAsync(1))[0].State.Should().Be(IntentState.Failed);
    }

    [Fact]
    public async Task SendAsync_Deadline_IsAmbiguous()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.Answer = NeverAsync;

        (await scene.Conversation.SendAsync(Given.Text, new SendOptions { Deadline = TimeSpan.FromMilliseconds(1) })).Should().BeOfType<SendOutcome.Ambiguous>();
    }

    [Fact]
    public async Task SendAsync_DeadlineLongerThanTheOptions_HasNoEffect()
    {
        await using var scene = await Scene.StartAsync(options: o => o.Deadline = TimeSpan.FromMilliseconds(1));
        scene.Http.Answer = NeverAsync;

        (await scene.Conversation.SendAsync(Given.Text, new SendOptions { Deadline = TimeSpan.MaxValue })).Should().BeOfType<SendOutcome.Ambiguous>();
    }

    [Fact]
    public async Task SendAsync_CancelledByTheCallerAfterTheRequest_ThrowsAndIsAmbiguousInTheStore()
    {
        await using var scene = await Scene.StartAsync();
        using var cancellation = new CancellationTokenSource();
        scene.Http.Answer = async (sent, cancellationToken) =>
        {
            await cancellation.CancelAsync();
            return await NeverAsync(sent, cancellationToken);
        };

        await scene.Conversation.Invoking(c => c.SendAsync(Given.Text, cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();

        (await scene.Conversation.GetHistoryAsync(1))[0].State.Should().Be(IntentState.Ambiguous);
    }

    [Fact]
    public async Task SendAsync_Denied_ClosesUntilTheCustomerWrites()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, Sample.Response("response-error-131047"));

        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(131047);

        await ExpectClosedAsync(scene, WindowClosedReason.Denied);
        scene.Http.Answer = (_, _) => Task.FromResult(StubHttp.Accepted());
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.ReceiveTextAsync();
        (await scene.Conversation.SendAsync(Given.Text)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_DeniedWithoutEvidence_ClosesToo()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, Sample.Response("response-error-131047"));
        await scene.Conversation.SendAsync(Given.Text);

        await ExpectClosedAsync(scene, WindowClosedReason.Denied);
    }

    [Fact]
    public async Task SendAsync_NewerMessageDuringADenial_StaysAnswerable()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        scene.Http.Answer = async (_, _) =>
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(5));
            await scene.ReceiveTextAsync();
            return StubHttp.Json(HttpStatusCode.BadRequest, Sample.Response("response-error-131047"));
        };
        await scene.Conversation.SendAsync(Given.Text);

        (await scene.Conversation.GetWindowAsync()).MaySend.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_CancelledWithADenial_LearnsItAllTheSame()
    {
        await using var scene = await Scene.StartAsync();
        using var cancellation = new CancellationTokenSource();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, Sample.Response("response-error-131047"));
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.SettleIntentAsync) ? cancellation.CancelAsync() : Task.CompletedTask;

        (await scene.Conversation.SendAsync(Given.Text, cancellation.Token)).Should().BeOfType<SendOutcome.Rejected>();

        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Closed);
    }

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.ReadAsync))]
    [InlineData(nameof(IWhatsSessionStore.SaveIntentAsync))]
    public async Task SendAsync_StoreUnavailable_RefusesSessionMessagesAndSendsTemplates(string method)
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        scene.Store.Fail(method);

        await ExpectClosedAsync(scene, WindowClosedReason.Unknown);
        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Unknown);
        scene.Http.Requests.Should().BeEmpty();
        (await scene.Conversation.SendAsync(Given.Template)).Should().BeOfType<SendOutcome.Accepted>();
    }

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.ReadAsync))]
    [InlineData(nameof(IWhatsSessionStore.SaveIntentAsync))]
    public async Task SendAsync_StoreUnavailableAndSend_Sends(string method)
    {
        await using var scene = await Scene.StartAsync(options: o => o.Guard.StoreUnavailable = GuardChoice.Send);
        await scene.ReceiveTextAsync();
        scene.Store.Fail(method);

        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task SendAsync_FallbackCannotBeClaimed_IsNotSent()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.ClaimFallbackAsync));

        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Unknown);
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_FallbackClaimedButIntentNotStored_IsSent()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.SaveIntentAsync));

        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.TemplateSent>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_StoreFailsAfterTheAnswer_ReturnsTheAnswer(bool unavailable)
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.SettleIntentAsync)
            ? throw (unavailable ? new StoreUnavailableException("away") : new InvalidOperationException("a bug of the store"))
            : Task.CompletedTask;

        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task SendAsync_SlowStore_ReadsTheClockAtDispatch()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync();
        scene.Store.Before = method =>
        {
            if (method == nameof(IWhatsSessionStore.ReadAsync))
            {
                scene.Clock.Advance(TimeSpan.FromHours(24));
            }

            return Task.CompletedTask;
        };

        await ExpectClosedAsync(scene, WindowClosedReason.Expired);
    }

    [Fact]
    public async Task SendAsync_OptionsForTheWire_AreOnIt()
    {
        await using var scene = await Scene.StartAsync();

        await scene.Conversation.SendAsync(Given.Text, new SendOptions { ReplyTo = MessageId.Parse("wamid.q"), CallbackData = "order|42" });

        ((string?)scene.Http.Requests[0].Json["context"]!["message_id"]).Should().Be("wamid.q");
        var data = (string)scene.Http.Requests[0].Json["biz_opaque_callback_data"]!;
        CallbackData.Split(data).Should().Be(new CallbackParts(scene.Store.Intents[0].Id, NodaConstants.UnixEpoch, "order|42"));
        Encoding.UTF8.GetByteCount(data).Should().BeLessThan(512);
    }

    private static async Task<SendOutcome.WindowClosed> ExpectClosedAsync(Scene scene, WindowClosedReason reason)
    {
        var before = scene.Http.Requests.Count;
        var outcome = await scene.Conversation.SendAsync(Given.Text);
        scene.Http.Requests.Should().HaveCount(before);
        var closed = outcome.Should().BeOfType<SendOutcome.WindowClosed>().Subject;
        closed.Reason.Should().Be(reason);
        return closed;
    }

    private static async Task<HttpResponseMessage> NeverAsync(SentRequest sent, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return StubHttp.Accepted();
    }
}
