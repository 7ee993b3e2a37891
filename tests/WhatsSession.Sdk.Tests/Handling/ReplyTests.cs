using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using WhatsSession.Handling;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>Replies in handlers and the store: what is written, and what becomes of a reply when the store fails at a moment. What is promised of them on every store is in EnginePromises.</summary>
public sealed class ReplyTests
{
    private const string Handler = "reply";

    private readonly ConcurrentQueue<string> _writes = [];
    private readonly ConcurrentQueue<SendOutcome> _outcomes = [];

    [Fact]
    public async Task ReplyAsync_Accepted_WritesItsIntentAndItsSettlementAlone()
    {
        await using var scene = await StartAsync(async (m, ct) => await m.ReplyAsync("Hi", ct));
        scene.Store.Before = method =>
        {
            _writes.Enqueue(method);
            return Task.CompletedTask;
        };
        await scene.SaysAsync("hello");
        await scene.DrainAsync();

        _writes.Where(static method => method is not (nameof(IInboxStore.ClaimAsync) or nameof(IInboxStore.SweepAsync) or nameof(IInboxStore.IngestAsync))).Should().Equal(
            nameof(IConversationStore.ReadAsync), nameof(ISendStore.SaveIntentAsync), nameof(ISendStore.SettleIntentAsync), nameof(IInboxStore.FinishAsync));
    }

    [Theory]
    [InlineData(nameof(IConversationStore.ReadAsync))]
    [InlineData(nameof(ISendStore.SaveIntentAsync))]
    public async Task ReplyAsync_StoreAway_ComesAgainAndIsNotRefused(string method)
    {
        await using var scene = await StartAsync(async (m, ct) => await m.ReplyAsync("Hi", ct));
        scene.Store.Fail(method);
        await scene.SaysAsync("hello");
        await scene.DrainAsync();
        Sent(scene).Should().BeEmpty();
        scene.Store.Before = static _ => Task.CompletedTask;

        await scene.AdvanceAsync(TimeSpan.FromMinutes(1));

        Sent(scene).Should().Equal("Hi");
        scene.Logs.GetSnapshot().Should().NotContain(static record => record.Message.Contains("was refused"));
    }

    [Fact]
    public async Task ReplyAsync_StoreAwayWhenItsKeyIsTaken_ComesAgain()
    {
        await using var scene = await StartAsync(async (m, ct) => await m.ReplyAsync(new TextMessage("Hi"), new SendOptions { IdempotencyKey = "k" }, ct));
        scene.Store.Fail(nameof(ISendStore.TakeKeyAsync));
        await scene.SaysAsync("hello");
        await scene.DrainAsync();
        scene.Store.Before = static _ => Task.CompletedTask;

        await scene.AdvanceAsync(TimeSpan.FromMinutes(1));

        Sent(scene).Should().Equal("Hi");
    }

    [Fact]
    public async Task ReplyAsync_RefusalCannotBeNotedAtOnce_IsNotedAMomentLaterAndTheReplyGoes()
    {
        var fails = 2;
        await using var scene = await StartAsync(async (m, ct) => await m.ReplyAsync("Hi", ct));
        scene.Meta.Faults.RefuseNext(131056, 1);
        scene.Store.Before = method => method == nameof(ISendStore.SettleIntentAsync) && Interlocked.Decrement(ref fails) >= 0
            ? throw new StoreUnavailableException("away") : Task.CompletedTask;
        await scene.SaysAsync("hello");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(6));

