using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Acting;

/// <summary>A group has one window and several recipients.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/groups, as of November 2026.</remarks>
public sealed class GroupTests
{
    private const string Id = "R3JvdXAtT25l";
    private const string Ana = "15550001234";
    private const string Ben = "15550005678";
    private const string Text = """ "type":"text","text":{"body":"Driver arrives at 10."} """;

    private const string Otp = """[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy"}]}]""";

    private const string Carousel = """
        [{"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[
        {"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"One"}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Two"}]}]}]
        """;

    private const string Cards = """
        {"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.test/a.png"}}]}]},
        {"card_index":1,"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.test/b.png"}}]}]}
        """;

    /// <summary>Requests to a group with an open window, each with its status and code: 0 for accepted.</summary>
    public static TheoryData<string, int, int> Requests => new()
    {
        { Text, 200, 0 },
        { """ "type":"image","image":{"link":"https://example.test/a.png","caption":"x"} """, 200, 0 },
        { """ "type":"video","video":{"link":"https://example.test/a.mp4"} """, 200, 0 },
        { """ "type":"audio","audio":{"link":"https://example.test/a.ogg"} """, 200, 0 },
        { """ "type":"document","document":{"link":"https://example.test/a.pdf"} """, 200, 0 },
        { """ "type":"sticker","sticker":{"link":"https://example.test/a.webp"} """, 200, 0 },
        { Bodies.HelloWorld, 200, 0 },
        { """ "type":"pin","pin":{"type":"pin","message_id":"wamid.x","expiration_days":30} """, 200, 0 },
        { """ "type":"pin","pin":{"type":"pin","message_id":"wamid.x","expiration_days":31} """, 400, 131009 },
        { """ "type":"pin","pin":{"type":"pin","message_id":"wamid.x","expiration_days":0} """, 400, 131009 },
        { """ "type":"pin","pin":{"type":"pin","message_id":"wamid.x"} """, 400, 100 },
        { """ "type":"pin","pin":{"type":"pin","expiration_days":7} """, 400, 100 },
        { """ "type":"pin","pin":{"type":"glue","message_id":"wamid.x"} """, 400, 131009 },
        { """ "type":"pin","pin":{"type":"unpin","message_id":"wamid.x"} """, 200, 0 },
        { Bodies.Buttons, 400, 131051 },
        { Bodies.List, 400, 131051 },
        { """ "type":"location","location":{"latitude":1,"longitude":2} """, 400, 131051 },
        { """ "type":"contacts","contacts":[{"name":{"formatted_name":"Ana","first_name":"Ana"}}] """, 400, 131051 },
        { """ "type":"reaction","reaction":{"message_id":"wamid.x","emoji":"x"} """, 400, 131051 },
        { """ "type":"template","template":{"name":"otp","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"123"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123"}]}]} """, 400, 131051 },
        { $$""" "type":"template","template":{"name":"cards","language":{"code":"en_US"},"components":[{"type":"carousel","cards":[{{Cards}}]}]} """, 400, 131051 },
        { """ "category":"utility","type":"text","text":{"body":"x"} """, 400, 100 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Send_InsideTheWindow_IsAnsweredAsInTheTable(string content, int status, int code)
    {
        await using var business = await OpenAsync();
        await business.Emulator.Customer(Ana).SaysInGroupAsync("hi", Id);

        var reply = await SendAsync(business, content);

        (reply.StatusCode, reply.Code ?? 0).Should().Be((status, code));
    }

    [Fact]
    public async Task Send_Text_AnswersWithTheGroupAndReachesEveryParticipant()
    {
        await using var business = await OpenAsync();
        await business.Emulator.Customer(Ana).SaysInGroupAsync("hi", Id);

        var reply = await SendAsync(business, Text);

        reply.Json.GetProperty("contacts")[0].GetRawText().Should().Be($$"""{"input":"{{Id}}","wa_id":"{{Id}}"}""");
        reply.Json.GetProperty("messages")[0].GetProperty("group_id").GetString().Should().Be(Id);
        foreach (var phone in (string[])[Ana, Ben])
        {
            var received = await business.Emulator.Customer(phone).NextAsync().WithinLimitAsync();
            (received.Id, received.Text, received.GroupId).Should().Be((reply.MessageId, "Driver arrives at 10.", Id));
        }
    }

    [Fact]
    public async Task Statuses_OfAGroup_AreOneOfTheGroupAndThenOneOfEachParticipant()
    {
        await using var business = await OpenAsync();
        await business.Emulator.Customer(Ana).SaysInGroupAsync("hi", Id);

        var id = (await SendAsync(business, Text)).MessageId;
        await business.SettleAsync();
        await business.Emulator.Customer(Ben).ReadsAsync();

        var webhooks = business.Statuses().Select(s => s.Value.GetProperty("statuses").EnumerateArray().ToList()).ToList();
        webhooks.Select(w => string.Join(' ', w.Select(s => $"{s.GetProperty("status")} {Participant(s)}"))).Should().Equal("sent ", $"delivered {Ana} delivered {Ben}", $"read {Ben}");
        webhooks.SelectMany(w => w).Should().OnlyContain(s =>
            s.GetProperty("id").GetString() == id && s.GetProperty("recipient_id").GetString() == Id && s.GetProperty("recipient_type").GetString() == "group");
        webhooks[1][1].GetProperty("recipient_participant_user_id").GetString().Should().Be(business.Emulator.Customer(Ben).UserId);
        webhooks[1][0].GetProperty("pricing").GetProperty("category").GetString().Should().Be("group_service");
        business.Statuses()[1].Value.GetProperty("contacts").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task Statuses_PhoneThatIsOff_HasItsDeliveryLater()
    {
        await using var business = await OpenAsync();
        await business.Emulator.Customer(Ana).SaysInGroupAsync("hi", Id);
        business.Emulator.Customer(Ben).IsOnline = false;

        await SendAsync(business, Text);
        await business.SettleAsync();
        business.Emulator.Customer(Ben).IsOnline = true;
        await business.SettleAsync();

        business.Statuses().Select(s => $"{s.Status.GetProperty("status")} {Participant(s.Status)}").Should().Equal("sent ", $"delivered {Ana}", $"delivered {Ben}");
    }

    [Fact]
    public async Task Pricing_FreeInTheWindow_IsThatOfGroups()
    {
        await using var business = await OpenAsync(o => o.StartsAt = new DateTimeOffset(2026, 9, 30, 0, 0, 0, TimeSpan.Zero));
        await business.Emulator.Customer(Ana).SaysInGroupAsync("hi", Id);

        await SendAsync(business, Text);
        await business.SettleAsync();

        var pricing = business.Statuses()[1].Status.GetProperty("pricing");
        (pricing.GetProperty("type").GetString(), pricing.GetProperty("billable").GetBoolean()).Should().Be(("free_group_customer_service", false));
    }

    [Fact]
    public async Task SaysInGroupAsync_Webhook_NamesTheGroup()
    {
        await using var business = await OpenAsync();

        var id = await business.Emulator.Customer(Ana).SaysInGroupAsync("hi", Id);

        var message = business.LastInbound().Message;
        (message.GetProperty("id").GetString(), message.GetProperty("from").GetString(), message.GetProperty("group_id").GetString()).Should().Be((id, Ana, Id));
    }

    [Fact]
    public async Task SendsInGroupAsync_File_NamesTheGroup()
    {
        await using var business = await OpenAsync();

        await business.Emulator.Customer(Ana).SendsInGroupAsync(new CustomerMedia { Type = "image", MimeType = "image/png", Bytes = new byte[] { 1 } }, Id);

        business.LastInbound().Message.GetProperty("group_id").GetString().Should().Be(Id);
    }

    [Fact]
    public async Task Window_OfTheGroup_IsItsOwnAndClosesAfter24Hours()
    {
        await using var business = await OpenAsync();
        (await SendAsync(business, Text)).Code.Should().Be(131047, "nobody wrote in the group");

        await business.Emulator.Customer(Ana).SaysAsync("to you alone");
        (await SendAsync(business, Text)).Code.Should().Be(131047, "a customer's own window is not the group's");

        await business.Emulator.Customer(Ben).SaysInGroupAsync("hi", Id);
        (await business.TextAsync("x", Ben)).Code.Should().Be(131047, "the group's window is not a customer's");
        business.Emulator.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        (await SendAsync(business, Text)).StatusCode.Should().Be(200);
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));
        (await SendAsync(business, Text)).Code.Should().Be(131047);
        (await SendAsync(business, Bodies.HelloWorld)).StatusCode.Should().Be(200, "a template needs no window");
    }

    [Fact]
    public async Task RefusalMode_Asynchronous_FailsForTheGroupAsAWhole()
    {
        await using var business = await OpenAsync(o => o.RefusalMode = RefusalMode.Asynchronous);

        (await SendAsync(business, Text)).StatusCode.Should().Be(200);
        await business.SettleAsync();

        var status = business.Statuses().Should().ContainSingle().Subject.Status;
        (status.GetProperty("status").GetString(), status.GetProperty("recipient_id").GetString(), Participant(status)).Should().Be(("failed", Id, ""));
        status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131047);
        business.Emulator.Customer(Ana).Received.Should().BeEmpty();
    }

