using WhatsSession.Testing;

namespace SupportBot.Tests;

/// <summary>The handler over the real SDK, with a clock of the test's own and a recorder in place of Meta.</summary>
public sealed class SupportHandlerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_OfACustomer_GetsTheMenu()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(static b => b.AddHandler<SupportHandler>(), Stop);

        await whatsApp.ReceiveAsync(Events.Text("Hello?"), Stop);

        var menu = Assert.Single(whatsApp.Sent);
        Assert.Equal("interactive", menu.Type);
        var buttons = menu.Json.GetProperty("interactive").GetProperty("action").GetProperty("buttons").EnumerateArray();
        Assert.Equal(["hours", "person"], buttons.Select(static button => button.GetProperty("reply").GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("hours", 0, "We are here every day from 9:00 to 17:00 UTC.")]
    [InlineData("person", 0, "A colleague will write to you in a few minutes.")]
    [InlineData("person", 5, "We are closed now. A colleague will write to you after 9:00 UTC.")]
    [InlineData("gone", 0, "That button is old. Write to us and you will get a new menu.")]
    public async Task Tap_OnTheMenu_GetsItsAnswer(string buttonId, int hoursAfterNoon, string answer)
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(static b => b.AddHandler<SupportHandler>(), Stop);
        await whatsApp.AdvanceAsync(TimeSpan.FromHours(hoursAfterNoon), Stop);

        await whatsApp.ReceiveAsync(Events.ButtonReply(buttonId, "Tap", new EventOrigin { At = whatsApp.Now }), Stop);

        Assert.Equal(answer, Assert.Single(whatsApp.Sent).Text);
    }
}
