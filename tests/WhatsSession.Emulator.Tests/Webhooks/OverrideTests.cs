namespace WhatsSession.Emulator.Tests.Webhooks;

/// <summary>A number's callback goes before its account's, and that before the app's.</summary>
public sealed class OverrideTests
{
    [Fact]
    public async Task Override_NumberAndAccount_NumberThenAccountThenApp()
    {
        await using var app = await HttpConsumer.StartAsync();
        await using var account = await HttpConsumer.StartAsync();
        await using var number = await HttpConsumer.StartAsync();
        await using var emulator = await WhatsAppEmulator.StartAsync(o =>
        {
            o.WebhookUrl = app.Url;
            o.AddNumber(new EmulatedNumber { Id = "111", DisplayPhoneNumber = "15550009001", BusinessAccountId = "10" });
            o.AddNumber(new EmulatedNumber { Id = "112", DisplayPhoneNumber = "15550009002", BusinessAccountId = "10" });
            o.AddNumber(new EmulatedNumber { Id = "113", DisplayPhoneNumber = "15550009003", BusinessAccountId = "20" });
        });
        emulator.OverrideWebhook("10", account.Url);
        emulator.OverrideWebhook("111", number.Url);
        var ana = emulator.Customer(Business.Phone);

        await ana.SaysAsync("to 111", toNumber: "111");
        await ana.SaysAsync("to 112", toNumber: "112");
        await ana.SaysAsync("to 113", toNumber: "113");
        await ana.StopsMarketingAsync(toNumber: "111");

        (number.Requests.Count, account.Requests.Count, app.Requests.Count).Should().Be((1, 1, 2), "an override is for messages alone");
        emulator.OverrideWebhook("111", null);
        await ana.SaysAsync("again", toNumber: "111");
        account.Requests.Should().HaveCount(2);
        emulator.Invoking(e => e.OverrideWebhook("999", null)).Should().Throw<ArgumentException>().WithMessage("'999'*");
    }

    [Theory]
    [InlineData("dev-verify", 200)]
    [InlineData("wrong", 400)]
    public async Task Override_OverTheApi_AsksForTheChallengeFirst(string token, int status)
    {
        await using var business = await Business.OpenAsync();
        await using var consumer = await HttpConsumer.StartAsync();

        var number = await business.PostAsync($"v27.0/{Business.Number}", $$"""{"webhook_configuration":{"override_callback_uri":"{{consumer.Url}}","verify_token":"{{token}}"} }""");
        var account = await business.PostAsync("v27.0/271828182845904/subscribed_apps", $$"""{"override_callback_uri":"{{consumer.Url}}","verify_token":"{{token}}"}""");
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        (number.StatusCode, account.StatusCode).Should().Be((status, status));
        consumer.Requests.Should().HaveCount(status == 200 ? 1 : 0);
        var callbacks = (await business.GetAsync($"v27.0/{Business.Number}?fields=webhook_configuration")).Json.GetProperty("webhook_configuration");
        callbacks.Text("phone_number").Should().Be(status == 200 ? consumer.Url.AbsoluteUri : null);
    }

    [Fact]
    public async Task Override_EmptyUrlOrNone_GoesBackToTheApp()
    {
        await using var business = await Business.OpenAsync();
        await using var consumer = await HttpConsumer.StartAsync();
        business.Emulator.OverrideWebhook(Business.Number, consumer.Url);
        business.Emulator.OverrideWebhook("271828182845904", consumer.Url);

        (await business.PostAsync($"v27.0/{Business.Number}", """{"webhook_configuration":{"override_callback_uri":""}}""")).StatusCode.Should().Be(200);
        (await business.PostAsync("v27.0/271828182845904/subscribed_apps", "{}")).StatusCode.Should().Be(200);
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        consumer.Requests.Should().BeEmpty();
        business.Webhooks.Should().ContainSingle();
    }
}
