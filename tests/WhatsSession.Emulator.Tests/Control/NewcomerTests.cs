using Microsoft.Playwright;

namespace WhatsSession.Emulator.Tests.Control;

/// <summary>The first hour of somebody new, on the emulator's page: a bot that follows the emulator's clock, and what the page shows of it.</summary>
public sealed class NewcomerTests
{
    private const string Text = """
        "type":"text","text":{"body":"Are you there?"}
        """;

    private const string Order = """
        "type":"template","template":{"name":"order_shipped","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"42"}]}]}
        """;

    [Fact]
    public async Task Newcomer_PlaysADay_SeesTheAlertAndWhyARequestWasRefused()
    {
        Screen.SkipWithoutChromium();
        await using var wa = await WhatsAppEmulator.StartAsync(o =>
        {
            o.StartsAt = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
            o.AddTemplate(new EmulatedTemplate { Name = "order_shipped", Language = "en_US", Body = "Order *{{1}}* is on its way." });
        });
        await using var bot = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", phoneNumberId: Business.Number, accessToken: "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = wa.BaseAddress;
            },
            b =>
            {
                b.Services.AddEmulatorClock(wa.BaseAddress);
                b.OnMessage<TextReceived>((m, ct) => m.ReplyAsync($"You said: {m.Message.Text}", ct))
                    .OnWindowClosing(before: TimeSpan.FromHours(1), (w, ct) => w.ReplyAsync("Anything else today?", ct));
            });
        wa.ConnectWebhook(async (post, ct) => (await bot.AcceptAsync(post.Body, post.Signature, ct)).StatusCode);
        wa.Customer(Business.Phone, name: "Ana");
        await using var screen = await Screen.OpenAsync(wa.BaseAddress);
        var (page, chat) = (screen.Page, screen.Page.Locator("#chat"));
        await Assertions.Expect(page.Locator("#requests")).ToContainTextAsync("None yet");

        await page.GetByPlaceholder("Message").FillAsync("*Hello* https://example.com/a?b=1, <i>_there_</i>");
        await page.GetByPlaceholder("Message").PressAsync("Enter");
        await Assertions.Expect(chat).ToContainTextAsync("You said: Hello https://example.com/a?b=1, <i>there</i>");
        await Assertions.Expect(page.Locator(".message.mine strong")).ToHaveTextAsync("Hello");
        await Assertions.Expect(page.Locator(".message.mine a")).ToHaveAttributeAsync("href", "https://example.com/a?b=1");
        await Assertions.Expect(page.Locator(".message i")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#requests li").First).ToContainTextAsync("text to Anaaccepted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Quote" }).ClickAsync();
        await page.GetByPlaceholder("Message").FillAsync("Really?");
        await page.GetByPlaceholder("Message").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".message.mine .quote")).ToContainTextAsync("You said: *Hello*");
        await page.GetByRole(AriaRole.Button, new() { Name = "React with \u2764" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".reactions")).ToHaveTextAsync("\u2764\uFE0F");
        await page.GetByRole(AriaRole.Button, new() { Name = "Share contact" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(chat).ToContainTextAsync("Maria Silva");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call, missed" }).ClickAsync();
        await Assertions.Expect(page.Locator("#webhooks")).ToContainTextAsync("calls:terminate");

        await page.GetByRole(AriaRole.Button, new() { Name = "+23 h" }).ClickAsync();
        await Assertions.Expect(chat).ToContainTextAsync("Anything else today?");
        await Assertions.Expect(page.Locator(".day")).ToHaveTextAsync(["Mon, 23 Nov 2026", "Tue, 24 Nov 2026"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "+1 h", Exact = true }).ClickAsync();
        await SendAsync(wa, Text);
        await Assertions.Expect(page.Locator("#requests li").First).ToContainTextAsync("refused, 131047More than 24 hours have passed");
        await SendAsync(wa, Order);
        await Assertions.Expect(page.Locator(".message.template")).ToContainTextAsync("Template order_shipped, en_USOrder 42 is on its way.");
        await screen.KeepAsync("newcomer.png");

        await page.Locator("#requests li").Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("#json-reason")).ToContainTextAsync("More than 24 hours");
        await Assertions.Expect(page.Locator("#json-text")).ToContainTextAsync("\"messaging_product\": \"whatsapp\"");
        await screen.KeepAsync("json.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await SendAsync(wa, Text, to: "<b>nobody</b>");
        await Assertions.Expect(page.Locator("#requests li").First).ToContainTextAsync("text to <b>nobody</b>");
        await Assertions.Expect(page.Locator("#requests b")).ToHaveCountAsync(0);
        await page.GetByLabel("Limits on").UncheckAsync();
        await Assertions.Expect(page.GetByLabel("Limits on")).Not.ToBeCheckedAsync();
        screen.Errors.Should().BeEmpty();
    }

    private static async Task SendAsync(WhatsAppEmulator wa, string content, string to = Business.Phone)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "dev");
        using var body = new StringContent(Business.Body(to, content), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(wa.BaseAddress, $"v27.0/{Business.Number}/messages"), body);
    }
}
