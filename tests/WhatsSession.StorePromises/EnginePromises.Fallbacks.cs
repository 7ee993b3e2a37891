using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>Fallback templates.</content>
public abstract partial class EnginePromises
{
    [Fact]
    public async Task Fallback_64ConcurrentSendersOnAClosedWindow_SendOneTemplate()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => shop.On(i % shop.Hosts.Count).SendAsync(Hello, OrderShipped("42"), Token), Token)));

        outcomes.OfType<SendOutcome.TemplateSent>().Should().ContainSingle();
        outcomes.OfType<SendOutcome.WindowClosed>().Should().HaveCount(63).And.OnlyContain(static closed => closed.FallbackAlreadySent == true);
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Fallback_OtherParameters_IsAnotherTemplate()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();

        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        (await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("43"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        (await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>();
    }

    [Fact]
    public async Task Fallback_OfTheNumberWithText_CarriesTheTextOnOneLine()
    {
        await using var shop = await OpenAsync(static o =>
        {
            o.Numbers["support"].Fallback.Template = "we_wrote";
            o.Numbers["support"].Fallback.Language = "en_US";
            o.Numbers["support"].Fallback.WithText = true;
        });
        await shop.CloseAsync();

        (await shop.Conversation.SendAsync(new TextMessage("Your parcel left.\n\tIt arrives      tomorrow."), Token)).Should().BeOfType<SendOutcome.TemplateSent>();

        shop.Sent.Should().ContainSingle().Which.Json.Should().Contain("\"Your parcel left. It arrives tomorrow.\"");
        (await shop.Conversation.SendAsync(new LocationMessage(52.5, 13.4), Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeNull("it has no text to carry");
    }

    [Fact]
    public async Task Fallback_ThatBreaksALimit_IsInvalidBeforeAnythingIsClaimed()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var tooLong = new TextMessage(new string('x', 4096));

        (await shop.Conversation.SendAsync(tooLong, new SendOptions { OrTextIn = new TextFallback("we_wrote", "en_US") }, Token))
            .Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Path.Should().StartWith("orTemplate.");
        (await shop.Conversation.SendAsync(Hello, new SendOptions { OrTextIn = new TextFallback("We Wrote", "en_US") }, Token)).Should().BeOfType<SendOutcome.Invalid>();

        shop.Sent.Should().BeEmpty();
        shop.Meta.Clock.Advance(TimeSpan.FromMinutes(10));
        (await shop.Hosts[0].AbandonedFallbacks.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Fallback_CallerGivesUpWhenMetaHasIt_IsNotSentAgain()
    {
        using var caller = new CancellationTokenSource();
        await using var shop = await OpenAsync(build: (builder, _) => builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new GivesUpAfterTheRequest(caller)));
        await shop.CloseAsync();
        var first = async () => await shop.Conversation.SendAsync(Hello, OrderShipped("42"), caller.Token);
        await first.Should().ThrowAsync<OperationCanceledException>();

        var second = await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token);

        second.Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        shop.Sent.Should().ContainSingle();
    }

    // Meta took the template and refused it afterwards, for a reason that the business can put right.
    [Theory]
    [InlineData(GraphErrorCodes.TemplatePaused)]
    [InlineData(GraphErrorCodes.PaymentIssue)]
    [InlineData(GraphErrorCodes.ThroughputReached)]
    public async Task Fallback_RefusedByStatusWhereALaterTryCanSucceed_GoesAgain(int code)
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await FailAsync(shop, shop.Sent[0], code);

        (await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();

        // The first refusal comes once more, when the claim is the second template's.
        await FailAsync(shop, shop.Sent[0], code);
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        shop.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task Fallback_RefusedByStatusForGood_IsToldAsRefusedAndNotAsSent()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await FailAsync(shop, shop.Sent[0], GraphErrorCodes.Undeliverable);

        var second = await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token);

        var closed = second.Should().BeOfType<SendOutcome.WindowClosed>().Subject;
        (closed.FallbackAlreadySent, closed.FallbackRefusal?.Code).Should().Be((false, GraphErrorCodes.Undeliverable));
        second.Describe().Should().Contain("was refused").And.Contain("131026").And.NotContain("already sent");
        shop.Sent.Should().ContainSingle();
    }

    [Theory]
    [InlineData(GraphErrorCodes.TemplatePaused)]
    [InlineData(GraphErrorCodes.Undeliverable)]
    public async Task RefusedFallbacks_AcceptedAndRefusedByStatus_AreListedOnceWithTheError(int code)
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        var refused = shop.Hosts[Other(shop)].RefusedFallbacks;
        var sent = (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>().Subject;
        (await refused.ListAsync(10, Token)).Should().BeEmpty("Meta has accepted it");
        await FailAsync(shop, shop.Sent[0], code);
        var at = shop.Now;
        shop.Meta.Clock.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(shop, shop.Sent[0], code);

        var entry = (await refused.ListAsync(10, Token)).Should().ContainSingle().Subject;
        (entry.Template, entry.Conversation!.Key, entry.ConversationKey, entry.MessageId, entry.Error.Code, entry.RefusedAt)
            .Should().Be(("order_shipped", shop.Conversation.Key, shop.Conversation.Key, sent.MessageId, code, at));
        entry.Intent.ToString().Should().Be(IntentOf(shop.Sent[0]));
        entry.ToString().Should().Contain($"{code}").And.NotContain(Shop.Phone).And.NotContain(entry.MessageId.Value);
        (await shop.Hosts[0].AbandonedFallbacks.ListAsync(10, Token)).Should().BeEmpty();

        // Where it can succeed it goes again, and then the list has it no more.
        var again = await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        (again is SendOutcome.TemplateSent).Should().Be(code == GraphErrorCodes.TemplatePaused);
        (await refused.ListAsync(10, Token)).Should().HaveCount(code == GraphErrorCodes.TemplatePaused ? 0 : 1);
        await shop.Conversation.EraseAsync(Token);
        (await refused.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task RefusedFallbacks_MoreThanAPage_AreAllRead()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        for (var i = 0; i < 120; i++)
        {
            var (intent, claim) = (IntentId.New(), new FallbackClaim(shop.Conversation.Key, Shop.Opening, $"{i}"));
            await stores[0].ClaimFallbackAsync(claim, intent, "order_shipped", shop.Now, Token);
            await stores[0].CompleteFallbackAsync(claim, intent, MessageId.Parse($"wamid.{i}"), Token);
        }

        var statuses = Enumerable.Range(0, 120).Select(i => $$$"""
            {"id":"wamid.{{{i}}}","status":"failed","timestamp":"{{{shop.Now.ToUnixTimeSeconds() + (i % 3)}}}","recipient_id":"{{{Shop.Phone}}}","errors":[{"code":131026,"title":"Undeliverable"}]}
            """);
        await shop.PostAsync("messages", $$$"""{"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"statuses":[{{{string.Join(',', statuses)}}}]}""");

        var all = new List<RefusedFallback>();
        await foreach (var refused in shop.Hosts[Other(shop)].RefusedFallbacks.ReadAllAsync(Token))
        {
            all.Add(refused);
        }

        all.Select(static entry => entry.MessageId).Distinct().Should().HaveCount(120, "pages are of a hundred");
        all.Select(static entry => entry.RefusedAt).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task Fallback_RefusedByStatusForADay_GoesAgainWhenTheDayIsOver()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token);
        await FailAsync(shop, shop.Sent[0], GraphErrorCodes.EngagementLimit);

        shop.Meta.Clock.Advance(TimeSpan.FromHours(23));
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackRefusal!.Code.Should().Be(GraphErrorCodes.EngagementLimit);
        shop.Meta.Clock.Advance(TimeSpan.FromHours(1));
        (await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
    }

    [Fact]
    public async Task Fallback_WithAKeyAndRefusedByStatus_ReturnsTheRefusalOfTheTemplate()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        shop.Meta.Faults.HoldWebhooks = true;
        var options = new SendOptions { IdempotencyKey = "order 42", OrTemplate = OrderShipped("42"), WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) };
        var first = (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.TemplateSent>().Subject;
        await FailAsync(shop, shop.Sent[0], GraphErrorCodes.PaymentIssue);

        var second = (await shop.On(Other(shop)).SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.Rejected>().Subject;

        (second.Error.Code, second.Template?.Name, second.HeldMessage).Should().Be((GraphErrorCodes.PaymentIssue, "order_shipped", first.HeldMessage));
        shop.Sent.Should().ContainSingle();
    }

    // The answer was lost, and the status that settles it says that the message failed.
    [Fact]
    public async Task IdempotencyKey_AnswerIsLostAndAStatusRefusesIt_ReturnsTheRefusal()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.FailNext(ResponseFault.DropAfterAccepting, 1);
        shop.Meta.Faults.HoldWebhooks = true;
        var options = new SendOptions { IdempotencyKey = "order 42" };
        (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.Ambiguous>();
        await FailAsync(shop, shop.Sent[0], GraphErrorCodes.Undeliverable);

        (await shop.On(Other(shop)).SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(GraphErrorCodes.Undeliverable);
        shop.Sent.Should().ContainSingle();
    }

    // What a process leaves behind that was killed between the request and the note of it.
    [Fact]
    public async Task Fallback_ProcessKilledAfterTheRequestAndStatusesArrive_IsSettled()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        await shop.CloseAsync();
        var intent = IntentId.New();
        var claim = new FallbackClaim(shop.Conversation.Key, Shop.Opening, "order_shipped|42");
        (await stores[0].ClaimFallbackAsync(claim, intent, "order_shipped", shop.Now, Token)).Should().BeNull();
        await shop.PassAsync(Duration.FromMinutes(6));
        var host = shop.Hosts[Other(shop)];
        var abandoned = (await host.AbandonedFallbacks.ListAsync(10, Token)).Should().ContainSingle().Subject;
        (abandoned.Template, abandoned.Conversation!.Key, abandoned.Intent).Should().Be(("order_shipped", shop.Conversation.Key, intent));
        (await host.CheckHealthAsync(Token)).Problems.Should().Contain(static problem => problem.Kind == HealthProblemKind.FallbacksAbandoned);

        await PostStatusAsync(shop, "wamid.template", "delivered", intent.ToString());
        await PostStatusAsync(shop, "wamid.template", "read", intent.ToString());

        (await host.AbandonedFallbacks.ListAsync(10, Token)).Should().BeEmpty();
        (await host.CheckHealthAsync(Token)).Problems.Should().NotContain(static problem => problem.Kind == HealthProblemKind.FallbacksAbandoned);
        (await stores[0].ClaimFallbackAsync(claim, IntentId.New(), "order_shipped", shop.Now, Token)).Should().Be(new FallbackHolder(intent, Refusal: null), "the customer has it");
    }

    [Fact]
    public async Task AbandonedFallbacks_Dismissed_AreListedNoMoreAndStayClaimed()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        for (var i = 0; i < 120; i++)
        {
            await stores[0].ClaimFallbackAsync(new FallbackClaim(shop.Conversation.Key, Shop.Opening, $"{i}"), IntentId.New(), "order_shipped", shop.Now, Token);
        }

        await shop.PassAsync(Duration.FromMinutes(6));
        var all = new List<AbandonedFallback>();
        await foreach (var abandoned in shop.Hosts[0].AbandonedFallbacks.ReadAllAsync(Token))
        {
            all.Add(abandoned);
        }

        all.Select(static entry => entry.Intent).Distinct().Should().HaveCount(120, "pages are of a hundred");
        (await shop.Hosts[Other(shop)].AbandonedFallbacks.DismissAsync(all, Token)).Should().Be(120);
        (await shop.Hosts[0].AbandonedFallbacks.DismissAsync(all, Token)).Should().Be(0);
        (await shop.Hosts[0].AbandonedFallbacks.ListAsync(10, Token)).Should().BeEmpty();
        (await stores[0].ClaimFallbackAsync(new FallbackClaim(shop.Conversation.Key, Shop.Opening, "7"), IntentId.New(), "order_shipped", shop.Now, Token)).Should().NotBeNull();
    }

    /// <summary>Tells by a status that a message failed which Meta had accepted.</summary>
    private static async Task FailAsync(Shop shop, LoggedRequest sent, int code)
    {
        var result = await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"statuses":[{"id":"{{{sent.MessageId}}}","status":"failed","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","recipient_id":"{{{Shop.Phone}}}",
            "biz_opaque_callback_data":"ws1.{{{IntentOf(sent)}}}.{{{Shop.Opening.ToUnixTimeSeconds()}}}|","errors":[{"code":{{{code}}},"title":"Refused"}]}]}
            """, Other(shop));
        result.StatusCode.Should().Be(200);
    }

    /// <summary>Lets Meta have the request and then ends the caller's patience, once.</summary>
    private sealed class GivesUpAfterTheRequest(CancellationTokenSource caller) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!caller.IsCancellationRequested)
            {
                response.Dispose();
                await caller.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return response;
        }
    }
}
