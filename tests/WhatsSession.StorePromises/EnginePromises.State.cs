using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>What the guard knows, and by which clock.</content>
public abstract partial class EnginePromises
{
    [Fact]
    public async Task BulkRun_WhoseClockCrossesExpiry_SendsOnlyWhileTheWindowIsOpen()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(23) + Duration.FromMinutes(50));

        var outcomes = new List<SendOutcome>();
        for (var i = 0; i < 30; i++)
        {
            outcomes.Add(await shop.Conversation.SendAsync(new TextMessage($"Message {i}"), Token));
            shop.Meta.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        // The margin is a minute: 18 sends lie before it.
        outcomes.Take(18).Should().OnlyContain(static outcome => outcome.IsAccepted);
        outcomes.Skip(18).Should().AllBeOfType<SendOutcome.WindowClosed>();
        outcomes.Skip(18).Take(2).Cast<SendOutcome.WindowClosed>().Should().OnlyContain(static closed => closed.Reason == WindowClosedReason.Margin);
        outcomes.Skip(20).Cast<SendOutcome.WindowClosed>().Should().OnlyContain(static closed => closed.Reason == WindowClosedReason.Expired);
    }

    [Fact]
    public async Task RecycledPhoneNumber_NothingOfTheFirstOwnerIsVisibleUnderTheSecond()
    {
        await using var shop = await OpenAsync();
        await InboundAsync(shop, "wamid.1", Shop.Phone, "US.11111111111111111111", "First owner");
        await InboundAsync(shop, "wamid.2", Shop.Phone, "US.22222222222222222222", "Second owner");

        (await shop.On(0).GetHistoryAsync(10, Token)).Should().BeEmpty("the phone alone names nobody");
        (await shop.On(0).GetWindowAsync(Token)).State.Should().NotBe(WindowState.Open);
        (await shop.On(Other(shop), "US.22222222222222222222").GetHistoryAsync(10, Token)).Should().ContainSingle().Which.MessageId!.Value.Value.Should().Be("wamid.2");
        (await shop.On(Other(shop), "US.11111111111111111111").GetHistoryAsync(10, Token)).Should().ContainSingle().Which.MessageId!.Value.Value.Should().Be("wamid.1");
        shop.Saw<IdentityConflict>().Should().ContainSingle();
    }

    [Fact]
    public async Task IdentityConflict_SeenAgainAndAgain_IsRaisedOnce()
    {
        await using var shop = await OpenAsync();
        for (var i = 0; i < 6; i++)
        {
            await InboundAsync(shop, $"wamid.{i}", Shop.Phone, $"US.{(i % 3) + 1}1111111111111111111", "Hi");
        }

        shop.Saw<IdentityConflict>().Should().ContainSingle();
    }

    // Meta does not say what becomes of a window when a customer's user id is replaced: one refusal teaches otherwise.
    [Fact]
    public async Task UserIdReplaced_HistoryAndWindowGoAlong()
    {
        const string Former = "US.11111111111111111111", Current = "US.22222222222222222222";
        await using var shop = await OpenAsync(static o => o.Guard.NoHistory = GuardChoice.Refuse);
        await InboundAsync(shop, "wamid.1", phone: null, Former, "Hi");
        await shop.PostAsync("user_id_update", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"user_id_update":[{"detail":"changed","user_id":{"previous":"{{{Former}}}","current":"{{{Current}}}"},"timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}"}]}
            """);
        await shop.SettleAsync();

        (await shop.On(Other(shop), Current).GetHistoryAsync(10, Token)).Should().ContainSingle();
        (await shop.On(Other(shop), Current).GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
    }

    /// <summary>The shapes of November 2026: the sender is named by the new user id, the former one stands in the notice.</summary>
    [Theory]
    [InlineData("user_changed_number", Shop.Phone)]
    [InlineData("user_changed_number", null)]
    [InlineData("user_changed_user_id", null)]
    public async Task SystemNotice_NamesThePreviousUserId_IsOneCustomer(string notice, string? phone)
    {
        const string Former = "US.11111111111111111111", Current = "US.22222222222222222222";
        await using var shop = await OpenAsync();
        await InboundAsync(shop, "wamid.1", phone, Former, "Hi");
        var from = phone is null ? "" : $"\"from\":\"{phone}\",";
        await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"messages":[{{{{from}}}"from_user_id":"{{{Current}}}","id":"wamid.2","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","type":"system","system":{"type":"{{{notice}}}","user_id":"{{{Current}}}","previous_user_id":"{{{Former}}}"}}]}
            """);
        await shop.SettleAsync();

        (await shop.On(Other(shop), Current).GetHistoryAsync(10, Token)).Select(static line => line.MessageId?.Value).Should().Contain("wamid.1");
    }

    [Fact]
    public async Task ClockJump_FutureTimestamps_AreClampedAndHoldNoWindowOpen()
    {
        await using var shop = await OpenAsync();
        await InboundAsync(shop, "wamid.1", Shop.Phone, userId: null, "From the future", shop.Now + Duration.FromDays(400));
        await InboundAsync(shop, "wamid.2", "15550005678", userId: null, "From 1970", Instant.FromUnixTimeSeconds(5));
        await InboundAsync(shop, "wamid.3", "15550005679", userId: null, "From before", Instant.FromUnixTimeSeconds(-5));

        (await shop.Conversation.GetWindowAsync(Token)).Until.Should().Be(shop.Now + Duration.FromMinutes(5) + Duration.FromHours(24));
        (await shop.On(0, "15550005678").GetWindowAsync(Token)).MaySend.Should().BeFalse();
        await shop.PassAsync(Duration.FromHours(24) + Duration.FromMinutes(5));
        (await shop.Conversation.SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>();
    }

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("-9223372036854775808")]
    [InlineData("99999999999999999999")]
    public async Task ClockJump_TimestampThatIsNoTime_IsHandledAndOpensNothing(string timestamp)
    {
        await using var shop = await OpenAsync(static o => o.Guard.NoHistory = GuardChoice.Refuse);
        var result = await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"messages":[{"from":"{{{Shop.Phone}}}","id":"wamid.1","timestamp":{{{timestamp}}},"type":"text","text":{"body":"When?"}}]}
            """);
        await shop.SettleAsync();

        result.StatusCode.Should().Be(200);
        shop.Saw<TextReceived>().Should().ContainSingle();
        (await shop.On(Other(shop)).GetWindowAsync(Token)).MaySend.Should().BeFalse();
    }

    [Fact]
    public async Task Seeding_FromAnExistingSystem_MakesWindowsKnown()
    {
        await using var shop = await OpenAsync(static o => o.Guard.NoHistory = GuardChoice.Refuse);
        (CustomerId, Instant)[] messages =
        [
            (CustomerId.Parse("15550001111"), shop.Now - Duration.FromHours(3)),
            (CustomerId.Parse("15550001111"), shop.Now - Duration.FromHours(30)),
            (CustomerId.Parse("15550002222"), shop.Now - Duration.FromHours(30)),
            (CustomerId.Parse("15550003333"), shop.Now + Duration.FromDays(300)),
            (CustomerId.Parse("15550004444"), Instant.FromUnixTimeSeconds(-7)),
        ];

        var others = Enumerable.Range(0, 1200).Select(i => (CustomerId.Parse($"1666{i:0000000}"), shop.Now));
        (await shop.Hosts[0].Client.Number("support").ImportCustomerMessagesAsync(OneByOne(messages.Concat(others)), Token)).Should().Be(1205);

        (await shop.On(Other(shop), "15550001111").GetWindowAsync(Token)).Until.Should().Be(shop.Now + Duration.FromHours(21));
        (await shop.On(Other(shop), "15550002222").GetWindowAsync(Token)).State.Should().Be(WindowState.Closed);
        (await shop.On(Other(shop), "16660001199").GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
        (await shop.On(Other(shop), "15550003333").GetWindowAsync(Token)).Until.Should().Be(shop.Now + Duration.FromMinutes(5) + Duration.FromHours(24));
        (await shop.On(Other(shop), "15550004444").GetWindowAsync(Token)).State.Should().Be(WindowState.Closed);
        (await shop.On(0, "15550009999").GetWindowAsync(Token)).State.Should().Be(WindowState.Unknown);
    }

    [Fact]
    public async Task EraseThenRedelivery_NothingComesBack()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores);
        await shop.CustomerSaysAsync();
        var send = await shop.Conversation.SendAsync(Hello, Token);
        await shop.SettleAsync();
        await shop.PassAsync(Duration.FromMinutes(1));

        await stores[^1].EraseAsync(shop.Conversation.Key, shop.Now, Token);
        foreach (var webhook in shop.Meta.Webhooks)
        {
            (await shop.RedeliverAsync(webhook, Other(shop))).StatusCode.Should().Be(200);
        }

        await shop.SettleAsync();
        (await shop.Hosts[0].Quarantine.ListAsync(10, Token)).Should().BeEmpty("each was read");

        foreach (var customer in (string[])[Shop.Phone, shop.Customer.UserId])
        {
            (await shop.On(Other(shop), customer).GetHistoryAsync(10, Token)).Should().BeEmpty();
            (await shop.On(0, customer).GetWindowAsync(Token)).MaySend.Should().Be((await shop.On(0, "15550009999").GetWindowAsync(Token)).MaySend, "the customer is as unknown as any other");
            (await shop.On(0, customer).GetWindowAsync(Token)).State.Should().NotBe(WindowState.Open);
        }

        (await shop.On(0).GetDeliveryAsync(send.MessageId!.Value, Token)).Should().Be(MessageDelivery.None);
    }

    [Fact]
    public async Task AccountRestriction_InForce_RefusesSessionMessagesUntilItEnds()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        await shop.PostAsync("account_update", $$$"""
            {"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_CUSTOMER_INITIATED_MESSAGING","expiration":{{{(shop.Now + Duration.FromHours(2)).ToUnixTimeSeconds()}}}}]}
            """);

        (await shop.On(Other(shop)).SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Restricted);
        (await shop.On(Other(shop)).GetWindowAsync(Token)).Should().Match<WindowStatus>(static window => window.State == WindowState.Open && !window.MaySend);
        await shop.PassAsync(Duration.FromHours(2));
        (await shop.On(Other(shop)).SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task AnsweredConversation_AwaitsNoReplyUntilTheCustomerWritesAgain()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        (await shop.Conversation.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeTrue();

        await shop.Conversation.SendAsync(Hello, Token);
        (await shop.On(Other(shop)).GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeFalse();
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("And?");

        (await shop.Conversation.GetSnapshotAsync(Token)).State.AwaitsReply.Should().BeTrue();
    }

    [Fact]
    public async Task AdClick_AnsweredWithinADay_OpensTheFreeEntryPointWindowOnce()
    {
        await using var shop = await OpenAsync();
        await shop.Customer.ClicksAdAsync("I saw your ad", new CustomerAd { SourceId = "120", Headline = "Parcels" }, Shop.Number, Token);
        await shop.SettleAsync();
        (await shop.Conversation.GetSnapshotAsync(Token)).State.FreeEntry.EndsAt.Should().BeNull("nobody answered yet");
        await shop.PassAsync(Duration.FromHours(1));
        await shop.Conversation.SendAsync(Hello, Token);
        var reply = shop.Now;
        await shop.PassAsync(Duration.FromHours(1));
        await shop.Conversation.SendAsync(Hello, Token);
        await shop.SettleAsync();

        var entry = (await shop.On(Other(shop)).GetSnapshotAsync(Token)).State.FreeEntry;
        entry.Click.Should().Be(Shop.Opening);
        entry.FirstReply.Should().Be(reply);
        entry.EndsAt.Should().Be(reply + Duration.FromHours(72));
        await shop.PassAsync(Duration.FromHours(30));
        (await shop.Conversation.GetWindowAsync(Token)).MaySend.Should().BeFalse("the price of a message is no right to send it");
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(600, false)]
    public async Task MetasClock_AheadOfOurs_IsFollowedWithinTwoMinutes(int seconds, bool follows)
    {
        await using var shop = await OpenAsync(static o => o.Guard.Margin = TimeSpan.Zero);
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.ClockSkew = TimeSpan.FromSeconds(seconds);
        foreach (var host in Enumerable.Range(0, shop.Hosts.Count))
        {
            for (var i = 0; i < 9; i++)
            {
                await shop.On(host).SendAsync(OrderShipped($"{i}"), Token);
                shop.Meta.Clock.Advance(TimeSpan.FromSeconds(6));
            }
        }

        var closes = (await shop.Conversation.GetWindowAsync(Token)).Until!.Value;
        shop.Meta.Clock.AdvanceTo((closes - Duration.FromSeconds(45)).ToDateTimeOffset());

        (await shop.On(Other(shop)).GetWindowAsync(Token)).MaySend.Should().Be(!follows);
    }

    [Fact]
    public async Task GroupMessage_NeverOpensAPrivateWindow()
    {
        await using var shop = await OpenAsync(static o => o.Guard.NoHistory = GuardChoice.Refuse);
        await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"messages":[{"from":"{{{Shop.Phone}}}","group_id":"Y2FwaV9ncm91cDox","id":"wamid.g","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"Hi all"}}]}
            """);

        (await shop.Hosts[Other(shop)].Client.Number("support").Group("Y2FwaV9ncm91cDox").GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
        (await shop.On(Other(shop)).GetWindowAsync(Token)).State.Should().Be(WindowState.Unknown);
    }

    [Fact]
    public async Task RateLimitStorm_OneConversation_OthersAreUnaffectedAndOrderIsKept()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequests, 1);
        var sends = Enumerable.Range(0, 3).Select(i => shop.Conversation.SendAsync(new TextMessage($"{i}"), Token)).ToArray();
        await shop.WaitUntilAsync(() => shop.Meta.Tally.Refused == 1);

        (await shop.On(0, "15550005678").SendAsync(OrderShipped("42"), Token)).IsAccepted.Should().BeTrue("it waits for nobody");
        (await shop.On(0, Shop.Phone, "sales").SendAsync(OrderShipped("42"), Token)).IsAccepted.Should().BeTrue("it waits for nobody");
        var outcomes = await shop.WhileTimePassesAsync(Task.WhenAll(sends));

        outcomes.Should().OnlyContain(static outcome => outcome.IsAccepted);
        shop.Sent.Where(static sent => sent.Type == "text").Select(static sent => System.Text.Json.Nodes.JsonNode.Parse(sent.Json)!["text"]!["body"]!.GetValue<string>()).Should().Equal("0", "1", "2");
    }

    [Fact]
    public async Task RateLimitStorm_LongerThanTheDeadline_IsThrottled()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.Response = ResponseFault.TooManyRequestsWithRetryAfter;
        (await shop.Conversation.SendAsync(Hello, Token).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token)).Should().BeOfType<SendOutcome.Throttled>().Which.RetryAt.Should().Be(shop.Now + Duration.FromSeconds(30), "that is not within the deadline");

        shop.Meta.Faults.Response = ResponseFault.TooManyRequests;
        var refused = shop.Meta.Tally.Refused;
        (await shop.WhileTimePassesAsync(shop.Conversation.SendAsync(Hello, Token))).Should().BeOfType<SendOutcome.Throttled>();

        (shop.Meta.Tally.Refused - refused).Should().Be(4, "after 1, 4 and 16 seconds, and no more before the deadline");
        shop.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task RateLimitStorm_WaitThatCrossesExpiry_AsksTheGuardAnewAndSendsTheTemplateBesideTheMessage()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(24) - Duration.FromSeconds(60.5));
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequests, 1);

        var outcome = await shop.WhileTimePassesAsync(shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token));

        outcome.Should().BeOfType<SendOutcome.TemplateSent>("the margin began during the wait of a second");
        shop.Sent.Select(static sent => sent.Type).Should().Equal("template");
        var lines = (await shop.Conversation.GetHistoryAsync(10, Token)).Where(static line => !line.IsInbound).ToArray();
        lines.Select(static line => line.State).Should().BeEquivalentTo([IntentState.Failed, IntentState.Accepted]);
        lines.Select(static line => line.Intent).Should().OnlyHaveUniqueItems("the message that did not go keeps its own");
    }

    [Fact]
    public async Task RateLimit_CustomerErasedDuringTheWait_AsksTheGuardAnew()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        await shop.CustomerSaysAsync();
        var other = shop.On(Other(shop));
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequests, 1);
        var refused = shop.Meta.Tally.Refused;

        var sending = shop.Conversation.SendAsync(Hello, Token);
        await shop.WaitUntilAsync(() => shop.Meta.Tally.Refused > refused);
        await other.EraseAsync(Token);
        var outcome = await shop.WhileTimePassesAsync(sending);

        outcome.Should().BeOfType<SendOutcome.WindowClosed>("nothing is known of the customer any more");
        shop.Sent.Should().BeEmpty();
    }

    private static async Task InboundAsync(Shop shop, string id, string? phone, string? userId, string text, Instant? at = null)
    {
        var from = (phone is null ? "" : $"\"from\":\"{phone}\",") + (userId is null ? "" : $"\"from_user_id\":\"{userId}\",");
        var result = await shop.PostAsync("messages", $$$"""
            {"metadata":{"phone_number_id":"{{{Shop.Number}}}"},"messages":[{{{{from}}}"id":"{{{id}}}","timestamp":"{{{(at ?? shop.Now).ToUnixTimeSeconds()}}}","type":"text","text":{"body":"{{{text}}}"}}]}
            """);
        (result with { TooOld = 0 }).Should().Be(new AcceptResult(200, 1));
        await shop.SettleAsync();
    }

    private static async IAsyncEnumerable<T> OneByOne<T>(IEnumerable<T> all)
    {
        foreach (var one in all)
        {
            await Task.Yield();
            yield return one;
        }
    }
}
