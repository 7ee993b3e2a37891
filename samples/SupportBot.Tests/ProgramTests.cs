using WhatsSession.Emulator;

namespace SupportBot.Tests;

/// <summary>The whole program against the emulator: signed webhooks come in, answers go out, and both share one clock.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Customer_WhoWrites_IsAnsweredAndAskedOnceMoreBeforeTheWindowCloses()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(Stop);
        await using var bot = new Bot(meta);
        var ana = meta.Customer("15550001234", "Ana");

        await ana.SaysAsync("Hello?", Stop);
        Assert.Equal("How can we help?", (await ana.NextAsync(Stop)).Text);

        await ana.TapsAsync("hours", Stop);
        Assert.Equal("We are here every day from 9:00 to 17:00 UTC.", (await ana.NextAsync(Stop)).Text);

        meta.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal("Can we help you with anything else today?", (await ana.NextAsync(Stop)).Text);
    }

    [Fact]
    public async Task Customer_WhoSendsAPlace_IsAskedForText()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(Stop);
        await using var bot = new Bot(meta);
        var ana = meta.Customer("15550001234", "Ana");

        await ana.SharesLocationAsync(new CustomerLocation(52.52, 13.405), Stop);

        Assert.Equal("Sorry, I can only read texts.", (await ana.NextAsync(Stop)).Text);
    }

    [Fact]
    public async Task Customer_WhoReacts_IsNotAnswered()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(Stop);
        await using var bot = new Bot(meta);
        var ana = meta.Customer("15550001234", "Ana");
        await ana.SaysAsync("Hello?", Stop);
        var menu = await ana.NextAsync(Stop);

        await ana.ReactsAsync(menu.Id, "👍", Stop);
        await ana.TapsAsync("hours", Stop);

        Assert.Equal("We are here every day from 9:00 to 17:00 UTC.", (await ana.NextAsync(Stop)).Text);
    }

    [Fact]
    public async Task Webhook_OfAStranger_IsRefused()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(Stop);
        await using var bot = new Bot(meta);
        using var http = bot.CreateClient();
        using var unsigned = new StringContent("""{"object":"whatsapp_business_account","entry":[]}""");

        using var answer = await http.PostAsync(new Uri("/whatsapp", UriKind.Relative), unsigned, Stop);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
