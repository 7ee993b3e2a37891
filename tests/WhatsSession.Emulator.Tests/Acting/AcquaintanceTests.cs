namespace WhatsSession.Emulator.Tests.Acting;

/// <summary>Who has written to whom, who only was looked at, and who is gone.</summary>
public sealed class AcquaintanceTests
{
    [Fact]
    public async Task Looking_AtCustomersAndChats_ChangesNothing()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);

        var stranger = await business.GetAsync("_emulator/customers/15550004321/chat");
        await business.GetAsync($"_emulator/customers/{Business.Phone}/chat");
        var all = await business.GetAsync("_emulator/customers");
        await ana.ChangesNumberAsync("15550007777");

        (stranger.StatusCode, all.Json.GetArrayLength()).Should().Be((404, 1));
        business.Emulator.Webhooks.Should().BeEmpty("nobody wrote to anybody");
    }

    [Fact]
    public async Task ChangesNumber_AfterARefusedSend_TellsNobody()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);

        (await business.TextAsync("refused")).Code.Should().Be(131047);
        await ana.ChangesNumberAsync("15550007777");

        business.Emulator.Webhooks.Should().BeEmpty();
    }

    [Fact]
    public async Task ChangesNumber_AfterATemplate_TellsTheSender()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);

        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();
        await ana.ChangesNumberAsync("15550007777");

        business.Emulator.Webhooks.Select(w => w.Kind).Should().Equal("status:sent", "status:delivered", "message:system");
    }

    public static TheoryData<string, Func<EmulatedCustomer, Task>> Actions => new()
    {
        { "says", c => c.SaysAsync("hi") },
        { "calls", c => c.CallsAsync(answered: true) },
        { "stops marketing", c => c.StopsMarketingAsync() },
        { "reads", c => c.ReadsAsync() },
        { "changes number", c => c.ChangesNumberAsync("15550007777") },
        { "hides phone", c => Task.Run(() => c.HidesPhoneBehind("ana")) },
        { "leaves", c => Task.Run(c.Leaves) },
    };

    [Theory]
    [MemberData(nameof(Actions), DisableDiscoveryEnumeration = true)]
    public async Task Left_AnyAction_IsRefusedAndSparesTheNextOwner(string name, Func<EmulatedCustomer, Task> action)
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone, "Ana");
        ana.Leaves();
        var bo = business.Emulator.Customer(Business.Phone, "Bo");

        await action.Awaiting(a => a(ana)).Should().ThrowAsync<InvalidOperationException>(name).WithMessage("*left*");

        business.Emulator.Customer(Business.Phone).Should().BeSameAs(bo);
        (bo.Name, bo.HidesPhone, bo.Phone).Should().Be(("Bo", false, Business.Phone));
        business.Emulator.Webhooks.Should().BeEmpty();
    }

    [Fact]
    public async Task MarkAsRead_AMessage_MarksTheEarlierOnesOfTheThread()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("one");
        var two = await ana.SaysAsync("two");
        await ana.SaysAsync("three");

        await business.SendAsync($$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{two}}"}""");

        var chat = (await business.GetAsync($"_emulator/customers/{Business.Phone}/chat")).Json.GetProperty("messages");
        chat.EnumerateArray().Select(m => m.GetProperty("read").GetBoolean()).Should().Equal(true, true, false);
    }

    [Fact]
    public async Task AllowedRecipients_ByUserId_CountsThePhone()
    {
        await using var business = await Business.OpenAsync(o => o.AddNumber(new EmulatedNumber { Id = Business.Number, AllowedRecipients = [Business.Phone] }));
        var ana = business.Emulator.Customer(Business.Phone);
        var bo = business.Emulator.Customer("15550004321");

        var allowed = await SendAsync(ana.UserId);
        var stranger = await SendAsync(bo.UserId);
        var unknown = await SendAsync("US.42");

        (allowed.StatusCode, stranger.Code, unknown.Code).Should().Be((200, 131030, 131030));

        Task<Reply> SendAsync(string userId) => business.SendAsync($$"""{"messaging_product":"whatsapp","recipient":"{{userId}}",{{Bodies.HelloWorld}}}""");
    }

    [Theory]
    [InlineData("12025550123", "failed")]
    [InlineData("15550001234", "sent")]
    [InlineData("491701234567", "sent")]
    public async Task Marketing_ToTheUnitedStates_FailsWith131049(string phone, string status)
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("promo", "en_US", bodyParameters: 0, category: "MARKETING"));

        var marketing = await business.SendAsync(Business.Body(phone, Bodies.Template("promo")));
        await business.SendAsync(Business.Body("447700900123", Bodies.HelloWorld));
        await business.SettleAsync();

        marketing.StatusCode.Should().Be(200);
        var first = business.Statuses()[0].Status;
        first.Text("status").Should().Be(status);
        (!first.TryGetProperty("errors", out var errors) || errors[0].GetProperty("code").GetInt32() == 131049).Should().BeTrue();
    }

    [Fact]
    public async Task Plays_AVoiceNote_IsReadThenPlayedOnce()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        await ana.SaysAsync("hi");
        var note = (await business.UploadAsync([.. "OggS"u8], "audio/ogg")).Json.Text("id");
        var song = (await business.UploadAsync([1, 2, 3], "audio/mpeg")).Json.Text("id");
        var voice = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"audio","audio":{"id":"{{note}}","voice":true} """));
        var music = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"audio","audio":{"id":"{{song}}"} """));
        var wrong = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"audio","audio":{"id":"{{song}}","voice":true} """));
        await business.SettleAsync();

        await ana.PlaysAsync(voice.MessageId);
        await ana.PlaysAsync(voice.MessageId);

        business.Statuses().Where(s => s.Status.Text("id") == voice.MessageId).Select(s => s.Status.Text("status")).Should().Equal("sent", "delivered", "read", "played");
        business.Statuses()[^1].Status.TryGetProperty("pricing", out _).Should().BeFalse();
        business.Statuses().Single(s => s.Status.Text("id") == wrong.MessageId).Status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131053);
        await ana.Awaiting(a => a.PlaysAsync(music.MessageId)).Should().ThrowAsync<InvalidOperationException>();
    }
}
