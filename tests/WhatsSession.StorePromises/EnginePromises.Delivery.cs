using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>Answers that are lost, idempotency keys, delivery.</content>
public abstract partial class EnginePromises
{
    [Fact]
    public async Task TimeOutAfterMetaAccepted_NeverASecondSend_TheStatusSettlesIt()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.FailNext(ResponseFault.DropAfterAccepting, 1);

        var outcome = (await shop.Conversation.SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.Ambiguous>().Subject;
        await shop.SettleAsync();

        shop.Sent.Should().ContainSingle();
        var line = (await shop.On(Other(shop)).GetHistoryAsync(10, Token)).Should().ContainSingle(static message => !message.IsInbound).Subject;
        (line.Intent, line.State, line.MessageId?.Value).Should().Be((outcome.IntentId, IntentState.Accepted, shop.Sent[0].MessageId));
    }

    [Fact]
    public async Task TimeOutAfterMetaAccepted_ThousandsOfTimes_EverySendIsShownAccepted()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.Response = ResponseFault.DropAfterAccepting;

        var outcomes = new List<SendOutcome>();
        foreach (var batch in Enumerable.Range(0, DroppedAnswers).Chunk(50))
        {
            outcomes.AddRange(await Task.WhenAll(batch.Select(i => shop.On(i % shop.Hosts.Count).SendAsync(new TextMessage($"Message {i}"), Token))));
            await shop.PassAsync(Duration.FromSeconds(1));
        }