    [Fact]
    public async Task QuotesAsync_MessageOfAGroup_AnswersInTheGroup()
    {
        await using var business = await OpenAsync();
        var id = (await SendAsync(business, Bodies.HelloWorld)).MessageId;
        await business.SettleAsync();

        await business.Emulator.Customer(Ben).QuotesAsync(id, "Thanks");

        business.LastInbound().Message.GetProperty("group_id").GetString().Should().Be(Id);
        (await SendAsync(business, Text)).StatusCode.Should().Be(200);
        (await business.TextAsync("x", Ben)).Code.Should().Be(131047);
    }

    [Theory]
    [InlineData("R3JvdXAtVHdv", 400, 131041)]
    [InlineData(Ana, 400, 131041)]
    public async Task Send_UnknownGroup_IsRefused(string to, int status, int code)
    {
        await using var business = await OpenAsync();

        var reply = await SendAsync(business, Text, to);

        (reply.StatusCode, reply.Code).Should().Be((status, code));
    }

    [Fact]
    public async Task Send_RecipientTypeThatDoesNotMatch_IsRefused()
    {
        await using var business = await OpenAsync();

        (await business.SendAsync(Business.Body(Id, Text))).Code.Should().Be(131009);
        (await business.SendAsync($$"""{"messaging_product":"whatsapp","recipient_type":"group","recipient":"{{Id}}",{{Text}}}""")).Code.Should().Be(100);
    }

