namespace WhatsSession.Emulator.Tests;

/// <summary>The sample of the package's README, with a business that answers every message with two buttons.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Sample_AsWritten_Runs()
    {
        await using var business = await Business.OpenAsync(o => o.AddTemplate("order_shipped", "en_US", bodyParameters: 1));
        var wa = business.Emulator;
        wa.ConnectWebhook(async (delivery, ct) =>
        {
            if (delivery.Body.Span.IndexOf("\"messages\":["u8) >= 0)
            {
                await business.SendAsync(Business.Body(Business.Phone, Bodies.Buttons));
            }

            return 200;
        });

        var ana = wa.Customer("15550001234", name: "Ana");
        await ana.SaysAsync("Where is my parcel?");
        ReceivedMessage answer = await ana.NextAsync();
        await ana.TapsAsync("slot-am");
        await wa.SettleAsync();
        wa.Clock.Advance(TimeSpan.FromHours(24));

        answer.Text.Should().Be("When?");
        (await business.TextAsync("too late")).Code.Should().Be(131047);
        (await business.SendAsync(Business.Body(Business.Phone, Bodies.Template("order_shipped", "4410")))).StatusCode.Should().Be(200);
    }
}
