namespace WhatsSession.Emulator.Tests.Journal;

public sealed class JournalTests
{
    [Fact]
    public async Task Tally_TakenTwice_IsEqualUntilSomethingHappens()
    {
        await using var business = await Business.OpenAsync();
        var before = business.Emulator.Tally;

        business.Emulator.Tally.Should().Be(before, "who waits until all is quiet compares two");
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Tally.Should().NotBe(before);
    }

    [Fact]
    public async Task Requests_AcceptedAndRefused_AreLogged()
    {
        await using var business = await Business.OpenAsync();
        var accepted = await business.SendAsync(Business.Body("+" + Business.Phone, Bodies.HelloWorld));
        business.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        await business.TextAsync("hello");

        var log = business.Emulator.Requests;

        log[0].Should().BeEquivalentTo(new LoggedRequest
        {
            Sequence = 1,
            At = Business.Start,
            Method = "POST",
            Path = "/v27.0/314159265358979/messages",
            NumberId = Business.Number,
            To = "+15550001234",
            Type = "template",
            StatusCode = 200,
            MessageId = accepted.MessageId,
            Json = Business.Body("+" + Business.Phone, Bodies.HelloWorld),
        });
        (log[1].Sequence, log[1].At, log[1].StatusCode, log[1].ErrorCode, log[1].MessageId).Should().Be((2, Business.Start.AddHours(1), 400, 131047, null));
    }

    [Fact]
    public async Task JournalLength_Reached_TheOldestGoAndTheCountsStay()
    {
        await using var business = await Business.OpenAsync(o => o.JournalLength = 3);
        for (var i = 0; i < 5; i++)
        {
            await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        }

        await business.SettleAsync();

        business.Emulator.Requests.Select(r => r.Sequence).Should().Equal(3, 4, 5);
        business.Emulator.Webhooks.Should().HaveCount(3).And.OnlyContain(w => w.StatusCode == 200);
        business.Emulator.Tally.Should().Match<EmulatorTally>(t => t.Requests == 5 && t.Accepted == 5 && t.Statuses == 10 && t.WebhooksDelivered == 10);
    }

    [Fact]
    public async Task Pages_OverHttp_ShowTheSame()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        var reply = await business.TextAsync("hello");
        await business.SettleAsync();

        var requests = await business.GetAsync("_emulator/requests");
        var webhooks = await business.GetAsync("_emulator/webhooks");
        var tally = await business.GetAsync("_emulator/tally");

        requests.Json[0].Text("message_id").Should().Be(reply.MessageId);
        requests.Json[0].GetProperty("error_code").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        webhooks.Json.EnumerateArray().Select(w => w.Text("kind")).Should().Equal("message:text", "status:sent", "status:delivered");
        tally.Json.GetRawText().Should().Be("""{"requests":1,"accepted":1,"refused":0,"templates_accepted":0,"inbound_messages":1,"statuses":2,"webhooks_delivered":3}""");
        business.Emulator.Requests.Should().ContainSingle("the pages are not part of the Graph API");
    }

    [Theory]
    [InlineData("PT1H", 3600)]
    [InlineData("90", 90)]
    [InlineData("0.5", 0.5)]
    public async Task Clock_AdvancedOverHttp_Moves(string by, double seconds)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.PostAsync("_emulator/clock/advance?by=" + by);

        reply.Json.GetProperty("now").GetDateTimeOffset().Should().Be(Business.Start.AddSeconds(seconds));
        (await business.GetAsync("_emulator/clock")).Json.GetProperty("frozen").GetBoolean().Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("?by=soon")]
    [InlineData("?by=-5")]
    [InlineData("?by=NaN")]
    [InlineData("?by=1e300")]
    [InlineData("?by=P9999Y")]
    public async Task Clock_AdvancedByNonsense_IsAnError(string query)
    {
        await using var business = await Business.OpenAsync();

        (await business.PostAsync("_emulator/clock/advance" + query)).StatusCode.Should().Be(400);
        business.Emulator.Clock.GetUtcNow().Should().Be(Business.Start);
    }

    [Fact]
    public async Task Pages_UnknownOne_Is404()
    {
        await using var business = await Business.OpenAsync();

        (await business.GetAsync("_emulator/nothing")).StatusCode.Should().Be(404);
    }

    [Fact]
    public async Task Request_Refused_HasTheReasonInProcessAndOverHttp()
    {
        await using var business = await Business.OpenAsync();
        await business.TextAsync("hello?");
        await business.SendAsync("{}");

        var first = await business.GetAsync("_emulator/requests/1");
        var state = (await business.GetAsync("_emulator/state")).Json;

        first.Json.Text("reason").Should().Be("More than 24 hours have passed since the recipient last replied.");
        first.Json.Text("json").Should().Contain("hello?");
        business.Emulator.Requests.Select(r => (r.Sequence, r.ErrorCode, r.Reason is null)).Should().Equal((1, 131047, false), (2, 100, false));
        state.GetProperty("requests").EnumerateArray().Select(r => r.GetProperty("sequence").GetInt32()).Should().Equal(2, 1);
        state.GetProperty("requests")[0].TryGetProperty("json", out _).Should().BeFalse();
    }

    [Fact]
    public async Task RequestAndWebhook_BySequence_AreThatOneOr404()
    {
        await using var business = await Business.OpenAsync(o => o.JournalLength = 1);
        await business.Emulator.Customer(Business.Phone).SaysAsync("one");
        await business.Emulator.Customer(Business.Phone).SaysAsync("two");
        await business.TextAsync("answer");

        (await business.GetAsync("_emulator/requests/1")).Json.GetProperty("reason").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        var latest = business.Emulator.Webhooks.Single();
        (await business.GetAsync($"_emulator/webhooks/{latest.Sequence}")).Json.Text("json").Should().Be(latest.Json);
        foreach (var unknown in new[] { "webhooks/1", "webhooks/x", "requests/2", "requests/-1", "others/1" })
        {
            (await business.GetAsync("_emulator/" + unknown)).StatusCode.Should().Be(404, unknown);
        }
    }
}
