namespace WhatsSession.Emulator.Tests;

public sealed class EmulatorOptionsTests
{
    public static TheoryData<Action<EmulatorOptions>, string> Wrong => new()
    {
        { o => o.AddNumber("12ab"), "*'12ab'*" },
        { o => o.AddNumber("1", "", "15550009000", "x"), "*empty access token*" },
        { o => o.AddNumber("1", "dev", "phone", "x"), "*'phone'*" },
        { o => { o.AddNumber("1"); o.AddNumber("1"); }, "*added before*" },
        { o => o.AddTemplate("", "en_US", 0), "*needs a name*" },
        { o => o.AddTemplate("x", "en_US", 0, "SERVICE"), "*'SERVICE'*" },
        { o => o.AddTemplate(new EmulatedTemplate { Name = "x", Language = "en", BodyParameters = 1, ParameterFormat = "NAMED" }), "*no components that name them*" },
        { o => o.AddTemplate("x", "en", 2, "AUTHENTICATION"), "*one parameter, the code*" },
        { o => o.AddTemplate(new EmulatedTemplate { Name = "x", Language = "en", Category = "AUTHENTICATION", QuickReplies = ["Yes"] }), "*no quick replies*" },
        { o => o.AppSecret = "", "*AppSecret is empty*" },
        { o => o.JournalLength = 0, "*JournalLength (0)*" },
        { o => o.FreeEntryPoint = TimeSpan.FromHours(71), "*FreeEntryPoint (2.23:00:00)*" },
        { o => o.FreeEntryPoint = TimeSpan.FromDays(8), "*FreeEntryPoint (8.00:00:00)*" },
        { o => o.FreeServiceMessages = -1, "*FreeServiceMessages (-1)*" },
        { o => o.SentAfter = TimeSpan.FromTicks(-1), "*must not be negative*" },
        { o => o.WebhookUrl = new("/relative", UriKind.Relative), "*'/relative'*" },
    };

    [Fact]
    public async Task Start_Defaults_AreTheDocumentedOnes()
    {
        EmulatorOptions? options = null;
        await using var emulator = await WhatsAppEmulator.StartAsync(o => options = o);

        options!.Port.Should().Be(0);
        options.AppSecret.Should().Be("dev-secret");
        options.VerifyToken.Should().Be("dev-verify");
        options.RefusalMode.Should().Be(RefusalMode.Synchronous);
        options.SentAfter.Should().Be(TimeSpan.Zero);
        options.DeliveredAfter.Should().Be(TimeSpan.Zero);
        options.CustomersReadAtOnce.Should().BeFalse();
        options.JournalLength.Should().Be(100_000);
        options.FreeEntryPoint.Should().Be(TimeSpan.FromHours(72));
        options.FreeServiceMessages.Should().Be(1000);
        options.PaymentExempt.Should().BeFalse();
        options.NewerCallEvents.Should().BeFalse();
        options.ClockFrozen.Should().BeFalse();
        options.Numbers.Should().ContainSingle().Which.Should().Be(new EmulatedNumber { Id = "314159265358979" });
        options.Templates.Should().ContainSingle().Which.Should().Match<EmulatedTemplate>(t => t.Name == "hello_world" && t.Language == "en_US" && t.BodyParameters == 0);
        emulator.BaseAddress.ToString().Should().StartWith("http://127.0.0.1:");
        emulator.Clock.GetUtcNow().Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Start_WrongOption_QuotesIt(Action<EmulatorOptions> configure, string message)
    {
        var start = () => WhatsAppEmulator.StartAsync(configure);

        await start.Should().ThrowAsync<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public async Task Start_PortTaken_Throws()
    {
        await using var first = await WhatsAppEmulator.StartAsync();

        var second = () => WhatsAppEmulator.StartAsync(o => o.Port = first.BaseAddress.Port);

        await second.Should().ThrowAsync<IOException>();
    }

    [Fact]
    public void Number_ToString_HidesTheToken() => new EmulatedNumber { Id = "1", AccessToken = "hush" }.ToString().Should().NotContain("hush");
}