        outcomes.Should().AllBeOfType<SendOutcome.Ambiguous>();
        shop.Sent.Select(IntentOf).Distinct().Should().HaveCount(DroppedAnswers).And.HaveCount(shop.Sent.Count);
        var log = await ReadAllAsync(shop.On(Other(shop)));
        log.Where(static line => !line.IsInbound).Should().HaveCount(DroppedAnswers).And.OnlyContain(static line => line.State == IntentState.Accepted);
    }

    [Fact]
    public async Task IdempotencyKey_SecondSend_MakesNoRequestAndReturnsTheFirstOutcome()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var options = new SendOptions { IdempotencyKey = "order 42" };

        var first = await shop.Conversation.SendAsync(Hello, options, Token);
        var second = await shop.On(Other(shop)).SendAsync(Hello, options, Token);
        var ofOtherNumber = await shop.On(0, Shop.Phone, "sales").SendAsync(OrderShipped("42"), options, Token);
        await shop.PassAsync(Duration.FromDays(9));
        var muchLater = await shop.On(Other(shop)).SendAsync(OrderShipped("42"), options, Token);

        second.Should().BeOfType<SendOutcome.Accepted>().And.BeEquivalentTo(first);
        ofOtherNumber.IsAccepted.Should().BeTrue();
        muchLater.IsAccepted.Should().BeTrue();
        shop.Sent.Should().HaveCount(3);
    }

    [Fact]
    public async Task IdempotencyKey_ManyAtOnce_MakeOneRequest()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(
            () => shop.On(i % shop.Hosts.Count).SendAsync(Hello, new SendOptions { IdempotencyKey = "order 42" }, Token), Token)));

        shop.Sent.Should().ContainSingle();
        outcomes.Should().AllBeEquivalentTo(outcomes[0]).And.AllBeOfType<SendOutcome.Accepted>("those that come meanwhile wait for the first");
    }

    [Fact]
    public async Task IdempotencyKey_OfAnotherCustomerOrMessage_IsInvalidAndSaysWhy()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var options = new SendOptions { IdempotencyKey = "order 42" };
        (await shop.Conversation.SendAsync(Hello, options, Token)).IsAccepted.Should().BeTrue();

        var otherWords = await shop.On(Other(shop)).SendAsync(new TextMessage("Other words"), options, Token);
        var otherCustomer = await shop.On(Other(shop), "15550009999").SendAsync(Hello, options, Token);

        foreach (var outcome in (SendOutcome[])[otherWords, otherCustomer])
        {
            var violation = outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which;
            violation.Path.Should().Be("options.IdempotencyKey");
            violation.Rule.Should().Contain("another customer");
        }

        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task IdempotencyKey_RefusedAndTriedAgain_ReturnsTheSecondTry()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        var options = new SendOptions { IdempotencyKey = "order 42" };
        await shop.Conversation.SendAsync(Hello, options, Token);
        await shop.SettleAsync();
        (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.Ambiguous>("it is tried again in a moment");

        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromSeconds(10));

        var later = await shop.On(Other(shop)).SendAsync(Hello, options, Token);
        later.Should().BeOfType<SendOutcome.Accepted>().Which.MessageId.Value.Should().Be(shop.Sent[1].MessageId);
        shop.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task IdempotencyKey_MessageRefusedByStatus_IsNotAcceptedForEver()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        var options = new SendOptions { IdempotencyKey = "order 42" };
        var first = await shop.Conversation.SendAsync(Hello, options, Token);
        await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"statuses":[{"id":"{{{first.MessageId!.Value.Value}}}","status":"failed","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","recipient_id":"{{{Shop.Phone}}}","errors":[{"code":131026,"title":"Message undeliverable"}]}]}
            """);

        var second = await shop.On(Other(shop)).SendAsync(Hello, options, Token);

        second.Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(GraphErrorCodes.Undeliverable);
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task IdempotencyKey_AmbiguousFirst_IsSettledByTheStatus()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.FailNext(ResponseFault.DropAfterAccepting, 1);
        shop.Meta.Faults.HoldWebhooks = true;
        var options = new SendOptions { IdempotencyKey = "order 42" };

        (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.Ambiguous>();
        (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.Ambiguous>();
        shop.Meta.Faults.HoldWebhooks = false;
        await shop.SettleAsync();

        (await shop.On(Other(shop)).SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.Accepted>().Which.MessageId.Value.Should().Be(shop.Sent[0].MessageId);
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task IdempotencyKey_CallerGivesUpWhenMetaHasTheMessage_IsSpent()
    {
        using var caller = new CancellationTokenSource();
        await using var shop = await OpenAsync(build: (builder, _) => builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new GivesUpAfterTheRequest(caller)));
        await shop.CustomerSaysAsync();
        var options = new SendOptions { IdempotencyKey = "order-42" };
        var first = async () => await shop.Conversation.SendAsync(Hello, options, caller.Token);
        await first.Should().ThrowAsync<OperationCanceledException>();
        await shop.SettleAsync();

        var second = await shop.On(Other(shop)).SendAsync(Hello, options, Token);

        second.Should().BeOfType<SendOutcome.Accepted>("a status has told what became of the first");
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task IdempotencyKey_RefusedWithoutRequest_IsNotSpent()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var options = new SendOptions { IdempotencyKey = "order 42" };

        (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.WindowClosed>();
        await shop.CustomerSaysAsync();
        (await shop.Conversation.SendAsync(Hello, options, Token)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task IdempotencyKey_OfAFallback_ReturnsTheTemplateThatWasSent()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var options = new SendOptions { IdempotencyKey = "order 42", OrTemplate = OrderShipped("42"), WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) };

        var first = await shop.Conversation.SendAsync(Hello, options, Token);
        var second = await shop.On(Other(shop)).SendAsync(Hello, options, Token);

        second.Should().BeOfType<SendOutcome.TemplateSent>().And.BeEquivalentTo(first);
        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task Delivery_StatusesInAnyOrderAndTwice_ShowWhatSaysMost()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.DuplicateWebhooks = true;
        shop.Meta.Faults.ReorderWebhooks = true;
        var send = await shop.Conversation.SendAsync(Hello, Token);
        await shop.SettleAsync();
        shop.Meta.Faults.ReorderWebhooks = false;
        await shop.Customer.ReadsAsync(Token);
        await shop.SettleAsync();

        var delivery = await shop.On(Other(shop)).GetDeliveryAsync(send.MessageId!.Value, Token);

        delivery.Status.Should().Be(DeliveryStatus.Read);
        delivery.Marks.Select(static mark => mark.Status.Name).Should().BeEquivalentTo("sent", "delivered", "read");
    }

    [Fact]
    public async Task Delivery_StatusesBeforeTheSendReturned_AreJoined()
    {
        await using var shop = await OpenAsync(build: static (builder, shop) =>
            builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new SlowWayBack(shop)));
        await shop.CustomerSaysAsync();

        var outcome = await shop.Conversation.SendAsync(Hello, Token);

        (await shop.Conversation.GetDeliveryAsync(outcome.MessageId!.Value, Token)).IsDelivered.Should().BeTrue("the statuses were here before the answer");
        (await shop.Conversation.GetHistoryAsync(1, Token)).Should().ContainSingle().Which.State.Should().Be(IntentState.Accepted);
    }

    [Fact]
    public async Task WaitForDelivery_InsideAHandler_DoesNotDeadlock()
    {
        MessageDelivery? seen = null;
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>("reply", async (received, cancellationToken) =>
        {
            var reply = await received.ReplyAsync("On it!", cancellationToken);
            seen = await received.Conversation.WaitForDeliveryAsync(reply.MessageId!.Value, TimeSpan.FromHours(1), cancellationToken);
        }));

        await shop.CustomerSaysAsync();

        seen!.IsDelivered.Should().BeTrue();
    }

    [Fact]
    public async Task WaitForDelivery_StatusAtAnotherHost_IsFound()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        var send = await shop.Conversation.SendAsync(Hello, Token);
        var waits = Enumerable.Range(0, shop.Hosts.Count).Select(host => shop.On(host).WaitForDeliveryAsync(send.MessageId!.Value, TimeSpan.FromHours(1), Token)).ToArray();

        shop.Meta.Faults.HoldWebhooks = false;
        await shop.SettleAsync();

        (await Task.WhenAll(waits)).Should().OnlyContain(static delivery => delivery.IsDelivered);
    }

    [Fact]
    public async Task WaitForDelivery_NothingComes_ReturnsWhatIsKnownWhenTheTimeIsOver()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Customer.Blocks(Shop.Number);
        var send = await shop.Conversation.SendAsync(Hello, Token);
        await shop.SettleAsync();

        var wait = shop.Conversation.WaitForDeliveryAsync(send.MessageId!.Value, TimeSpan.FromSeconds(20), Token);
        var delivery = await shop.WhileTimePassesAsync(wait);

        (delivery.Status, delivery.IsDelivered, delivery.IsFailed).Should().Be((DeliveryStatus.Sent, false, false));
    }

    [Fact]
    public async Task WaitForDelivery_Failed_SaysWhy()
    {
        await using var shop = await OpenAsync();
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(2), Token);

        var send = await shop.Conversation.SendAsync(Hello, Token);
        await shop.SettleAsync();
        var delivery = await shop.Conversation.WaitForDeliveryAsync(send.MessageId!.Value, Duration.FromMinutes(5), Token);

        (delivery.IsFailed, delivery.Failure?.Error.Code).Should().Be((true, GraphErrorCodes.ReEngagementRequired));
    }

    /// <summary>Holds Meta's answer back until its webhooks have arrived.</summary>
    private sealed class SlowWayBack(Shop shop) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await shop.Meta.SettleAsync(cancellationToken);
            return response;
        }
    }

    private static async Task<IReadOnlyCollection<HistoryMessage>> ReadAllAsync(Conversation conversation)
    {
        var lines = new Dictionary<(IntentId?, MessageId?), HistoryMessage>();
        var known = -1;
        for (var before = Instant.MaxValue; lines.Count > known;)
        {
            known = lines.Count;
            foreach (var line in await conversation.GetHistoryAsync(before, 1000, Token))
            {
                lines.TryAdd((line.Intent, line.MessageId), line);

                // The last second of a page may go on in the next one.
                before = line.At + Duration.FromSeconds(1);
            }
        }

        return lines.Values;
    }
}
