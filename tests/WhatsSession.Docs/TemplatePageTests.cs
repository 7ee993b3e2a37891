using Microsoft.CodeAnalysis;
using WhatsSession.Emulator;

namespace WhatsSession.Docs;

/// <summary>The pages on templates and QR codes compile, and what they say holds against the emulator.</summary>
public sealed class TemplatePageTests
{
    private static readonly TemplateDraft Draft = new(
        "order_ready",
        "en_US",
        TemplateCategory.Utility,
        new TemplateComponent.TextHeader("Hello {{first_name}}"),
        new TemplateComponent.Body("Order {{order_no}} for {{first_name}} is ready now."),
        new TemplateComponent.Footer("Quill Kitchen"),
        new TemplateComponent.Buttons(
            new TemplateButtonDefinition.QuickReply("Thanks"),
            new TemplateButtonDefinition.Url("Map", "https://quill.example.test/{{1}}"),
            new TemplateButtonDefinition.CopyCode("KETTLE20")))
    {
        ParameterFormat = TemplateParameterFormat.Named,
        MessageSendTtlSeconds = 3600,
    };

    private static readonly TemplateMessage Message = new("order_ready", "en_US")
    {
        Header = new TemplateHeader.Text("Marta") { Name = "first_name" },
        Body = [Value("order_no"), Value("first_name")],
        Buttons = [new TemplateButtonParameter.Url(1, "7"), new TemplateButtonParameter.CopyCode(2, "KETTLE20")],
    };

    [Fact]
    public void Templates_Program_Compiles() => Snippets.Compile(OutputKind.ConsoleApplication, Page("templates.md")).Should().NotBeEmpty();

