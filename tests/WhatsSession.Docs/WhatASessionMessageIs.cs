using WhatsSession.Storage;

namespace WhatsSession.Docs;

/// <summary>What people say of session messages, each claim tried out. One that is no longer true carries the date it stopped.</summary>
public sealed class WhatASessionMessageIs
{
    private static readonly TextMessage Hello = new("Hello!");
    private static readonly TemplateMessage OrderShipped = new("order_shipped", "en_US", "42");

    [Fact]
    public async Task ASessionOpens_WhenACustomerWrites()
    {
        await using var shop = await Shop.OpenAsync();
        (await shop.Conversation.SendAsync(Hello)).Should().BeOfType<SendOutcome.WindowClosed>();

        await shop.CustomerSaysAsync("Hi");

        (await shop.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Open);
        (await shop.Conversation.SendAsync(Hello)).Should().BeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task ASession_DoesNotOpenBecauseTheBusinessWrites()
    {
        await using var shop = await Shop.OpenAsync();

        (await shop.Conversation.SendAsync(OrderShipped)).Should().BeOfType<SendOutcome.Accepted>();
        await shop.SettleAsync();

        (await shop.Conversation.GetWindowAsync()).MaySend.Should().BeFalse();
    }

    [Theory]
    [InlineData(9)]
    [InlineData(20)]
    public async Task AMessageOnMondayAtAnyHour_GivesTheSameFull24Hours(int hour)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PassAsync(TimeSpan.FromHours(hour - 8));
        await shop.CustomerSaysAsync("Hi");

        (await shop.Conversation.GetWindowAsync()).Remaining.Should().Be(NodaTime.Duration.FromHours(24));
        await shop.PassAsync(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(2));
        (await shop.Conversation.SendAsync(Hello)).IsAccepted.Should().BeTrue();
        await shop.PassAsync(TimeSpan.FromMinutes(2));
        (await shop.Conversation.SendAsync(Hello)).Should().BeOfType<SendOutcome.WindowClosed>().Which.Reason.Should().Be(WindowClosedReason.Expired);
    }

    [Fact]
    public async Task AConversationThatGoesOnForThreeDays_IsOpenAsLongAsTheLastWordWasAnHourAgo()
    {
        await using var shop = await Shop.OpenAsync();
        for (var i = 0; i < 4; i++)
        {
            await shop.CustomerSaysAsync($"Message {i}");
            await shop.PassAsync(TimeSpan.FromHours(i < 3 ? 23 : 1));
        }

        (await shop.Conversation.GetWindowAsync()).Remaining.Should().Be(NodaTime.Duration.FromHours(23));
        (await shop.Conversation.SendAsync(Hello)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task InsideTheWindow_NoApprovalIsNeeded()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");

        (await shop.Conversation.SendAsync(new TextMessage("Any words at all, never seen by Meta before."))).Should().BeOfType<SendOutcome.Accepted>();
        (await shop.Customer.NextAsync()).Text.Should().Be("Any words at all, never seen by Meta before.");
    }

    [Fact]
    public async Task OutsideTheWindow_OnlyATemplateGoesThrough()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");
        await shop.PassAsync(TimeSpan.FromHours(24));
        var requests = shop.Meta.Tally.Requests;

        (await shop.Conversation.SendAsync(Hello)).Should().BeOfType<SendOutcome.WindowClosed>();
        shop.Meta.Tally.Requests.Should().Be(requests, "a refused session message makes no request");
        (await shop.Conversation.SendAsync(Hello, orTemplate: OrderShipped)).Should().BeOfType<SendOutcome.TemplateSent>();
    }

    /// <summary>The guard and Meta agree: with the guard off, Meta refuses the same message with its own code.</summary>
    [Fact]
    public async Task OutsideTheWindow_MetaRefusesWhatTheGuardWouldHaveRefused()
    {
        await using var shop = await Shop.OpenAsync(o => o.Guard.Enabled = false);
        await shop.CustomerSaysAsync("Hi");
        await shop.PassAsync(TimeSpan.FromHours(24));

        (await shop.Conversation.SendAsync(Hello)).Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(GraphErrorCodes.ReEngagementRequired);
    }

    [Fact]
    public async Task ATemplate_DoesNotReopenTheWindow_ButTheAnswerToItDoes()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");
        await shop.PassAsync(TimeSpan.FromHours(25));
        await shop.Conversation.SendAsync(OrderShipped);
        await shop.SettleAsync();

