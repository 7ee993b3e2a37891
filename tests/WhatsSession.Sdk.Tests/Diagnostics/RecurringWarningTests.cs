using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using WhatsSession.Shared;

namespace WhatsSession.Sdk.Tests.Diagnostics;

/// <summary>What outsiders, a clock or Meta set off with every request is a warning once in a quarter of an hour for each number and reason.</summary>
[WithoutEmulator("Requests that no emulator makes.")]
public sealed class RecurringWarningTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Fact]
    public void LevelOf_OneMatter_IsWarningOnceInAQuarterOfAnHour()
    {
        var clock = new FakeTimeProvider();
        var recurring = new RecurringWarnings(clock);

        recurring.LevelOf("line", "reason", "support").Should().Be(LogLevel.Warning);
        clock.Advance(Quarter - TimeSpan.FromTicks(1));
        recurring.LevelOf("line", "reason", "support").Should().Be(LogLevel.Debug);
        clock.Advance(TimeSpan.FromTicks(1));
        recurring.LevelOf("line", "reason", "support").Should().Be(LogLevel.Warning);
        recurring.LevelOf("line", "reason", "support").Should().Be(LogLevel.Debug);
    }

    [Fact]
    public void LevelOf_OtherLineReasonOrNumber_IsAnotherMatter()
    {
        var recurring = new RecurringWarnings(new FakeTimeProvider());

        recurring.LevelOf("line", "reason", "support").Should().Be(LogLevel.Warning);
        recurring.LevelOf("other", "reason", "support").Should().Be(LogLevel.Warning);
        recurring.LevelOf("line", "other", "support").Should().Be(LogLevel.Warning);
        recurring.LevelOf("line", "reason", "sales").Should().Be(LogLevel.Warning);
        recurring.LevelOf("line").Should().Be(LogLevel.Warning);
    }

    /// <summary>However many matters there are, what is kept of them has a limit, and old ones make room.</summary>
    [Fact]
    public void LevelOf_MoreMattersThanAreKept_StayAtDebugUntilThereIsRoom()
    {
        var clock = new FakeTimeProvider();
        var recurring = new RecurringWarnings(clock);
        var levels = Enumerable.Range(0, 1500).Select(i => recurring.LevelOf("line", number: $"{i}")).ToList();

        levels.Count(static level => level == LogLevel.Warning).Should().Be(1000);
        clock.Advance(Quarter);
        recurring.LevelOf("line", number: "1499").Should().Be(LogLevel.Warning);
    }

    [Fact]
    public async Task Logs_OfManyRefusedVerifications_WarnOnceForEachReason()
    {
        await using var scene = await Scene.StartAsync();

        for (var i = 0; i < 1000; i++)
        {
            scene.Runtime.AnswerVerification("subscribe", $"another {i}", "1").Should().BeNull();
            scene.Runtime.AnswerVerification(mode: null, Given.VerifyToken, "1").Should().BeNull();
        }

        LinesOf(scene, LogLevel.Warning).Should().Equal(
            "52 A verification of the webhook address was refused: its token is not WhatsSession:VerifyToken. If it was Meta's, type the same token into the webhook page of the Meta app and into the options.",
            "52 A verification of the webhook address was refused: its hub.mode is not \"subscribe\", as Meta's is.");
        LinesOf(scene, LogLevel.Debug).Should().HaveCount(1998);

        scene.Clock.Advance(Quarter);
        scene.Runtime.AnswerVerification("subscribe", "another", "1").Should().BeNull();
        LinesOf(scene, LogLevel.Warning).Should().HaveCount(3);
    }

    [Fact]
    public async Task Logs_OfAVisitThatAsksForNoVerification_HaveNothing()
    {
        await using var scene = await Scene.StartAsync();

        scene.Runtime.AnswerVerification(mode: null, verifyToken: null, challenge: null).Should().BeNull();

        scene.Logs.GetSnapshot().Should().ContainSingle("the start");
    }

    [Fact]
    public async Task Logs_OfAVerificationWithoutATokenOfOurs_SayWhatIsMissing()
    {
        await using var scene = await Scene.StartAsync(options: static o => o.VerifyToken = null);

        scene.Runtime.AnswerVerification("subscribe", "any", "1").Should().BeNull();

        LinesOf(scene, LogLevel.Warning).Should().Equal("52 A verification of the webhook address was refused: no verify token is set; set WhatsSession:VerifyToken.");
    }

    [Fact]
    public async Task Logs_OfManyRefusedWebhooks_WarnOnceForEachReason()
    {
        await using var scene = await Scene.StartAsync();
        var payload = Scene.TextFrom(Given.Phone, "hello", "wamid.hello", scene.Now);

        for (var i = 0; i < 10; i++)
        {
            await scene.Runtime.AcceptAsync(payload, signature: null);
            await scene.Runtime.AcceptAsync(payload, "sha256=00");
            await scene.AcceptAsync(new byte[4_000_000]);
        }

        IdsOf(scene, LogLevel.Warning).Should().Equal(4, 4, 12);
    }

    [Fact]
    public async Task Logs_OfAClockThatIsBehind_WarnOnceAndNotForEachEvent()
    {
        await using var scene = await Scene.StartAsync();

        for (var i = 0; i < 10; i++)
        {
            await scene.ReceiveTextAsync(at: scene.Now + Duration.FromHours(23));
        }

        await scene.DrainAsync();
        IdsOf(scene, LogLevel.Warning).Should().Equal(11);
        IdsOf(scene, LogLevel.Debug).Count(static id => id == 11).Should().Be(9);
    }

    [Fact]
    public async Task Logs_OfEventsWithoutATimeAndOfOldOnes_WarnOnce()
    {
        await using var scene = await Scene.StartAsync();

        for (var i = 0; i < 10; i++)
        {
            await scene.ReceiveTextAsync(at: NodaConstants.UnixEpoch);
            (await scene.AcceptAsync(Scene.TextFrom(Given.Phone, "hello", $"wamid.{i}", scene.Now - Duration.FromDays(9)))).TooOld.Should().Be(1);
        }

        await scene.AcceptAsync(Scene.TextFrom(Given.Phone, "hello", "wamid.older", scene.Now - Duration.FromDays(90)));
        IdsOf(scene, LogLevel.Warning).Should().Equal(14, 18, 18);
    }

    [Fact]
    public async Task Logs_OfSendsWhileTheTokenHasEnded_WarnOnceForEachError()
    {
        await using var scene = await Scene.StartAsync();
        scene.Http.AnswerWith(HttpStatusCode.Unauthorized, """{"error":{"code":190,"message":"Session has expired"}}""");
        for (var i = 0; i < 10; i++)
        {
            (await scene.Conversation.SendAsync(Given.Template)).IsAccepted.Should().BeFalse();
        }

        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"code":131026,"message":"Message undeliverable"}}""");
        await scene.Conversation.SendAsync(Given.Template);

        LinesOf(scene, LogLevel.Warning).Should().HaveCount(2).And.OnlyContain(static line => line.StartsWith("2 ", StringComparison.Ordinal));
        IdsOf(scene, LogLevel.Debug).Count(static id => id == 2).Should().Be(9);
    }

    private static List<string> LinesOf(Scene scene, LogLevel level) =>
        [.. scene.Logs.GetSnapshot().Where(record => record.Level == level).Select(static record => $"{record.Id.Id} {record.Message}")];

    private static List<int> IdsOf(Scene scene, LogLevel level) => [.. scene.Logs.GetSnapshot().Where(record => record.Level == level).Select(static record => record.Id.Id)];
}