        Sent(scene).Should().Equal("Hi");
    }

    [Fact]
    public async Task ReplyAsync_CancelledWhileItsIntentIsSavedThatAnEarlierRunLeft_LeavesThatOpen()
    {
        using var cancellation = new CancellationTokenSource();
        await using var scene = await StartAsync(async (m, ct) =>
        {
            if (m.Attempt == 1)
            {
                await m.Awaiting(received => received.ReplyAsync("Hi", cancellation.Token)).Should().NotThrowAsync("what was under way is known to be");
                throw new InvalidOperationException("once");
            }

            _outcomes.Enqueue(await m.ReplyAsync("Hi", ct));
        });
        scene.Store.Before = async method =>
        {
            if (method == nameof(ISendStore.SaveIntentAsync) && !cancellation.IsCancellationRequested)
            {
                await cancellation.CancelAsync();
                await scene.Store.Inner.SaveIntentAsync(
                    new SendIntent { Id = ReplyTo(scene), Conversation = Given.Key, Message = new TextMessage("Hi"), CreatedAt = Given.T0 });
            }
        };
        await scene.SaysAsync("hello");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        Sent(scene).Should().BeEmpty();
        _outcomes.Should().ContainSingle().Which.Should().BeOfType<SendOutcome.Ambiguous>();
    }

    [Fact]
    public async Task ReplyAsync_CancelledBeforeItsRequest_GoesWithTheNextTry()
    {
        using var cancellation = new CancellationTokenSource();
        await using var scene = await StartAsync(async (m, ct) => await m.ReplyAsync("Hi", m.Attempt == 1 ? cancellation.Token : ct));
        scene.Store.Before = method => method == nameof(ISendStore.SaveIntentAsync) ? cancellation.CancelAsync() : Task.CompletedTask;
        await scene.SaysAsync("hello");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        Sent(scene).Should().Equal("Hi");
    }

    [Theory]
    [InlineData("Hi", 0)]
    [InlineData("Hello", 1)]
    public async Task ReplyAsync_RunAgain_WarnsWhereItSaysSomethingElse(string second, int warnings)
    {
        await using var scene = await StartAsync(async (m, ct) =>
        {
            await m.ReplyAsync(m.Attempt == 1 ? "Hi" : second, ct);
            _ = m.Attempt == 1 ? throw new InvalidOperationException("once") : 0;
        });
        await scene.SaysAsync("hello");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        Sent(scene).Should().Equal("Hi");
        scene.Logs.GetSnapshot().Count(static record => record.Level == LogLevel.Warning && record.Message.Contains("says something else")).Should().Be(warnings);
    }

    [Fact]
    public async Task ReplyAsync_Postponed_IsToldAsNoFailure()
    {
        await using var scene = await StartAsync(async (m, ct) => await m.ReplyAsync("Hi", ct));
        scene.Meta.Faults.RefuseNext(131056, 1);
        await scene.SaysAsync("hello");
        await scene.DrainAsync();

        scene.Logs.GetSnapshot().Should().NotContain(static record => record.Level == LogLevel.Error)
            .And.ContainSingle(static record => record.Level == LogLevel.Information && record.Message.StartsWith("A reply in a handler cannot go now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReplyAsync_PostponedAndThrowOnRefusal_IsPostponedAllTheSame()
    {
        await using var scene = await StartAsync(async (m, ct) => await m.ReplyAsync("Hi", ct), static o => o.ThrowOnRefusal = true);
        scene.Meta.Faults.RefuseNext(131056, 6);
        await scene.SaysAsync("hello");
        for (var i = 0; i < 6; i++)
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(6));
        }

        Sent(scene).Should().Equal("Hi");
    }

    [Fact]
    public async Task ReplyAsync_HandlerStillRunningAfterItsTime_RepliesUnderTheIdsOfThatRun()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await StartAsync(
            async (m, ct) =>
            {
                await m.ReplyAsync("one", ct);
                await release.Task;
                await m.ReplyAsync("two", CancellationToken.None);
            },
            static o => o.Dispatch.HandlerTimeout = TimeSpan.FromSeconds(1));
        await scene.SaysAsync("hello");
        await scene.DrainAsync();
        release.SetResult();
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));
        await scene.AdvanceAsync(TimeSpan.FromSeconds(10));

        Sent(scene).Should().Equal("one", "two");
    }

    private static Task<EmulatedScene> StartAsync(Func<Received<TextReceived>, CancellationToken, Task> handler, Action<WhatsSessionOptions>? options = null) =>
        EmulatedScene.StartAsync(builder => builder.OnMessage<TextReceived>(Handler, handler), options);

    private static IntentId ReplyTo(EmulatedScene scene) =>
        new HandlerRun(EventKey.Of(Given.Number.Value, EventLane.Live, KeyOf(scene)), Handler, attempt: 1).NextReply();

    private static string KeyOf(EmulatedScene scene) => JsonNode.Parse(scene.Meta.Webhooks[0].Json)!["entry"]![0]!["changes"]![0]!["value"]!["messages"]![0]!["id"]!.GetValue<string>();

    private static IReadOnlyList<string> Sent(EmulatedScene scene) =>
        [.. scene.Meta.Requests.Where(static request => request.MessageId is not null).Select(static request => JsonNode.Parse(request.Json)!["text"]!["body"]!.GetValue<string>())];
}
