using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using WhatsSession.Emulator;
using WhatsSession.Testing;
using Made = WhatsSession.Testing.Events;

namespace WhatsSession.Docs;

/// <summary>The samples of pages that promise what happens, run as they stand there.</summary>
public sealed class RunningSamplesTests
{
    [Fact]
    public async Task GettingStarted_Program_AnswersACustomer()
    {
        await using var meta = await WhatsAppEmulator.StartAsync();
        using var folder = new TemporaryFolder();
        await using var program = await RunningProgram.StartAsync(
            Snippets.Compile(OutputKind.ConsoleApplication, InFolder(Page.Of("docs/getting-started.md").Samples[0], folder)),
            [.. Arguments(meta), "--WhatsSession:AppSecret=dev-secret", "--WhatsSession:VerifyToken=dev-verify"]);
        meta.ConnectWebhook(new Uri(program.Address, "whatsapp"));
        var ana = meta.Customer("15550001234", "Ana");

        (await meta.VerifyWebhookAsync()).Should().BeTrue();
        await ana.SaysAsync("Hi");

        (await ana.NextAsync()).Text.Should().Be("You said: Hi");
    }

    [Fact]
    public async Task Worker_Program_SendsAndEnds()
    {
        await using var meta = await WhatsAppEmulator.StartAsync();
        using var folder = new TemporaryFolder();
        var worker = Page.Of("docs/worker-and-console.md").Samples.Single(static sample => sample.Contains("BackgroundService", StringComparison.Ordinal));
        var image = Snippets.Compile(OutputKind.ConsoleApplication, InFolder(worker, folder));
        var main = Task.Run(() => Assembly.Load(image).EntryPoint!.Invoke(null, [Arguments(meta)]));

        await main.WaitAsync(TimeSpan.FromSeconds(60));

        // Nothing is known of the customer, so the message goes, Meta refuses it, and the template takes its place: which the emulator does not have.
        meta.Requests.Where(static request => request.To == "15550001234").Select(static request => request.Type).Should().Equal("text", "template");
    }

    [Fact]
    public async Task Assistant_OfThePageOnModels_AnswersFromTheHistory()
    {
        var model = new Model(static messages => $"{messages.Count} heard: {messages[^1].Text}");
        await using var whatsApp = await AssistedByAsync(model);

        await whatsApp.ReceiveAsync(Made.Text("Do you mend brakes?"));
        await whatsApp.ReceiveAsync(Made.Text("Today?", new EventOrigin { At = whatsApp.Now }));

        Texts(whatsApp).Should().Equal("2 heard: Do you mend brakes?", "4 heard: Today?");
        model.Heard[^1].Select(static message => message.Role).Should().Equal(ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User);
    }

    [Theory]
    [InlineData(4096, 4096)]
    [InlineData(4097, 4096)]
    public async Task Assistant_ModelThatGoesOn_IsCutBetweenCharacters(int smiles, int sent)
    {
        await using var whatsApp = await AssistedByAsync(new Model(_ => string.Concat(Enumerable.Repeat("🙂", smiles))));

        await whatsApp.ReceiveAsync(Made.Text("Smile!"));

        Texts(whatsApp).Should().Equal(string.Concat(Enumerable.Repeat("🙂", sent)));
    }

    [Fact]
    public async Task Assistant_ModelWithoutAnAnswer_SaysThatAPersonFollows()
    {
        await using var whatsApp = await AssistedByAsync(new Model(static _ => " \n"));

        await whatsApp.ReceiveAsync(Made.Text("Hello?"));

        Texts(whatsApp).Should().ContainSingle().Which.Should().StartWith("Sorry");
    }

    [Fact]
    public async Task Endpoint_ThatWasThereBefore_HandsItsBodyOver()
    {
        var mapping = Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, $$"""
            using WhatsSession;

            public static class Page
            {
                public static void Map(WebApplication app)
                {
                    {{Page.Of("docs/migrate.md").Samples.Single(static sample => sample.Contains("/old/webhook", StringComparison.Ordinal))}}
                }
            }
            """);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services
            .AddWhatsSession(static o =>
            {
                o.Numbers.Add("support", "314159265358979", "dev");
                o.AppSecret = "dev-secret";
            })
            .OnText((m, _) => Task.FromResult(heard.TrySetResult(m.Message.Text)));
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        Assembly.Load(mapping).GetType("Page")!.GetMethod("Map")!.Invoke(null, [app]);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var signed = SignedPayload.Of(Made.Text("Hi", new EventOrigin { At = SystemClock.Instance.GetCurrentInstant() }), "dev-secret").ToContent();
        using var forged = SignedPayload.Of(Made.Text("Hi"), "another-secret").ToContent();

        using var taken = await http.PostAsync(new Uri("/old/webhook", UriKind.Relative), signed);
        using var refused = await http.PostAsync(new Uri("/old/webhook", UriKind.Relative), forged);

        ((int)taken.StatusCode, (int)refused.StatusCode).Should().Be((200, 401));
        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be("Hi");
        await app.StopAsync();
    }

    [Fact]
    public void Window_InJson_IsAsThePageShowsIt()
    {
        var until = Instant.FromUtc(2026, 3, 14, 13, 30);
        var window = new WindowStatus(WindowState.Closing, until, until - Duration.FromHours(24), MaySend: true, Duration.FromMinutes(90));

        Page.Of("docs/json.md").Text.Split("```json\n")[1].Split("```")[0].Trim().Should().Be(JsonSerializer.SerializeToNode(window, JsonSerializerOptions.Web)!.ToJsonString());
    }

    private static string[] Arguments(WhatsAppEmulator meta) =>
    [
        $"--WhatsSession:GraphBaseAddress={meta.BaseAddress}",
        "--WhatsSession:Numbers:support:PhoneNumberId=314159265358979",
        "--WhatsSession:Numbers:support:AccessToken=dev",
        "--Logging:LogLevel:Default=Warning",
    ];

    private static string InFolder(string program, TemporaryFolder folder) =>
        program.Replace("\"bot.db\"", SymbolDisplay.FormatLiteral(folder.File("bot.db"), quote: true), StringComparison.Ordinal);

    private static IEnumerable<string?> Texts(TestWhatsApp whatsApp) => whatsApp.Sent.Where(static message => message.Type == "text").Select(static message => message.Text);

    private static Task<TestWhatsApp> AssistedByAsync(Model model) => TestWhatsApp.StartAsync(builder =>
    {
        builder.Services.AddSingleton<IChatClient>(model);
        var assistant = Assembly.Load(Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, Page.Of("docs/ai-handler.md").Samples[0])).GetType("Assistant")!;
        typeof(WhatsSessionBuilder).GetMethod(nameof(WhatsSessionBuilder.AddHandler))!.MakeGenericMethod(assistant).Invoke(builder, null);
    });

    private sealed class Model(Func<IReadOnlyList<ChatMessage>, string> answer) : IChatClient
    {
        public List<List<ChatMessage>> Heard { get; } = [];

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Heard.Add([.. messages]);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(Heard[^1]))));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