    [Fact]
    public void QrCodes_Class_Compiles() => Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, Page("qr-codes.md")).Should().NotBeEmpty();

    [Fact]
    public async Task Templates_CreateReadEditPauseCompareDelete_GoThroughALife()
    {
        await using var meta = await OpenAsync();
        await using var app = await StartAsync(meta);
        var templates = app.Client.Number("support").Templates;

        var id = (await templates.CreateAsync(Draft)).EnsureSuccess().Id;
        var read = (await templates.GetAsync(id)).EnsureSuccess();
        read.Components.Should().BeEquivalentTo(Draft.Components, options => options.RespectingRuntimeTypes().WithStrictOrdering());
        (read.Name, read.Language, read.Category, read.Status, read.ParameterFormat, read.MessageSendTtlSeconds)
            .Should().Be(("order_ready", "en_US", TemplateCategory.Utility, TemplateStatus.Approved, TemplateParameterFormat.Named, 3600));
        (await templates.CreateAsync(Draft)).Error!.Category.Should().Be(GraphErrorCategory.InvalidRequest);

        await meta.SetTemplateStatusAsync("order_ready", "en_US", "PAUSED");
        (await templates.FindAsync("order_ready", "en_US"))!.Check(Message).Should().ContainSingle().Which.Rule.Should().Contain("PAUSED");
        (await templates.UnpauseAsync(id)).IsSuccess.Should().BeTrue();
        (await templates.UnpauseAsync(id)).Error!.Message.Should().Be("The template is not paused.");
        (await app.Client.Number("support").Conversation("15550001234").SendAsync(Message)).IsAccepted.Should().BeTrue();

        var other = (await templates.FindAsync("hello_world", "en_US"))!.Id;
        var start = NodaTime.Instant.FromUtc(2026, 11, 1, 0, 0);
        (await templates.CompareAsync(id, other, start, start + NodaTime.Duration.FromDays(30))).EnsureSuccess().Sends[id].Should().Be(1);
        (await templates.EditAsync(id, new TemplateEdit { Components = [new TemplateComponent.Body("All is well.")] })).EnsureSuccess();
        (await templates.GetAsync(id)).EnsureSuccess().Components.Should().ContainSingle();
        (await templates.DeleteAsync("order_ready", id)).EnsureSuccess();
        (await templates.FindAsync("order_ready", "en_US")).Should().BeNull();
        (await templates.FindAsync("hello", "en_US")).Should().BeNull("a part of a name is not the name");
        (await templates.DeleteAsync("hello_world")).EnsureSuccess();
        (await templates.GetAsync(other)).Error!.Code.Should().Be(100);
    }

    /// <summary>The emulator is a second reading of Meta's rules: what the check lets pass is accepted, and what it refuses is refused.</summary>
    [Fact]
    public async Task Check_OfEveryMessage_AgreesWithTheEmulator()
    {
        TemplateMessage[] messages =
        [
            Message,
            Message with { Language = "de" },
            Message with { Header = null },
            Message with { Header = "Marta" },
            Message with { Header = new TemplateHeader.Image(MediaSource.FromLink("https://cdn.example.test/k.jpg")) },
            Message with { Body = [] },
            Message with { Body = ["4410", "Marta"] },
            Message with { Body = [Value("order_no")] },
            Message with { Body = [Value("order_no"), Value("name")] },
            Message with { Body = [Value("first_name"), Value("order_no")] },
            Message with { Body = [Value("order_no"), Value("first_name"), Value("first_name")] },
            Message with { Buttons = [] },
            Message with { Buttons = [Message.Buttons[0]] },
            Message with { Buttons = [new TemplateButtonParameter.QuickReply(0, "T"), .. Message.Buttons] },
            Message with { Buttons = [new TemplateButtonParameter.QuickReply(1, "T"), Message.Buttons[1]] },
            Message with { Buttons = [.. Message.Buttons, new TemplateButtonParameter.Url(3, "x")] },
            Message with { OfferEnds = NodaTime.Instant.FromUtc(2026, 12, 1, 0, 0) },
            Message with { Cards = [Card, Card] },
        ];
        await using var meta = await OpenAsync();
        await using var app = await StartAsync(meta);
        var number = app.Client.Number("support");
        (await number.Templates.CreateAsync(Draft)).EnsureSuccess();
        var template = (await number.Templates.FindAsync("order_ready", "en_US"))!;

        foreach (var message in messages)
        {
            var outcome = await number.Conversation("15550001234").SendAsync(message);

            outcome.IsAccepted.Should().Be(template.Check(message).Count == 0, outcome.Describe());
        }
    }

    [Fact]
    public async Task Templates_ListOfSeveralPages_IsWhole()
    {
        await using var meta = await OpenAsync();
        await using var app = await StartAsync(meta);
        var templates = app.Client.Number("support").Templates;
        for (var i = 0; i < 7; i++)
        {
            (await templates.CreateAsync(new TemplateDraft($"t{i}", "en", TemplateCategory.Marketing, new TemplateComponent.Body("Ready.")))).EnsureSuccess();
        }

        var names = new List<string>();
        await foreach (var template in templates.ListAsync(new TemplateQuery { PageSize = 3, Category = TemplateCategory.Marketing }))
        {
            names.Add(template.Name);
        }

        names.Should().Equal("t0", "t1", "t2", "t3", "t4", "t5", "t6");
    }

    [Fact]
    public async Task Templates_WrongDraft_IsNotSent()
    {
        await using var meta = await OpenAsync();
        await using var app = await StartAsync(meta);
        meta.Faults.FailNext(ResponseFault.ServerError, 1); // What a request would be answered with.

        var result = await app.Client.Number("support").Templates.CreateAsync(new TemplateDraft("a", "en", TemplateCategory.Utility));

        result.Error!.Message.Should().Be("Not sent: components has no body, which every template needs");
    }

    [Fact]
    public async Task Templates_WithoutAccount_SayWhatToSet()
    {
        await using var meta = await OpenAsync();
        await using var app = await StartAsync(meta);

        app.Client.Number("sales").Templates.Invoking(templates => templates.ListAsync()).Should().Throw<InvalidOperationException>().WithMessage("*Numbers:sales:BusinessAccountId*");
    }

    [Fact]
    public async Task QrCodes_CreateUpdateListGetDelete_GoThroughALife()
    {
        await using var meta = await OpenAsync();
        await using var app = await StartAsync(meta);
        var codes = app.Client.Number("support").QrCodes;

        var created = (await codes.CreateAsync("Hello!", QrImageFormat.Png)).EnsureSuccess();
        created.Image!.OriginalString.Should().EndWith(".png");
        var plain = (await codes.CreateAsync(new string('x', 140))).EnsureSuccess();
        (await codes.CreateAsync(new string('x', 141))).Error!.Message.Should().StartWith("Not sent: prefilled_message");
        (await codes.UpdateAsync(created.Code, "Hi!")).EnsureSuccess().Code.Should().Be(created.Code);
        (await codes.GetAsync(created.Code)).EnsureSuccess().PrefilledMessage.Should().Be("Hi!");
        var listed = new List<string>();
        await foreach (var code in codes.ListAsync())
        {
            listed.Add(code.Code);
        }

        listed.Should().BeEquivalentTo(created.Code, plain.Code);
        (await codes.DeleteAsync(created.Code)).EnsureSuccess();
        (await codes.DeleteAsync(created.Code)).Error!.Code.Should().Be(100);
        (await codes.GetAsync(created.Code)).IsSuccess.Should().BeFalse();
    }

    private static TemplateCard Card => new(new TemplateHeader.Image(MediaSource.FromLink("https://cdn.example.test/k.jpg")));

    private static TemplateParameter Value(string name) => new TemplateParameter.Text("x") { Name = name };

    private static Task<WhatsAppEmulator> OpenAsync() => WhatsAppEmulator.StartAsync(o =>
    {
        o.ClockFrozen = true;
        o.RateLimits = false;
    });

    private static Task<WhatsSessionRuntime> StartAsync(WhatsAppEmulator meta) => WhatsSessionRuntime.StartAsync(
        o =>
        {
            o.Numbers.Add("support", "314159265358979", "dev", businessAccountId: "271828182845904");
            o.Numbers.Add("sales", "314159265358980", "dev2");
            o.AppSecret = "dev-secret";
            o.GraphBaseAddress = meta.BaseAddress;
        },
        _ => { });

    private static IReadOnlyList<string> Page(string name) => Snippets.In(File.ReadAllText(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs", name)));
}
