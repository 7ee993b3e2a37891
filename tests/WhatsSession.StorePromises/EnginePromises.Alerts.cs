namespace WhatsSession.StorePromises;

/// <content>The alerts about windows.</content>
public abstract partial class EnginePromises
{
    private static readonly Duration Tick = Duration.FromTicks(1);

    [Fact]
    public async Task WindowClosed_WindowThatEnds_IsToldOnceAtItsEnd()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => TakeAll(builder));
        await shop.CustomerSaysAsync();
        var opened = Opened(shop);
        await shop.PassAsync(CustomerServiceWindow.ClosesAt(opened) - shop.Now - Tick);
        shop.Saw<WindowClosed>().Should().BeEmpty();
        await shop.PassAsync(Tick);
        await shop.PassAsync(Duration.FromDays(3));

        var closed = shop.Saw<WindowClosed>().Should().ContainSingle().Subject;
        (closed.Opened, closed.IsLate, closed.IsClosed, closed.HasWrittenSince, closed.WasRefused).Should().Be((opened, false, true, false, false));
        (closed.IsAwaitingReply, closed.WaitingSince, closed.LastMessage?.Text).Should().Be((true, opened, "Hi"));
        shop.Saw<WindowClosing>().Select(static closing => closing.Lead.TotalHours).Should().BeEquivalentTo([4.0, 1.0]);
        shop.Saw<WindowExtended>().Should().BeEmpty();
    }

    [Fact]
    public async Task WindowClosed_WebhooksThatComeTogetherAfterTheEnd_IsToldLateAndOnce()
    {
        // One webhook has both messages, so that no host can look at the window in between.
        await using var shop = await OpenAsync(build: static (builder, _) => TakeAll(builder));
        var (first, second) = (SecondOf(shop.Now - Duration.FromHours(30)), SecondOf(shop.Now));
        await shop.PostAsync("messages", TextsOf(("wamid.1", first), ("wamid.2", second)), Other(shop));
        await shop.SettleAsync();
        await shop.PassAsync(Duration.FromDays(3));

        var told = shop.Saw<WindowClosed>();
        told.Select(static closed => (closed.Opened, closed.IsLate, closed.HasWrittenSince)).Should().Equal((first, true, true), (second, true, false));
        shop.Saw<WindowClosing>().Select(static closing => closing.Opened).Should().NotContain(first, "it was overtaken").And.HaveCount(2);
    }

    [Fact]
    public async Task WindowExtended_CustomerWritesAfterAnAlert_IsToldOnce()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => TakeAll(builder));
        await shop.CustomerSaysAsync();
        var opened = Opened(shop);
        await shop.PassAsync(Duration.FromHours(21));
        await shop.CustomerSaysAsync("once more");
        await shop.CustomerSaysAsync("and again");
        await shop.PassAsync(Duration.FromHours(1));

        var extended = shop.Saw<WindowExtended>().Should().ContainSingle().Subject;
        (extended.OpenedBefore, extended.IsLate, extended.IsClosed).Should().Be((opened, false, false));
        extended.Opened.Should().Be(shop.Saw<TextReceived>()[1].Timestamp);
        shop.Saw<WindowClosing>().Should().ContainSingle();
        shop.Saw<WindowClosed>().Should().BeEmpty();
    }

    [Fact]
    public async Task WindowExtended_WebhookThatComesAfterTheEndWasTold_TakesItBack()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => TakeAll(builder));
        await shop.CustomerSaysAsync();
        var opened = Opened(shop);
        await shop.PassAsync(Duration.FromHours(25));
        await shop.PostAsync("messages", TextsOf(("wamid.late", opened + Duration.FromHours(6))), Other(shop));
        await shop.SettleAsync();

        var extended = shop.Saw<WindowExtended>().Should().ContainSingle().Subject;
        (extended.OpenedBefore, extended.Opened, extended.IsLate).Should().Be((opened, opened + Duration.FromHours(6), true));
        await shop.PassAsync(Duration.FromHours(6));
        shop.Saw<WindowClosed>().Select(static closed => closed.Opened).Should().Equal(opened, opened + Duration.FromHours(6));
    }

    [Fact]
    public async Task Alerts_AfterAnOutage_AreEachToldOnceAndLate()
    {
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores, build: static (builder, _) => TakeAll(builder));
        await shop.CustomerSaysAsync();
        var reopened = await ReopenStoresAsync(stores);
        await shop.RestartAsync(reopened, Duration.FromHours(40));
        await shop.PassAsync(Duration.FromHours(1));

        shop.Saw<WindowClosing>().Select(static closing => (closing.Lead.TotalHours, closing.IsLate, closing.IsClosed)).Should()
            .BeEquivalentTo([(4.0, true, true), (1.0, true, true)]);
        shop.Saw<WindowClosed>().Should().ContainSingle().Which.IsLate.Should().BeTrue();
    }

    [Fact]
    public async Task Alerts_HostsWithDifferentLeads_MissNothingAndTellNothingTwice()
    {
        var hosts = 0;
        var calls = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var shop = await OpenAsync(
            build: (builder, _) =>
            {
                var lead = hosts++ == 0 ? 4 : 1;
                builder.OnWindowClosing(TimeSpan.FromHours(lead), (alert, _) => Note(calls, $"{lead}: {alert.Message.Lead.TotalHours} {alert.Message.Conversation!.Value.Party}"));
            },
            notes: false);
        await shop.CustomerSaysAsync();
        await shop.Meta.Customer(OtherPhone).SaysAsync("hello", Shop.Number, Token);
        await shop.SettleAsync();
        await shop.PassAsync(Duration.FromHours(20));
        await shop.PassAsync(Duration.FromHours(3));
        await shop.PassAsync(Duration.FromDays(2));

        var parties = new[] { shop.Meta.Customer(Shop.Phone), shop.Meta.Customer(OtherPhone) }.Select(static customer => customer.UserId);
        calls.Should().BeEquivalentTo(Enumerable.Range(0, hosts).SelectMany(host => parties.Select(party => host == 0 ? $"4: 4 {party}" : $"1: 1 {party}")));
    }

    [Fact]
    public async Task Alerts_HandlerThatIsAddedLater_ArmsWindowsThatAreOpen()
    {
        var stores = await CreateStoresAsync();
        var isAdded = false;
        await using var shop = await Shop.OpenAsync(stores, build: (builder, _) => (isAdded ? (Action<WhatsSessionBuilder>)(b => TakeAll(b)) : static _ => { })(builder));
        await shop.CustomerSaysAsync();
        isAdded = true;
        await shop.RestartAsync(await ReopenStoresAsync(stores), Duration.FromHours(1));
        await shop.PassAsync(Duration.FromHours(22));
        await shop.PassAsync(Duration.FromHours(1));

        shop.Saw<WindowClosing>().Select(static closing => closing.Lead.TotalHours).Should().BeEquivalentTo([4.0, 1.0]);
        shop.Saw<WindowClosed>().Should().ContainSingle().Which.IsLate.Should().BeFalse();
    }

    [Fact]
    public async Task WindowClosing_CustomerWritesOrMetaRefusesBeforeItIsTold_IsDropped()
    {
        // The jitter holds the alerts back for a while.
        await using var shop = await OpenAsync(
            static options => options.Alerts.Jitter = TimeSpan.FromMinutes(30),
            static (builder, _) => builder.OnWindowClosing(TimeSpan.FromHours(2), static _ => Task.CompletedTask));
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(22));
        shop.Saw<WindowClosing>().Should().BeEmpty("its time is later, by a hash");
        await shop.CustomerSaysAsync("here I am");
        await shop.PassAsync(Duration.FromMinutes(30));
        shop.Saw<WindowClosing>().Should().BeEmpty("the customer wrote");

        await shop.PassAsync(Duration.FromMinutes(22 * 60 - 30));
        await shop.Conversation.RecordCustomerMessageAsync(shop.Now - Duration.FromHours(1), Token);
        await shop.PassAsync(Duration.FromHours(21));
        await shop.PassAsync(Duration.FromMinutes(30));
        shop.Saw<WindowClosing>().Should().ContainSingle("nothing came between").Which.TimeLeft.Should().BeGreaterThan(Duration.FromMinutes(89)).And.BeLessThan(Duration.FromHours(2));
    }

    [Fact]
    public async Task WindowClosing_OnlyAwaitingReply_IsDroppedForWhoeverWasAnswered()
    {
        await using var shop = await OpenAsync(
            static options => options.Alerts.OnlyAwaitingReply = true, static (builder, _) => builder.OnWindowClosing(TimeSpan.FromHours(2), static _ => Task.CompletedTask));
        await shop.CustomerSaysAsync();
        await shop.Meta.Customer(OtherPhone).SaysAsync("hello", Shop.Number, Token);
        await shop.SettleAsync();
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
        await shop.PassAsync(Duration.FromHours(22));

        var closing = shop.Saw<WindowClosing>().Should().ContainSingle().Subject;
        (closing.Conversation!.Value.Party, closing.IsAwaitingReply, closing.LastMessage?.Text).Should().Be((shop.Meta.Customer(OtherPhone).UserId, true, "hello"));
    }

    [Fact]
    public async Task WindowClosing_OfAConversation_SaysWhoWaitsForWhom()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnWindowClosing(TimeSpan.FromHours(2), static _ => Task.CompletedTask));
        await shop.CustomerSaysAsync("first");
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("second");
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.CustomerSaysAsync("third");
        await shop.PassAsync(Duration.FromHours(22));
        (await shop.Conversation.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
        await shop.PassAsync(Duration.FromHours(3));

        var closing = shop.Saw<WindowClosing>().Should().ContainSingle().Subject;
        var messages = shop.Saw<TextReceived>();
        (closing.WaitingSince, closing.LastMessage!.MessageId, closing.TimeLeft).Should().Be((messages[1].Timestamp, messages[2].MessageId, Duration.FromHours(2)));
    }

    [Fact]
    public async Task Jitter_OfManyConversations_SpreadsTheirAlertsBeforeTheirEnd()
    {
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var shop = await OpenAsync(
            static options => options.Alerts.Jitter = TimeSpan.FromHours(1),
            (builder, _) => builder.OnWindowClosing(TimeSpan.FromMinutes(30), alert => Note(told, $"{alert.Message.Conversation!.Value.Party} {alert.Message.IsClosed}")),
            notes: false);
        foreach (var phone in Enumerable.Range(0, 12).Select(static i => $"155500020{i:00}"))
        {
            await shop.Hosts[0].Client.Number("support").Conversation(phone).RecordCustomerMessageAsync(shop.Now, Token);
        }

        await shop.PassAsync(Duration.FromMinutes((23 * 60) + 30));
        told.Should().BeEmpty();
        await shop.PassAsync(Duration.FromMinutes(15));
        told.Should().HaveCountGreaterThan(0).And.HaveCountLessThan(12);
        await shop.PassAsync(Duration.FromMinutes(15));
        told.Should().HaveCount(12).And.OnlyHaveUniqueItems();
    }

    private static WhatsSessionBuilder TakeAll(WhatsSessionBuilder builder) => builder
        .OnWindowClosing(static _ => Task.CompletedTask)
        .OnWindowClosed(static _ => Task.CompletedTask)
        .OnWindowExtended(static _ => Task.CompletedTask);

    private static Instant Opened(Shop shop) => shop.Saw<TextReceived>()[^1].Timestamp;

    private static Task Note(System.Collections.Concurrent.ConcurrentQueue<string> notes, string note)
    {
        notes.Enqueue(note);
        return Task.CompletedTask;
    }

    private static Instant SecondOf(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private static string TextsOf(params (string Id, Instant At)[] texts) =>
        $$$"""{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550009000","phone_number_id":"{{{Shop.Number}}}"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"{{{Shop.Phone}}}"}],"messages":[{{{string.Join(',', texts.Select(static text => $$$"""{"from":"{{{Shop.Phone}}}","id":"{{{text.Id}}}","timestamp":"{{{text.At.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"late"}}"""))}}}]}""";
}
