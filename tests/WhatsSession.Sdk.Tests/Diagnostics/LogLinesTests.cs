using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Diagnostics;

/// <summary>What whoever runs the SDK reads: every line of a good exchange, and once what went wrong.</summary>
[WithoutEmulator("Answers and payloads whose ids are always the same, so that whole lines can be compared.")]
public sealed partial class LogLinesTests
{
    private const string StartLine =
        "Information 40 WhatsSession 1.0.0 is started. Numbers: sales (314159265358980), support (314159265358979). Store: in memory, lost with the process. Handlers: TextReceived#1. Guard: on, margin 00:01:00, without history Send, without the store Refuse. Graph API: https://graph.facebook.com v27.0. Webhooks: no address is mapped.";

    [Fact]
    public async Task Information_OfOneGoodExchange_IsTheStartLine()
    {
        await using var scene = await ExchangeAsync();

        LinesOf(scene, LogLevel.Information).Should().Be(StartLine);
    }

    [Fact]
    public async Task Debug_OfOneGoodExchange_SaysAcceptedSentAndHandled()
    {
        await using var scene = await ExchangeAsync();

        LinesOf(scene, LogLevel.Trace).Should().Be(StartLine + """

            Debug 41 A webhook was accepted: events 1 (live 1), known before 0, too old for handlers 0.
            Debug 44 The send of a text message of number support ended (intent aayw8SH4HCeKF6WjUdFpCA): Accepted by Meta (accepted). Delivery is told by statuses.
            Debug 42 The handler TextReceived#1 handled TextReceived 5f0307c70a4283190df196ef672965b1 in 0 ms, try 1.
            """);
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "logging.md")).Should().ContainAll(scene.Logs.GetSnapshot().Select(MessageOf));
    }

    [Fact]
    public async Task Logs_OfARetryThatSucceeds_HaveNoWarningAndSayWhenAtDebug()
    {
        await using var scene = await Scene.StartAsync();
        await scene.ReceiveTextAsync(id: "wamid.hello");
        await scene.DrainAsync();
        var answers = 0;
        scene.Http.Answer = (_, _) => Task.FromResult(answers++ == 0 ? StubHttp.RateLimited(TimeSpan.FromSeconds(6)) : StubHttp.Accepted());

        (await scene.SendThroughWaitAsync(() => scene.Conversation.SendAsync(Given.Text), TimeSpan.FromSeconds(6))).IsAccepted.Should().BeTrue();

        scene.Logs.GetSnapshot().Should().NotContain(static record => record.Level >= LogLevel.Warning);
        WithoutIntents(string.Join('\n', LinesOf(scene, LogLevel.Trace).Split('\n')[^2..])).Should().Be("""
            Debug 45 Message … of number support was not accepted and is sent again in 00:00:06: (#131056) Pair rate limit hit: Too many messages to the same recipient [HTTP 400]. Wait and send again, each wait four times the last; other customers are not affected.
            Debug 44 The send of a text message of number support ended (intent …): Accepted by Meta (accepted). Delivery is told by statuses.
            """);
    }

    /// <summary>One refusal, one warning: not one of the request, one of the reply, and one of the handler.</summary>
    [Fact]
    public async Task Logs_OfARefusedReply_HaveOneWarningThatSaysWhatToDo()
    {
        await using var scene = await Scene.StartAsync(Replies);
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"code":131026,"message":"Message undeliverable"}}""");

        await scene.ReceiveTextAsync(id: "wamid.hello");
        await scene.DrainAsync();

        LinesOf(scene, LogLevel.Warning).Should().Be("Warning 9 A reply in a handler was refused: Rejected by Meta: (131026) Message undeliverable [HTTP 400]. Reach the customer on another channel.");
    }

    [Fact]
    public async Task Logs_OfARefusedSend_HaveOneWarningThatSaysWhatToDo()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"code":131026,"message":"Message undeliverable"}}""");

        await scene.Conversation.SendAsync(Given.Template);

        WithoutIntents(LinesOf(scene, LogLevel.Warning)).Should().Be("Warning 2 Message … of number support was not accepted: (131026) Message undeliverable [HTTP 400]. Reach the customer on another channel.");
    }

    [Fact]
    public async Task Logs_OfARefusedReplyThatThrows_HaveOneErrorForEachTry()
    {
        await using var scene = await Scene.StartAsync(Replies, static o => o.ThrowOnRefusal = true);
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"code":131026,"message":"Message undeliverable"}}""");

        await scene.ReceiveTextAsync(id: "wamid.hello");
        await scene.DrainAsync();

        scene.Logs.GetSnapshot().Where(static record => record.Level >= LogLevel.Warning).Should().ContainSingle().Which.Id.Name.Should().Be("HandlerFailed");
    }

    /// <summary>An expired token is told, although every reply waits for a new one, but not with each of them.</summary>
    [Fact]
    public async Task Logs_OfRepliesThatWaitForATokenOrTheNetwork_WarnOnceInAWhile()
    {
        await using var scene = await Scene.StartAsync(Replies);
        scene.Http.AnswerWith(HttpStatusCode.Unauthorized, """{"error":{"code":190,"message":"Session has expired"}}""");

        for (var i = 0; i < 3; i++)
        {
            await scene.ReceiveTextAsync(id: $"wamid.{i}", from: $"1555000123{i}");
        }

        await scene.AdvanceAsync(TimeSpan.FromMinutes(5));
        WithoutIntents(LinesOf(scene, LogLevel.Warning)).Should().Be("Warning 53 Message … of number support was not accepted and comes again by itself: (190) Session has expired [HTTP 401]. Get a new access token, best one of a system user that does not expire, and put it into the options.");

        await scene.AdvanceAsync(TimeSpan.FromMinutes(20));
        LinesOf(scene, LogLevel.Warning).Split('\n').Should().HaveCount(2);
    }

    [Fact]
    public async Task Debug_OfAMessageThatIsHeld_SaysUntilWhen()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();

        await scene.Conversation.SendAsync(Given.Text, new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromHours(2)) });

        WithoutIntents(string.Join('\n', LinesOf(scene, LogLevel.Debug).Split('\n')[^3..])).Should().Be("""
            Information 1 The guard refused session message … of number support (never_opened); its outcome tells the remedies.
            Debug 46 Message … of number support is held until the customer writes, and at the latest until 2026-11-18T10:20:00Z.
            Debug 44 The send of a text message of number support ended (intent …): Not sent: the customer has never written to this number. Send an approved template message (orTemplate: does it in one call), or wait until the customer writes; import earlier customer messages, if there were any. The session message is kept until the window reopens (intent …).
            """);
    }

    [Fact]
    public async Task Logs_OfVerifications_SayWhetherTheTokenMatched()
    {
        await using var scene = await Scene.StartAsync();

        scene.Runtime.AnswerVerification("subscribe", Given.VerifyToken, "1").Should().Be("1");
        scene.Runtime.AnswerVerification("subscribe", "another", "1").Should().BeNull();

        string.Join('\n', LinesOf(scene, LogLevel.Information).Split('\n')[1..]).Should().Be("""
            Information 51 Meta verified the webhook address: the token matched.
            Warning 52 A verification of the webhook address was refused: its token is not WhatsSession:VerifyToken. If it was Meta's, type the same token into the webhook page of the Meta app and into the options.
            """);
    }

    [Fact]
    public async Task Start_NumberIdThatMayBeAPhone_Warns()
    {
        await using var scene = await Scene.StartAsync(options: static o => o.Numbers.Add("fax", "15550009000", "EAAthird"));

        LinesOf(scene, LogLevel.Warning).Should().Be("Warning 50 WhatsSession:Numbers:fax:PhoneNumberId is 15550009000, which is short for Meta's id of a number and may be the phone number itself; then sends fail with code 100, so compare it with the \"Phone number ID\" on the API Setup page of the Meta app.");
    }

    /// <summary>While the store is away its absence is told once, and its return.</summary>
    [Fact]
    public async Task Logs_OfAStoreThatIsAway_TellItOnceAndThatItIsBack()
    {
        await using var scene = await Scene.StartAsync(Replies);
        var (failures, rounds) = (0, 0);
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Store.Before = method =>
        {
            if (method == nameof(IInboxStore.ClaimAsync))
            {
                if (failures < 2)
                {
                    failures++;
                    throw new StoreUnavailableException("The test has taken the store away.");
                }

                // With the second round that works, the first has come to its end.
                if (++rounds == 2)
                {
                    again.TrySetResult();
                }
            }

            return Task.CompletedTask;
        };
        await again.Task.InTimeAsync();

        string.Join('\n', LinesOf(scene, LogLevel.Debug).Split('\n')[1..]).Should().Be("""
            Error 10 The dispatch of events met an error and goes on; the exception says what is wrong, mostly with the store, and the event comes again.
            Debug 48 The store failed and is asked again in 00:00:01.
            Information 49 The store answers again, and events are dispatched.
            """);
    }

    /// <summary>A console program that sets up no logging learns of a handler that throws; one that does reads it once, in its own log.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StartAsync_WithoutAHost_WritesErrorsToTheConsoleUnlessThereIsLogging(bool hasLogging)
    {
        var words = $"a handler's own words {Guid.NewGuid():n}";
        var logs = new FakeLogCollector(Microsoft.Extensions.Options.Options.Create(new FakeLogCollectorOptions()));
        await using var runtime = await WhatsSessionRuntime.StartAsync(
            static o =>
            {
                o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
                o.AppSecret = Given.AppSecret;
            },
            builder =>
            {
                builder.OnMessage<TextReceived>((_, _) => throw new InvalidOperationException(words));
                if (hasLogging)
                {
                    builder.Services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)));
                }
            });
        var written = new StringWriter();
        var console = TextWriter.Synchronized(written);
        var before = Console.Error;
        Console.SetError(console);
        try
        {
            var payload = Scene.TextFrom(Given.Phone, "hello", "wamid.console", SystemClock.Instance.GetCurrentInstant());
            (await runtime.AcceptAsync(payload, WebhookSignature.Compute(payload, Given.AppSecret))).StatusCode.Should().Be(200);
            await Soon.UntilAsync(() =>
                hasLogging ? logs.GetSnapshot().Any(record => record.Exception?.Message == words) : Written().Contains(words, StringComparison.Ordinal));
        }
        finally
        {
            Console.SetError(before);
        }

        var lines = Written().Split(Environment.NewLine);
        if (hasLogging)
        {
            lines.Should().NotContain(line => line.Contains(words, StringComparison.Ordinal));
        }
        else
        {
            var at = Array.FindIndex(lines, line => line.Contains(words, StringComparison.Ordinal));
            at.Should().BeGreaterThan(1);
            lines[at].Should().Be("      System.InvalidOperationException: " + words);
            lines[at - 1].Should().StartWith("      The handler TextReceived#1 failed on TextReceived ").And.EndWith("in try 1 of at most 5; the exception says where. The event comes again, until a line says that it is parked.");
            lines[at - 2].Should().Be("fail: WhatsSession.Handling.EventDispatcher[7]");
        }

        // The console's own thread writes under the lock of the writer that it was given.
        string Written()
        {
#pragma warning disable CA2002 // It is the lock that the synchronized writer takes.
            lock (console)
#pragma warning restore CA2002
            {
                return written.ToString();
            }
        }
    }

    private static string WithoutIntents(string text) => Intents().Replace(text, "${before}…");

    private static void Replies(WhatsSessionBuilder builder) =>
        builder.OnMessage<TextReceived>(async (message, cancellationToken) => await message.ReplyAsync("On it!", cancellationToken));

    private static async Task<Scene> ExchangeAsync()
    {
        var scene = await Scene.StartAsync(Replies);
        await scene.ReceiveTextAsync(id: "wamid.hello");
        await scene.DrainAsync();
        return scene;
    }

    private static string LinesOf(Scene scene, LogLevel least) => string.Join('\n', scene.Logs.GetSnapshot()
        .Where(record => record.Level >= least)
        .Select(record => $"{record.Level} {record.Id.Id} {MessageOf(record)}"));

    private static string MessageOf(FakeLogRecord record) => record.Message.Replace($"WhatsSession {TelemetryNames.Version} is", "WhatsSession 1.0.0 is", StringComparison.Ordinal);

    [GeneratedRegex("(?<before>Message |message |intent )[A-Za-z0-9_-]{22}", RegexOptions.NonBacktracking)]
    private static partial Regex Intents();
}