        (await shop.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Closed);
        await shop.CustomerSaysAsync("Thanks!");
        (await shop.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Open);
    }

    public static TheoryData<string> SeedKinds => ["text", "image", "video", "voice note", "document", "reply buttons", "list"];

    [Theory]
    [MemberData(nameof(SeedKinds))]
    public async Task EveryKind_CanBeSentInsideTheWindow(string kind)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");
        var media = MediaSource.FromLink("https://example.com/file");
        SessionMessage message = kind switch
        {
            "text" => Hello,
            "image" => new ImageMessage(media) { Caption = "A kettle" },
            "video" => new VideoMessage(media) { Caption = "It boils" },
            "voice note" => new VoiceMessage(media),
            "document" => new DocumentMessage(media) { FileName = "invoice.pdf" },
            "reply buttons" => new ReplyButtonsMessage("When?", new ReplyButton("am", "Morning")),
            _ => new ListMessage("Where?", "Stores", new ListSection("Near", new ListRow("store-7", "Harbour store", "Open till 20:00"))),
        };

        (await shop.Conversation.SendAsync(message)).Should().BeOfType<SendOutcome.Accepted>();
        await shop.SettleAsync();

        shop.Customer.Received.Should().ContainSingle().Which.Type.Should().Be(message.Kind);
        shop.Saw<DeliveryUpdated>().Select(status => status.Status).Should().Equal(DeliveryStatus.Sent, DeliveryStatus.Delivered);
    }

    [Fact]
    public async Task Buttons_LeadTheConversationOn()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");
        await shop.Conversation.SendAsync(new ReplyButtonsMessage("When may we deliver?", new ReplyButton("am", "Morning"), new ReplyButton("pm", "Afternoon")));
        await shop.PassAsync(TimeSpan.FromHours(23));

        await shop.Customer.TapsAsync("pm");
        await shop.SettleAsync();

        shop.Saw<ButtonReplied>().Should().ContainSingle().Which.ButtonId.Should().Be("pm");
        (await shop.Conversation.GetWindowAsync()).Remaining.Should().Be(NodaTime.Duration.FromHours(24), "a tap is a message and restarts the clock");
    }

    [Fact]
    public async Task ListRows_LeadTheConversationOn()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");
        await shop.Conversation.SendAsync(new ListMessage("Where?", "Stores", new ListSection(title: null, new ListRow("store-7", "Harbour store"))));

        await shop.Customer.PicksAsync("store-7");
        await shop.SettleAsync();

        shop.Saw<ListReplied>().Should().ContainSingle().Which.RowId.Should().Be("store-7");
    }

    [Fact]
    public async Task SeveralMessages_GoInOneWindow()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");

        for (var i = 1; i <= 5; i++)
        {
            (await shop.Conversation.SendAsync(new TextMessage($"Part {i}"))).IsAccepted.Should().BeTrue();
        }

        shop.Customer.Received.Select(message => message.Text).Should().Equal("Part 1", "Part 2", "Part 3", "Part 4", "Part 5");
    }

    [Fact]
    public async Task OneNumbersWindow_IsNotAnothers()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");

        (await shop.On("support").SendAsync(Hello)).IsAccepted.Should().BeTrue();
        (await shop.On("sales").SendAsync(Hello)).Should().BeOfType<SendOutcome.WindowClosed>();
        await shop.CustomerSaysAsync("Hi, sales", toNumber: "314159265358980");
        (await shop.On("sales").SendAsync(Hello)).IsAccepted.Should().BeTrue();
    }

    /// <summary>Acceptance is not delivery: three statuses follow.</summary>
    [Fact]
    public async Task AnAcceptedMessage_IsThenSentDeliveredAndRead()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");
        var accepted = await shop.Conversation.SendAsync(Hello, new SendOptions { CallbackData = "order 42" });
        await shop.SettleAsync();
        await shop.Customer.ReadsAsync();
        await shop.SettleAsync();

        var statuses = shop.Saw<DeliveryUpdated>();
        statuses.Select(status => status.Status).Should().Equal(DeliveryStatus.Sent, DeliveryStatus.Delivered, DeliveryStatus.Read);
        statuses.Should().OnlyContain(status => status.MessageId == accepted.MessageId && status.CallbackData == "order 42" && status.Intent != null);
    }

    /// <summary>The history of both sides is kept and can be read.</summary>
    [Fact]
    public async Task AConversation_CanBeReadBack()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.CustomerSaysAsync("Hi");
        await shop.PassAsync(TimeSpan.FromMinutes(1));
        await shop.Conversation.SendAsync(Hello);

        var history = await shop.Conversation.GetHistoryAsync(limit: 10);

        history.Select(message => message.IsInbound).Should().Equal(false, true);
        history[0].State.Should().Be(IntentState.Accepted);
        System.Text.Encoding.UTF8.GetString(history[1].Json.Span).Should().Contain("Hi");
    }
}
