using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Accounts;

/// <summary>What an account may send, whatever the window: restrictions, the messaging limit, Direct Send.</summary>
public sealed class AccountTests
{
    private const string Answering = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING";
    private const string Initiating = "RESTRICTED_BIZ_INITIATED_MESSAGING";
    private const string DirectSending = "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES";

    private const string Text = """ "text":{"body":"x"} """;
    private const string DirectSend = """ "category":"utility","text":{"body":"x"} """;

    /// <summary>Codes of …/support/error-codes, 12 December 2025, and …/direct-send, 31 July 2026: 0 for accepted.</summary>
    [Theory]
    [InlineData(Answering, true, Text, 403, 368)]
    [InlineData(Answering, true, Bodies.HelloWorld, 403, 368)]
    [InlineData(Answering, false, Bodies.HelloWorld, 200, 0)]
    [InlineData(Initiating, true, Text, 200, 0)]
    [InlineData(Initiating, false, Bodies.HelloWorld, 403, 368)]
    [InlineData(Initiating, false, DirectSend, 403, 368)]
    [InlineData(DirectSending, false, DirectSend, 400, 139200)]
    [InlineData(DirectSending, true, DirectSend, 400, 139200)]
    [InlineData(DirectSending, true, Text, 200, 0)]
    [InlineData("RESTRICTED_OTHERWISE", false, DirectSend, 200, 0)]
    public async Task Restriction_EachKind_RefusesItsMessagesUntilItExpires(string kind, bool insideWindow, string content, int status, int code)
    {
        await using var business = await Business.OpenAsync();
        if (insideWindow)
        {
            await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        }

        await business.Emulator.RestrictAsync(kind, TimeSpan.FromHours(1));

        var during = await business.SendAsync(Business.Body(Business.Phone, content));
        business.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        var after = await business.SendAsync(Business.Body(Business.Phone, content));

        (during.StatusCode, during.Code ?? 0, after.StatusCode).Should().Be((status, code, 200));
    }

    [Fact]
    public async Task Restriction_Told_NamesKindAndExpiry()
    {
        await using var business = await Business.OpenAsync();

        await business.PostAsync("_emulator/restrictions", $$"""{"kind":"{{Answering}}","lasting":3600}""");

        using var document = JsonDocument.Parse(business.Webhooks.Should().ContainSingle().Subject.Body);
        var change = document.RootElement.GetProperty("entry")[0].GetProperty("changes")[0];
        change.Text("field").Should().Be("account_update");
        change.GetProperty("value").GetRawText().Should().Be(
            $$"""{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"{{Answering}}","expiration":{{Business.Unix(Business.Start.AddHours(1))}}}]}""");
    }

    [Theory]
    [InlineData("""{"kind":"X"}""")]
    [InlineData("""{"kind":"X","lasting":0}""")]
    [InlineData("""{"lasting":1}""")]
    public async Task Restriction_OverHttpIncomplete_IsRefused(string json)
    {
        await using var business = await Business.OpenAsync();

        (await business.PostAsync("_emulator/restrictions", json)).StatusCode.Should().Be(400);
        business.Webhooks.Should().BeEmpty();
    }

    [Fact]
    public async Task MessagingLimit_OneCustomerTooMany_IsRefusedUntilADayHasPassed()
    {
        await using var business = await Business.OpenAsync(o => o.MessagingLimit = 2);
        var hello = (string phone) => business.SendAsync(Business.Body(phone, Bodies.HelloWorld));
        await business.Emulator.Customer("15550000004").SaysAsync("hi");

        (await hello("15550000001")).StatusCode.Should().Be(200);
        (await hello("15550000002")).StatusCode.Should().Be(200);
        (await hello("15550000001")).StatusCode.Should().Be(200, "the same customer counts once");
        (await hello("15550000003")).Code.Should().Be(131048);
        (await hello("15550000004")).StatusCode.Should().Be(200, "an answer inside the window does not count");
        business.Emulator.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        (await hello("15550000003")).Code.Should().Be(131048);
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));
        (await hello("15550000003")).StatusCode.Should().Be(200);
    }

    [Theory]
    [InlineData(null, "TIER_UNLIMITED")]
    [InlineData(250, "TIER_250")]
    [InlineData(2000, "TIER_2K")]
    [InlineData(100_000, "TIER_100K")]
    public async Task MessagingLimit_Asked_IsNamedAsATier(int? limit, string tier)
    {
        await using var business = await Business.OpenAsync(o => o.MessagingLimit = limit);

        var number = await business.GetAsync($"v27.0/{Business.Number}?fields=whatsapp_business_manager_messaging_limit");

        number.Json.Text("whatsapp_business_manager_messaging_limit").Should().Be(tier);
    }

    [Fact]
    public async Task DirectSend_NotEligible_IsRefused()
    {
        await using var business = await Business.OpenAsync(o => o.DirectSend = false);

        (await business.SendAsync(Business.Body(Business.Phone, DirectSend))).Code.Should().Be(100);
    }
}
