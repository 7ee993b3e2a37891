using NodaTime;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>What becomes of a send, with the emulator as Meta.</summary>
public sealed class EmulatedSendTests
{
    [Fact]
    public async Task SendAsync_OpenWindow_ReachesTheCustomer()
    {
        await using var scene = await EmulatedScene.StartAsync();
        await scene.SaysAsync("Where is my parcel?");

        var outcome = await scene.Conversation.SendAsync(Given.Text);

        var received = await scene.Customer.NextAsync();
        (received.Text, received.FromNumber).Should().Be((Given.Text.Body, Given.Number.Value));
        outcome.Should().BeOfType<SendOutcome.Accepted>().Which.MessageId.Value.Should().Be(received.Id);
    }

    [Fact]
    public async Task SendAsync_TwoNumbers_EachUsesItsOwnTokenAndId()
    {
        await using var scene = await EmulatedScene.StartAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, cancellationToken) =>
            await scene.Runtime.Client.Number(i % 2 == 0 ? "support" : "sales").Conversation(Given.Phone).SendAsync(Given.Template, cancellationToken));

        scene.Meta.Requests.Should().HaveCount(200).And.OnlyContain(r => r.StatusCode == 200, "Meta refuses the token of another number");
        scene.Meta.Requests.Count(r => r.NumberId == Given.Number.Value).Should().Be(100);
    }

    [Fact]
    public async Task SendAsync_NeverOpened_MakesNoRequest()
    {
        await using var scene = await (await EmulatedScene.StartAsync()).WithHistoryAsync();

        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.NeverOpened);

        scene.Meta.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_ClosedWithTemplate_ReachesTheCustomerOnce()
    {
        await using var scene = await EmulatedScene.StartAsync();
        await scene.SaysAsync("Where is my parcel?");
        await scene.AdvanceAsync(TimeSpan.FromHours(25));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.Conversation.SendAsync(Given.Text, orTemplate: Given.Template)));
        await scene.DrainAsync();

        outcomes.OfType<SendOutcome.TemplateSent>().Should().ContainSingle().Which.ClosedAt.Should().Be(Given.T0 + Duration.FromHours(24));
        outcomes.OfType<SendOutcome.WindowClosed>().Should().HaveCount(19).And.OnlyContain(closed => closed.FallbackAlreadySent == true);
        scene.Customer.Received.Should().ContainSingle().Which.Type.Should().Be("template");
    }

    [Fact]
    public async Task SendAsync_FallbackOfAnUnapprovedTemplate_MayGoAgain()
    {
        await using var scene = await (await EmulatedScene.StartAsync()).WithHistoryAsync();
        await scene.Meta.SetTemplateStatusAsync("order_shipped", "en_US", "PENDING");

        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.Rejected>()
            .Which.Should().Match<SendOutcome.Rejected>(rejected => rejected.Error.Code == 132001 && rejected.Template == Given.Template);

        await scene.Meta.SetTemplateStatusAsync("order_shipped", "en_US", "APPROVED");
        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.TemplateSent>();
    }

    [Fact]
    public async Task SendAsync_DeniedByMeta_ClosesUntilTheCustomerWrites()
    {
        await using var scene = await EmulatedScene.StartAsync();

        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.Rejected>("nobody ever wrote, and only Meta knows").Which.Error.Code.Should().Be(131047);
        (await scene.Conversation.SendAsync(Given.Text)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Denied);

        await scene.SaysAsync("hello");
        (await scene.Conversation.SendAsync(Given.Text)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task SendAsync_DeniedWithTemplate_SendsItInTheSameCall()
    {
        await using var scene = await EmulatedScene.StartAsync();

        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.TemplateSent>().Which.ClosedAt.Should().BeNull();
        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.WindowClosed>()
            .Which.Should().Match<SendOutcome.WindowClosed>(closed => closed.Reason == WindowClosedReason.Denied && closed.FallbackAlreadySent == true);

        scene.Meta.Requests.Select(r => (r.Type, r.StatusCode)).Should().Equal(("text", 400), ("template", 200));
    }

    [Fact]
    public async Task SendAsync_AccountRestricted_IsRejectedInsideTheWindow()
    {
        await using var scene = await EmulatedScene.StartAsync();
        await scene.SaysAsync("hello");
        await scene.Meta.RestrictAsync("RESTRICTED_CUSTOMER_INITIATED_MESSAGING", TimeSpan.FromHours(1));

        (await scene.Conversation.SendAsync(Given.Text)).IsAccepted.Should().BeFalse();

        scene.Customer.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_AnswerOfAGateway_IsAmbiguousInTheLog()
    {
        await using var scene = await EmulatedScene.StartAsync();
        scene.Meta.Faults.Response = ResponseFault.BadGatewayHtml;

        await scene.Conversation.SendAsync(Given.Text);

        (await scene.Conversation.GetHistoryAsync(1))[0].State.Should().Be(IntentState.Ambiguous);
    }

    [Theory]
    [InlineData(ResponseFault.DropAfterAccepting)]
    [InlineData(ResponseFault.EmptyObject)]
    [InlineData(ResponseFault.BadGatewayHtml)]
    public async Task SendAsync_NoUsableAnswer_IsAmbiguousAndNotRepeated(ResponseFault fault)
    {
        await using var scene = await EmulatedScene.StartAsync();
        await scene.SaysAsync("hello");
        scene.Meta.Faults.Response = fault;

        var outcome = await scene.Conversation.SendAsync(Given.Text);
        await scene.DrainAsync();

        outcome.Should().BeOfType<SendOutcome.Ambiguous>().Which.IntentId.Should().Be(scene.Store.Intents.Single().Id);
        scene.Meta.Requests.Should().ContainSingle();
        scene.Customer.Received.Count.Should().Be(fault == ResponseFault.BadGatewayHtml ? 0 : 1);
    }

    [Fact]
    public async Task SendAsync_RateLimit_IsThrottledUntilRetryAfter()
    {
        await using var scene = await EmulatedScene.StartAsync();
        scene.Meta.Faults.Response = ResponseFault.TooManyRequestsWithRetryAfter;

        (await scene.Conversation.SendAsync(Given.Template).InTimeAsync()).Should().BeOfType<SendOutcome.Throttled>().Which.RetryAt.Should().Be(Given.T0 + Duration.FromSeconds(30));
    }

    [Fact]
    public async Task SendAsync_WrongToken_IsRejected()
    {
        await using var scene = await EmulatedScene.StartAsync(options: o => o.Numbers["support"].AccessToken = "expired");

        (await scene.Conversation.SendAsync(Given.Template)).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(190);
    }
}
