using Microsoft.Playwright;

namespace WhatsSession.Emulator.Tests.Control;

/// <summary>A scripted person in Chromium plays the customer on the emulator's page.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task Person_TalksToABotOfTheSdk_SeesTheWindowClose()
    {
        Screen.SkipWithoutChromium();
        await using var wa = await WhatsAppEmulator.StartAsync();
        await using var bot = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", phoneNumberId: Business.Number, accessToken: "dev");
                o.AppSecret = "dev-secret";
                o.VerifyToken = "dev-verify";
                o.GraphBaseAddress = wa.BaseAddress;
            },
            b => b
                .OnMessage<TextReceived>(async (m, ct) => await m.ReplyAsync($"You said: {m.Message.Text}", ct))
                .OnMessage<ButtonReplied>(async (m, ct) => await m.ReplyAsync($"Good: {m.Message.Title}.", ct)));
        wa.ConnectWebhook(async (delivery, ct) => (await bot.AcceptAsync(delivery.Body, delivery.Signature, ct)).StatusCode);
        await using var screen = await Screen.OpenAsync(wa.BaseAddress);
        var page = screen.Page;

        await page.GetByLabel("Phone number").FillAsync("+1 555 000 1234");
        await page.GetByLabel("Name").FillAsync("Ana <b>Bold</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add customer" }).ClickAsync();
        await Assertions.Expect(page.Locator("#window")).ToHaveTextAsync("Window never opened: templates only");
        await page.GetByPlaceholder("Message").FillAsync("<script>alert(1)</script>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("#chat")).ToContainTextAsync("You said: <script>alert(1)</script>");
        await Assertions.Expect(page.Locator("#customers button")).ToContainTextAsync("Ana <b>Bold</b>");
        await Assertions.Expect(page.Locator("#window")).ToContainTextAsync("Window open for 23:");

        await SendAsync(wa, Bodies.Buttons);
        await SendAsync(wa, Bodies.List);
        await page.GetByRole(AriaRole.Button, new() { Name = "Morning" }).ClickAsync();
        await Assertions.Expect(page.Locator("#chat")).ToContainTextAsync("Good: Morning.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Harbour store" }).ClickAsync();
        await Assertions.Expect(page.Locator(".message.mine").Last).ToContainTextAsync("Harbour store");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "pixel.png", MimeType = "image/png", Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==") });
        await Assertions.Expect(page.Locator("#chat img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await screen.KeepAsync("conversation.png");

        await page.GetByRole(AriaRole.Button, new() { Name = "+24 h" }).ClickAsync();
        await Assertions.Expect(page.Locator("#window")).ToHaveTextAsync("Window closed: templates only");
        screen.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task Person_SwitchesFaults_TheyAreOn()
    {
        Screen.SkipWithoutChromium();
        await using var wa = await WhatsAppEmulator.StartAsync(o => o.WebhookUrl = new("http://127.0.0.1:1/down"));
        wa.Customer(Business.Phone, name: "Ana");
        await using var screen = await Screen.OpenAsync(wa.BaseAddress);
        var page = screen.Page;

        await page.GetByPlaceholder("Message").FillAsync("anyone?");
        await page.GetByPlaceholder("Message").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#target")).ToContainTextAsync("tried again");
        await Assertions.Expect(page.Locator("#webhooks")).ToContainTextAsync("no answer, 2 times");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Answers" }).SelectOptionAsync("bad_gateway_html");
        await page.GetByLabel("Webhooks come twice").CheckAsync();
        await page.GetByLabel("Stand still").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Unblock" })).ToHaveAttributeAsync("aria-pressed", "true");

        (wa.Faults.Response, wa.Faults.DuplicateWebhooks, wa.Clock.Frozen).Should().Be((ResponseFault.BadGatewayHtml, true, true));
        await screen.KeepAsync("faults.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "All off" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Webhooks come twice")).Not.ToBeCheckedAsync();
        wa.Faults.Response.Should().Be(ResponseFault.None);
        screen.Errors.Should().BeEmpty();
    }

    /// <summary>The page asks for the state at every change; here such an answer comes after a person's click and is older than the click.</summary>
    [Theory]
    [InlineData("Webhooks come twice", "**/_emulator/faults", false)]
    [InlineData("Stand still", "**/_emulator/clock/frozen*", true)]
    public async Task Person_ChecksABox_AnOlderAnswerDoesNotSetItBack(string label, string change, bool isChangeUnderWay)
    {
        Screen.SkipWithoutChromium();
        await using var wa = await WhatsAppEmulator.StartAsync();
        await wa.Customer(Business.Phone, name: "Ana").SaysAsync("hi");
        await using var screen = await Screen.OpenAsync(wa.BaseAddress);
        var page = screen.Page;
        var box = page.GetByLabel(label);
        await Assertions.Expect(box).Not.ToBeCheckedAsync();
        var (asked, sent) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (answer, accept) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/_emulator/state", async route =>
        {
            var response = await route.FetchAsync();
            asked.TrySetResult();
            await answer.Task;
            await route.FulfillAsync(new() { Response = response });
        });
        await page.RouteAsync(change, async route =>
        {
            var response = await route.FetchAsync();
            sent.TrySetResult();
            await accept.Task;
            await route.FulfillAsync(new() { Response = response });
        });

        await wa.Customer(Business.Phone).SaysAsync("still there?");
        await asked.Task.WithinLimitAsync();
        await box.CheckAsync();
        await sent.Task.WithinLimitAsync();
        if (!isChangeUnderWay)
        {
            await page.RunAndWaitForRequestFinishedAsync(() => Task.FromResult(accept.TrySetResult()), new() { Predicate = r => r.Method == "POST" });
        }

        // The page asks for the chat once it has shown the state.
        await page.RunAndWaitForRequestAsync(() => Task.FromResult(answer.TrySetResult()), r => r.Url.Contains("/chat", StringComparison.Ordinal));

        (await box.IsCheckedAsync()).Should().BeTrue();
        accept.TrySetResult();
        await Assertions.Expect(box).ToBeCheckedAsync();
        screen.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task Person_TapsACard_SeesItsAnswerAndWhatFails()
    {
        Screen.SkipWithoutChromium();
        await using var wa = await WhatsAppEmulator.StartAsync(o =>
        {
            o.WebhookUrl = new("http://127.0.0.1:1/down");
            o.AddTemplate(new EmulatedTemplate { Name = "soaps", Language = "en_US", Components = Bodies.CardTemplate });
        });
        await using var own = await HttpConsumer.StartAsync();
        wa.OverrideWebhook(Business.Number, own.Url);
        await wa.Customer(Business.Phone, name: "Ana").SaysAsync("hi");
        await wa.Customer(Business.Phone).StopsMarketingAsync();
        await SendAsync(wa, Bodies.CardsOfTemplate);
        await SendAsync(wa, Bodies.Cards);
        await using var screen = await Screen.OpenAsync(wa.BaseAddress);
        var page = screen.Page;

        await Assertions.Expect(page.Locator(".cards").First).ToContainTextAsync("Soap Rose for 3 euros");
        await Assertions.Expect(page.Locator("#target")).ToContainTextAsync("1 not answered with 200");
        await Assertions.Expect(page.Locator("#target")).ToContainTextAsync($"{Business.Number} to {own.Url}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take mint" }).ClickAsync();
        await Assertions.Expect(page.Locator(".message.mine").Last).ToContainTextAsync("Take mint");
        await page.Locator(".cards").First.GetByRole(AriaRole.Button, new() { Name = "Take" }).Last.ClickAsync();
        await Assertions.Expect(page.Locator(".message.mine")).ToHaveCountAsync(3);
        await screen.KeepAsync("cards.png");
        wa.Webhooks.Should().Contain(w => w.Json.Contains("\"payload\":\"pine\"", StringComparison.Ordinal));
        await page.SetViewportSizeAsync(500, 900);
        await screen.KeepAsync("narrow.png");
        screen.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task Template_ParameterOfItsHeaderWithDollars_IsShownAsItIs()
    {
        Screen.SkipWithoutChromium();
        await using var wa = await WhatsAppEmulator.StartAsync(o => o.AddTemplate(new EmulatedTemplate
        {
            Name = "price",
            Language = "en_US",
            Components = """[{"type":"HEADER","format":"TEXT","text":"It is {{1}}"},{"type":"BODY","text":"For today."}]""",
        }));
        await SendAsync(wa, """
            "type":"template","template":{"name":"price","language":{"code":"en_US"},"components":[{"type":"header","parameters":[{"type":"text","text":"US$$5 $&"}]}]}
            """);
        await using var screen = await Screen.OpenAsync(wa.BaseAddress);

        await Assertions.Expect(screen.Page.Locator(".message .head")).ToHaveTextAsync("It is US$$5 $&");
    }

    private static async Task SendAsync(WhatsAppEmulator wa, string content)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "dev");
        using var body = new StringContent(Business.Body(Business.Phone, content), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(wa.BaseAddress, $"v27.0/{Business.Number}/messages"), body);
        response.EnsureSuccessStatusCode();
    }
}