    [Fact]
    public async Task Send_GroupOfAnotherNumber_IsRefused()
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.AddNumber(Business.Number);
            o.AddNumber("314159265358980", "dev", "15550009001", "Other");
        });
        business.Emulator.AddGroup(Id, [Ana], "314159265358980");

        var reply = await SendAsync(business, Text);

        (reply.StatusCode, reply.Code).Should().Be((500, 131000), "the number has no group at all");
    }

    [Fact]
    public async Task Send_Suspended_IsRefusedUntilItIsNot()
    {
        await using var business = await OpenAsync();
        var group = business.Emulator.AddGroup("R3JvdXAtVHdv", [Ana]);
        group.IsSuspended = true;

        (await SendAsync(business, Bodies.HelloWorld, group.Id)).Code.Should().Be(131207);
        group.IsSuspended = false;
        (await SendAsync(business, Bodies.HelloWorld, group.Id)).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task Send_NobodyElseInIt_IsRefused()
    {
        await using var business = await OpenAsync();
        var group = business.Emulator.AddGroup("R3JvdXAtVHdv", []);

        (await SendAsync(business, Bodies.HelloWorld, group.Id)).Code.Should().Be(131020);
    }

    [Fact]
    public async Task Send_PinToACustomer_IsRefused()
    {
        await using var business = await OpenAsync();
        await business.Emulator.Customer(Ana).SaysAsync("hi");

        (await business.SendAsync(Business.Body(Ana, """ "type":"pin","pin":{"type":"unpin","message_id":"wamid.x"} """))).Code.Should().Be(131051);
    }

    [Fact]
    public async Task Pinned_FourthMessage_TakesTheOldestOff()
    {
        await using var business = await OpenAsync();
        var group = business.Emulator.AddGroup("R3JvdXAtVHdv", [Ana]);
        await business.Emulator.Customer(Ana).SaysInGroupAsync("hi", group.Id);
        foreach (var (id, days) in new[] { ("wamid.a", 1), ("wamid.b", 30), ("wamid.c", 1), ("wamid.d", 30) })
        {
            (await SendAsync(business, $$""" "type":"pin","pin":{"type":"pin","message_id":"{{id}}","expiration_days":{{days}}} """, group.Id)).StatusCode.Should().Be(200);
        }

        group.Pinned.Should().Equal("wamid.b", "wamid.c", "wamid.d");
        await SendAsync(business, """ "type":"pin","pin":{"type":"unpin","message_id":"wamid.d"} """, group.Id);
        business.Emulator.Clock.Advance(TimeSpan.FromDays(1));
        group.Pinned.Should().Equal("wamid.b");
    }

    [Fact]
    public async Task MarkRead_MessageInAGroup_MarksThatMessageAlone()
    {
        await using var business = await OpenAsync();
        var ana = business.Emulator.Customer(Ana);
        await ana.SaysAsync("alone");
        var id = await ana.SaysInGroupAsync("in the group", Id);

        (await business.SendAsync($$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{id}}"}""")).StatusCode.Should().Be(200);

        var chat = (await business.GetAsync($"_emulator/customers/{Ana}/chat")).Json.GetProperty("messages").EnumerateArray();
        chat.Should().ContainSingle().Which.GetProperty("read").GetBoolean().Should().BeFalse("a receipt in a group is of one message");
    }

    [Fact]
    public async Task PairLimit_OfAGroup_IsItsOwn()
    {
        await using var business = await OpenAsync();
        var codes = new List<int?>();
        for (var i = 0; i < 46; i++)
        {
            codes.Add((await SendAsync(business, Bodies.HelloWorld)).Code);
        }

        codes[..45].Should().OnlyContain(code => code == null);
        codes[45].Should().Be(131056);
        (await business.SendAsync(Business.Body(Ana, Bodies.HelloWorld))).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task AddGroup_WrongOrTaken_Throws()
    {
        await using var business = await OpenAsync();

        foreach (var (id, participants) in new (string, string[])[] { (Id, []), ("", []), (Ana, []), ("US.123", []), ("a b", []), ("x", ["nobody"]), ("x", [.. Enumerable.Range(0, 9).Select(i => $"1555000100{i}")]) })
        {
            business.Emulator.Invoking(e => e.AddGroup(id, participants)).Should().Throw<ArgumentException>($"'{id}'");
        }

        var stranger = business.Emulator.Customer("15550007777");
        await stranger.Invoking(s => s.SaysInGroupAsync("hi", Id)).Should().ThrowAsync<InvalidOperationException>();
        await stranger.Invoking(s => s.SaysInGroupAsync("hi", "x")).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Groups_OverHttp_AreMadeSuspendedAndWrittenIn()
    {
        await using var business = await Business.OpenAsync();

        (await business.PostAsync("_emulator/groups", $$"""{"id":"{{Id}}","participants":["{{Ana}}","{{Ben}}"]}""")).StatusCode.Should().Be(200);
        (await business.PostAsync($"_emulator/customers/{Ana}/actions", $$"""{"action":"says","text":"hi","group":"{{Id}}"}""")).StatusCode.Should().Be(200);
        (await SendAsync(business, Text)).StatusCode.Should().Be(200);
        (await business.PostAsync($"_emulator/groups/{Id}", """{"suspended":true}""")).StatusCode.Should().Be(200);
        (await SendAsync(business, Text)).Code.Should().Be(131207);

        var group = (await business.GetAsync("_emulator/groups")).Json[0];
        group.GetProperty("participants").EnumerateArray().Select(p => p.GetString()).Should().Equal(Ana, Ben);
        group.GetProperty("window_closes").GetDateTimeOffset().Should().Be(Business.Start.AddHours(24));
        (await business.PostAsync("_emulator/groups", $$"""{"id":"{{Id}}","participants":[]}""")).Code.Should().Be(100);
        (await business.PostAsync("_emulator/groups", """{"id":"x","participants":"Ana"}""")).Code.Should().Be(100);
        (await business.PostAsync("_emulator/groups/none", """{"suspended":true}""")).Code.Should().Be(131041);
    }

    private static async Task<Business> OpenAsync(Action<EmulatorOptions>? configure = null)
    {
        var business = await Business.OpenAsync(o =>
        {
            o.AddTemplate(new EmulatedTemplate { Name = "otp", Language = "en_US", Category = "AUTHENTICATION", Components = Otp });
            o.AddTemplate(new EmulatedTemplate { Name = "cards", Language = "en_US", Category = "MARKETING", Components = Carousel });
            configure?.Invoke(o);
        });
        business.Emulator.AddGroup(Id, [Ana, Ben]);
        return business;
    }

    private static Task<Reply> SendAsync(Business business, string content, string to = Id) =>
        business.SendAsync($$"""{"messaging_product":"whatsapp","recipient_type":"group","to":"{{to}}",{{content}}}""");

    private static string Participant(JsonElement status) => status.TryGetProperty("recipient_participant_id", out var id) ? id.GetString()! : "";
}
