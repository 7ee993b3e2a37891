using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Faults;

/// <summary>Each fails when its switch is ignored.</summary>
public sealed class WebhookFaultTests
{
    [Fact]
    public async Task DuplicateWebhooks_On_DeliversTwice()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.DuplicateWebhooks = true;

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        await business.SettleAsync();

        business.Webhooks.Should().HaveCount(2);
        business.Webhooks[0].Body.ToArray().Should().Equal(business.Webhooks[1].Body.ToArray());
    }

    [Fact]
    public async Task ReorderWebhooks_On_SwapsPairs()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.ReorderWebhooks = true;

        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        business.StatusNames().Should().Equal("delivered", "sent");
    }

    [Fact]
    public async Task ReorderWebhooks_NothingFollows_GoesASecondLater()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.ReorderWebhooks = true;

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        await business.SettleAsync();
        business.Webhooks.Should().BeEmpty();
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        await business.SettleAsync();

        business.Webhooks.Should().ContainSingle();
    }

    [Fact]
    public async Task WebhookDelay_Set_WaitsForTheClock()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.WebhookDelay = TimeSpan.FromHours(2);
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        business.Emulator.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        await business.SettleAsync();
        business.Webhooks.Should().BeEmpty();
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));
        await business.SettleAsync();

        business.LastInbound().Message.Text("timestamp").Should().Be(Business.Unix(Business.Start), "the message is as old as it is");
    }

    [Fact]
    public async Task HoldWebhooks_OnThenOff_ReleasesInOrder()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        business.Emulator.Faults.HoldWebhooks = true;
        await ana.SaysAsync("one");
        await ana.SaysAsync("two");
        await business.SettleAsync();
        business.Webhooks.Should().BeEmpty();

        business.Emulator.Faults.HoldWebhooks = false;
        await business.SettleAsync();

        business.Webhooks.Select(w => Encoding.UTF8.GetString(w.Body.Span)).Should().SatisfyRespectively(b => b.Should().Contain("\"one\""), b => b.Should().Contain("\"two\""));
    }

    [Fact]
    public async Task WebhookBatch_AThousandWait_GoTogether()
    {
        await using var business = await Business.OpenAsync();
        var ana = business.Emulator.Customer(Business.Phone);
        var bo = business.Emulator.Customer("15550004321");
        business.Emulator.Faults.HoldWebhooks = true;
        for (var i = 0; i < 501; i++)
        {
            await ana.SaysAsync($"a{i}");
            await bo.SaysAsync($"b{i}");
        }

        await business.SettleAsync(); // All of them wait in the pump.
        business.Emulator.Faults.WebhookBatch = 1000;
        business.Emulator.Faults.HoldWebhooks = false;
        await business.SettleAsync();

        var values = business.Webhooks.Select(w => ValueOf(w)).ToList();
        values.Sum(v => v.GetProperty("messages").GetArrayLength()).Should().Be(1002);
        values.Max(v => v.GetProperty("messages").GetArrayLength()).Should().Be(1000);
        values[0].GetProperty("contacts").GetArrayLength().Should().Be(2, "each customer is named once");
        business.Emulator.Tally.WebhooksDelivered.Should().Be(1002);
    }

    [Fact]
    public async Task WebhookBatch_MessagesAndStatuses_ShareAChange()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.HoldWebhooks = true;
        business.Emulator.Faults.WebhookBatch = 10;
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        await business.TextAsync("hello");
        business.Emulator.Faults.HoldWebhooks = false;
        await business.SettleAsync();

        var value = ValueOf(business.Webhooks.Should().ContainSingle().Subject);
        value.GetProperty("messages").GetArrayLength().Should().Be(1);
        value.GetProperty("statuses").EnumerateArray().Select(s => s.Text("status")).Should().Equal("sent", "delivered");
    }

    [Fact]
    public async Task WrongSignature_On_DoesNotVerify()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.WrongSignature = true;

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        var webhook = business.Webhooks[0];
        webhook.Signature.Should().HaveLength(71).And.NotBe("sha256=" + Convert.ToHexString(HMACSHA256.HashData("dev-secret"u8, webhook.Body.Span)).ToLowerInvariant());
    }

    [Fact]
    public async Task UnknownTypes_On_NobodyKnowsTheMessageNorTheField()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.UnknownTypes = true;

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        business.LastInbound().Message.Text("type").Should().Be("emulator_unknown");
        using var document = JsonDocument.Parse(business.Webhooks[0].Body);
        document.RootElement.GetProperty("entry")[0].GetProperty("changes")[1].Text("field").Should().Be("emulator_unknown");
    }

    [Fact]
    public async Task UnknownFields_On_EveryObjectHasOneMore()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.UnknownFields = true;

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        var (message, value) = business.LastInbound();
        message.TryGetProperty("emulator_unknown", out _).Should().BeTrue();
        value.TryGetProperty("emulator_unknown", out _).Should().BeTrue();
        message.GetProperty("text").Text("body").Should().Be("hi");
    }

    [Fact]
    public async Task ClockSkew_Set_ShiftsWebhooksAndTheDateAlike()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.ClockSkew = TimeSpan.FromMinutes(3);
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        var reply = await business.TextAsync("hello");

        business.LastInbound().Message.Text("timestamp").Should().Be(Business.Unix(Business.Start.AddMinutes(3)));
        reply.Date.Should().Be(Business.Start.AddMinutes(3));
        business.Emulator.Clock.GetUtcNow().Should().Be(Business.Start);
    }

    [Fact]
    public async Task ClockSkew_Set_ShiftsStatusesToo()
    {
        await using var business = await Business.OpenAsync();
        business.Emulator.Faults.ClockSkew = TimeSpan.FromMinutes(-3);

        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        await business.SettleAsync();

        business.Statuses().Should().OnlyContain(s => s.Status.GetProperty("timestamp").GetString() == Business.Unix(Business.Start.AddMinutes(-3)));
    }

    /// <summary>Meta closes the window by its own clock, whatever that of the business says.</summary>
    [Fact]
    public async Task ClockSkew_AheadOfTheBusiness_ClosesTheWindowEarlier()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Faults.ClockSkew = TimeSpan.FromMinutes(3);

        business.Emulator.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(3) - TimeSpan.FromTicks(1));
        var before = await business.TextAsync("still in time");
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));

        (before.StatusCode, (await business.TextAsync("too late")).Code).Should().Be((200, 131047));
    }

    [Fact]
    public async Task Switches_ValueOutOfRange_Throws()
    {
        await using var business = await Business.OpenAsync();
        var faults = business.Emulator.Faults;

        faults.Invoking(f => f.WebhookBatch = 0).Should().Throw<ArgumentOutOfRangeException>();
        faults.Invoking(f => f.WebhookBatch = 1001).Should().Throw<ArgumentOutOfRangeException>();
        faults.Invoking(f => f.WebhookDelay = TimeSpan.FromTicks(-1)).Should().Throw<ArgumentOutOfRangeException>();
        faults.Invoking(f => f.ResponseDelay = TimeSpan.FromTicks(-1)).Should().Throw<ArgumentOutOfRangeException>();
        faults.Invoking(f => f.FailNext(ResponseFault.ServerError, -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static JsonElement ValueOf(WebhookDelivery webhook)
    {
        using var document = JsonDocument.Parse(webhook.Body);
        return document.RootElement.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value").Clone();
    }
}
