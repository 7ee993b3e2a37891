using WhatsSession.Emulator;

namespace WhatsSession.StoreConformance;

/// <content>Fallback templates and held messages.</content>
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
        (await shop.Hosts[0].ListAbandonedFallbacksAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_CustomerAnswers_GoesOutOnceThroughTheGuard()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var options = new SendOptions { OrTemplate = OrderShipped("42"), WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)), CallbackData = "mine" };

        var outcome = (await shop.Conversation.SendAsync(Hello, options, Token)).Should().BeOfType<SendOutcome.TemplateSent>().Subject;
        (await shop.On(Other(shop)).ListHeldMessagesAsync(10, Token)).Should().ContainSingle().Which.Id.Should().Be(outcome.HeldMessage!.Value);
        await shop.CustomerSaysAsync("Yes?");
        await shop.CustomerSaysAsync("Hello?");

        shop.Sent.Select(static sent => sent.Type).Should().Equal("template", "text");
        shop.Sent[1].Json.Should().Contain("Your parcel left.").And.Contain($"ws1.{outcome.HeldMessage}.").And.Contain("|mine");
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_CustomerAnswersUnderAnotherIdentifier_GoesOut()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var held = await shop.On(0, shop.Customer.UserId).SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);
        held.Should().BeOfType<SendOutcome.WindowClosed>().Which.HeldMessage.Should().NotBeNull();

        await shop.CustomerSaysAsync("Yes?");

        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("text");
    }

    [Fact]
    public async Task HeldMessages_OfOneConversation_GoOutInTheOrderTheyWereWritten()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        for (var i = 0; i < 10; i++)
        {
            await shop.On(i % shop.Hosts.Count).SendAsync(new TextMessage($"{i}"), new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);
            await shop.PassAsync(Duration.FromSeconds(1));
        }

        await shop.CustomerSaysAsync("Yes?");
        await shop.SettleAsync();

        shop.Sent.Select(static sent => System.Text.Json.Nodes.JsonNode.Parse(sent.Json)!["text"]!["body"]!.GetValue<string>()).Should().Equal(Enumerable.Range(0, 10).Select(static i => $"{i}"));
    }

    [Fact]
    public async Task HeldMessage_OfAnotherCustomer_CannotBeCancelled()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var outcome = (SendOutcome.WindowClosed)await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);

        (await shop.On(0, "15550005678").CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeFalse();
        (await shop.On(0, Shop.Phone, "sales").CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeFalse();

        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task HeldMessage_RateLimitAtItsRelease_GoesOutLater()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);

        await shop.CustomerSaysAsync("Yes?");
        shop.Sent.Should().BeEmpty();
        await shop.PassAsync(Duration.FromSeconds(30));

        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_NobodyAnswersInTime_ExpiresAndTellsHandlers()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var outcome = await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromHours(1)), CallbackData = "mine" }, Token);

        await shop.PassAsync(Duration.FromHours(1));
        await shop.CustomerSaysAsync("Too late?");

        shop.Sent.Should().BeEmpty();
        var expired = shop.Saw<HeldMessageExpired>().Should().ContainSingle().Subject;
        expired.HeldMessage.Should().Be(((SendOutcome.WindowClosed)outcome).HeldMessage!.Value);
        expired.CallbackData.Should().Be("mine");
    }

    [Fact]
    public async Task HeldMessage_RefusedForGoodAtItsRelease_TellsHandlers()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var picture = new ImageMessage(MediaSource.FromId("404404404404404"));
        var outcome = await shop.Conversation.SendAsync(picture, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)), CallbackData = "mine" }, Token);

        await shop.CustomerSaysAsync("Yes?");
        await shop.SettleAsync();
        await shop.CustomerSaysAsync("Hello?");
        await shop.SettleAsync();

        var refused = shop.Saw<HeldMessageRefused>().Should().ContainSingle().Subject;
        (refused.HeldMessage, refused.CallbackData, refused.Error.Category).Should().Be((((SendOutcome.WindowClosed)outcome).HeldMessage!.Value, "mine", GraphErrorCategory.InvalidRequest));
        System.Text.Encoding.UTF8.GetString(refused.Content.Span).Should().Contain("404404404404404");
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
        shop.Saw<HeldMessageExpired>().Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_Cancelled_IsNotSent()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var outcome = (SendOutcome.WindowClosed)await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);

        (await shop.On(Other(shop)).CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeTrue();
        (await shop.Conversation.CancelHeldMessageAsync(outcome.HeldMessage!.Value, Token)).Should().BeFalse();
        await shop.CustomerSaysAsync("Yes?");
        await shop.PassAsync(Duration.FromDays(3));

        shop.Sent.Should().BeEmpty();
        shop.Saw<HeldMessageExpired>().Should().BeEmpty();
    }

    [Fact]
    public async Task HeldMessage_RefusedAgain_IsHeldOnUntilTheNextAnswer()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(3)) }, Token);

        // An answer that Meta does not know of.
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now, Token);
        await shop.SettleAsync();
        shop.Sent.Should().BeEmpty();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().ContainSingle();
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("Yes?");

        shop.Sent.Should().ContainSingle().Which.Type.Should().Be("text");
    }
}
