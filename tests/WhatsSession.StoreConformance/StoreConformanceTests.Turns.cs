using System.Text.Json;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>Turns: what a customer says in a row goes to a handler at once.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly PlannedTurn Bot = new("bot", Duration.FromSeconds(2), Duration.FromSeconds(10));
    private static readonly PlannedTurn Clerk = new("clerk", Duration.FromSeconds(1), Duration.FromSeconds(10));
    private static readonly EventLanes TurnsAlone = EventLanes.Of(EventLane.Turn, EventLane.Work);
    private static readonly EventLanes TurnsAndMessages = EventLanes.Of(EventLane.Turn, EventLane.Work, EventLane.Live);

    [Fact]
    public async Task ClaimAsync_TurnOfSeveralLines_IsGivenOnceTheCustomerIsQuiet()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)), Line("b", After(1.5)), Line("c", After(3)));
        Assert.Empty(await store.ClaimAsync(Turns(After(5) - Duration.FromTicks(1)), Token));
        var turn = Assert.Single(await store.ClaimAsync(Turns(After(5)), Token));
        Assert.Equal(["a", "b", "c"], RunOf(turn));
        Assert.Equal((EventLane.Turn, "bot", ByPhone, 1), (turn.Event.Lane, turn.Event.Field, turn.Event.Conversation, turn.Attempt));
        Assert.Equal((Number, MessageId.Parse("wamid.c"), Start + Duration.FromSeconds(3), true), (turn.Event.Number, turn.Event.Message, turn.Event.Timestamp, turn.Event.OpensWindow));
        Assert.True(await store.FinishAsync(turn, DispatchResult.Completed.Instance, Token));
        Assert.Empty(await store.ClaimAsync(Turns(After(3600)), Token));
    }

    [Fact]
    public async Task ClaimAsync_CustomerWhoIsNeverQuiet_IsGivenTheTurnWhenItHasWaitedLongEnough()
    {
        var store = await CreateAsync();
        await IngestAsync(store, [.. Enumerable.Range(0, 15).Select(static i => Line($"m{i}", After(i)))]);
        Assert.Empty(await store.ClaimAsync(Turns(After(9.9)), Token));
        Assert.Equal(15, RunOf(Assert.Single(await store.ClaimAsync(Turns(After(10)), Token))).Count);
    }

    [Fact]
    public async Task ClaimAsync_Tap_IsGivenAtOnceWithWhatCameBefore()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)));
        await IngestAsync(store, Line("tap", After(0.5), part: TurnPart.Tap));
        Assert.Equal(["a", "tap"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(0.5)), Token))));
    }

    [Fact]
    public async Task ClaimAsync_LineAfterTheTurnWasGiven_IsInTheNextTurn()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)));
        var first = Assert.Single(await store.ClaimAsync(Turns(After(2)), Token));
        await IngestAsync(store, Line("b", After(3)));
        Because.Empty(await store.ClaimAsync(Turns(After(30)), Token), "one turn of a conversation is in flight");
        Assert.True(await store.FinishAsync(first, new DispatchResult.Retry(After(40), "Oops"), Token));
        await IngestAsync(store, Line("c", After(35)));
        var again = Assert.Single(await store.ClaimAsync(Turns(After(40)), Token));
        Assert.Equal((first.Event.Key, 2), (again.Event.Key, again.Attempt));
        Because.Equal(["a"], RunOf(again), "a retry takes nothing in and loses nothing");
        Assert.True(await store.FinishAsync(again, DispatchResult.Completed.Instance, Token));
        Assert.Equal(["b", "c"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(40)), Token))));
    }

    [Fact]
    public async Task ClaimAsync_HostThatEndsWithATurn_LeavesItWithItsRun()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)), Line("b", After(1)));
        var first = Assert.Single(await store.ClaimAsync(Turns(After(3)), Token));
        await IngestAsync(store, Line("c", After(4)));
        var other = await OpenAnotherAsync(store);
        var again = Assert.Single(await other.ClaimAsync(Turns(After(3) + Lease), Token));
        Assert.Equal(first.Event.Key, again.Event.Key);
        Assert.Equal(["a", "b"], RunOf(again));
        Assert.False(await store.FinishAsync(first, DispatchResult.Completed.Instance, Token));
    }

    [Fact]
    public async Task ClaimAsync_MessagesThatHaveHandlers_AreDoneBeforeTheTurnAndWaitForIt()
    {
        var store = await CreateAsync();
        await IngestAsync(store, TurnsAndMessages, Line("a", After(0)));
        var message = Assert.Single(await store.ClaimAsync(Turns(After(9), TurnsAndMessages), Token));
        Assert.Equal(EventLane.Live, message.Event.Lane);
        Because.Empty(await store.ClaimAsync(Turns(After(9), TurnsAndMessages), Token), "a handler of the conversation runs");
        Assert.True(await store.FinishAsync(message, DispatchResult.Completed.Instance, Token));
        var turn = Assert.Single(await store.ClaimAsync(Turns(After(9), TurnsAndMessages), Token));
        Assert.Equal(EventLane.Turn, turn.Event.Lane);
        await IngestAsync(store, TurnsAndMessages, Line("b", After(10)));
        Because.Empty(await store.ClaimAsync(Turns(After(10), TurnsAndMessages), Token), "a turn of the conversation runs");
        Assert.True(await store.FinishAsync(turn, DispatchResult.Completed.Instance, Token));
        Assert.Equal(EventLane.Live, Assert.Single(await store.ClaimAsync(Turns(After(10), TurnsAndMessages), Token)).Event.Lane);
    }

    [Fact]
    public async Task ClaimAsync_MessageThatFailsForLong_HoldsTheTurnBackUntilItIsParkedAndNotForEver()
    {
        var store = await CreateAsync();
        await IngestAsync(store, TurnsAndMessages, Line("a", After(0)));
        var message = Assert.Single(await store.ClaimAsync(Turns(After(0), TurnsAndMessages), Token));
        Assert.True(await store.FinishAsync(message, new DispatchResult.Retry(After(1000), "Oops"), Token));
        Assert.Empty(await store.ClaimAsync(Turns(After(600), TurnsAndMessages), Token));
        Because.Empty(await store.ClaimAsync(Turns(After(602), TurnsAndMessages), Token), "it has its place now, behind the message");
        await IngestAsync(store, TurnsAndMessages, Line("b", After(700)));
        message = Assert.Single(await store.ClaimAsync(Turns(After(1000), TurnsAndMessages), Token));
        Assert.True(await store.FinishAsync(message, new DispatchResult.Parked("Oops"), Token));
        var turn = Assert.Single(await store.ClaimAsync(Turns(After(1000), TurnsAndMessages), Token));
        Assert.Equal(["a"], RunOf(turn));
    }

    [Fact]
    public async Task ClaimAsync_TwoHandlersOfTurns_HaveTurnsOfTheirOwn()
    {
        var store = await CreateAsync();
        PlannedTurn[] both = [Bot, Clerk];
        await IngestAsync(store, TurnsAlone, both, Line("a", After(0)));
        var clerk = Assert.Single(await store.ClaimAsync(Turns(After(1), plans: both), Token));
        Assert.Equal("clerk", clerk.Event.Field);
        await IngestAsync(store, TurnsAlone, both, Line("b", After(1.5)));
        Because.Empty(await store.ClaimAsync(Turns(After(4), plans: both), Token), "one after the other");
        Assert.True(await store.FinishAsync(clerk, DispatchResult.Completed.Instance, Token));
        var runs = new List<string>();
        while (await store.ClaimAsync(Turns(After(5), plans: both), Token) is [var next])
        {
            runs.Add($"{next.Event.Field} {string.Join('+', RunOf(next))}");
            Assert.True(await store.FinishAsync(next, DispatchResult.Completed.Instance, Token));
        }

        Assert.Equal(["bot a+b", "clerk b"], runs.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ClaimAsync_TwoConversations_HaveTurnsOfTheirOwn()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)), Line("b", After(1), BySecondPhone));
        Assert.Equal(["a"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(2)), Token))));
        Assert.Equal(["b"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(3)), Token))));
    }

    [Fact]
    public async Task IngestAsync_HostWithoutTheHandler_MakesTheTurnForTheHostThatHasIt()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        Assert.Empty(await store.ClaimAsync(Turns(After(0), limit: 0), Token));
        await other.IngestAsync(Arriving(TurnsAlone, [], Line("a", After(1))), Token);
        Because.Empty(await other.ClaimAsync(Turns(After(9), plans: []), Token), "it has no such handler");
        Assert.Equal(["a"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(9)), Token))));
        Assert.Empty(await other.ClaimAsync(Turns(After(60), plans: []), Token));
    }

    [Fact]
    public async Task IngestAsync_NobodyHasAHandlerOfTurns_MakesNone()
    {
        var store = await CreateAsync();
        await IngestAsync(store, TurnsAlone, [], Line("a", After(0)));
        Assert.Empty(await store.ClaimAsync(Turns(After(9)), Token));
    }

    [Fact]
    public async Task IngestAsync_NumberOfTheHandler_TakesItsMessagesAlone()
    {
        var store = await CreateAsync();
        PlannedTurn[] plans = [new("bot", Bot.Quiet, Bot.AtMost) { Number = OtherNumber }];
        var other = new ConversationKey(OtherNumber, Phone);
        await IngestAsync(store, TurnsAlone, plans, Line("a", After(0)), Line("b", After(0), other));
        Assert.Equal(other, Assert.Single(await store.ClaimAsync(Turns(After(9), plans: plans), Token)).Event.Conversation);
    }

    [Fact]
    public async Task ClaimAsync_TurnWhoseHostIsGone_IsGivenToAnyHostWhenItHasWaitedForLong()
    {
        var store = await CreateAsync();
        await IngestAsync(store, TurnsAndMessages, Line("a", After(0), part: TurnPart.Tap));
        var message = Assert.Single(await store.ClaimAsync(Turns(After(0), TurnsAndMessages), Token));
        Assert.True(await store.FinishAsync(message, DispatchResult.Completed.Instance, Token));
        var turn = Assert.Single(await store.ClaimAsync(Turns(After(0), TurnsAndMessages), Token));
        Assert.True(await store.FinishAsync(turn, new DispatchResult.Postponed(After(1)), Token));
        await IngestAsync(store, TurnsAndMessages, Line("b", After(5)));
        Assert.Empty(await store.ClaimAsync(Turns(After(600), TurnsAndMessages, plans: []), Token));
        var rescued = Assert.Single(await store.ClaimAsync(Turns(After(601), TurnsAndMessages, plans: []), Token));
        Because.Equal(turn.Event.Key, rescued.Event.Key, "it holds back its conversation");
        Assert.Equal(["a"], RunOf(rescued));
    }

    [Fact]
    public async Task IngestAsync_RedeliveredLine_NeitherLengthensTheTurnNorComesTwice()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)));
        await IngestAsync(store, Line("a", After(1.9)));
        var turn = Assert.Single(await store.ClaimAsync(Turns(After(2)), Token));
        Assert.Equal(["a"], RunOf(turn));
        await IngestAsync(store, Line("a", After(3)));
        Assert.True(await store.FinishAsync(turn, DispatchResult.Completed.Instance, Token));
        Assert.Empty(await store.ClaimAsync(Turns(After(60)), Token));
    }

    [Fact]
    public async Task IngestAsync_MessageFromBeforeTheHorizon_MakesNoTurn()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0), dispatches: false), Copy("b", ByPhone, Start, EventLane.Live));
        Assert.Empty(await store.ClaimAsync(Turns(After(60)), Token));
    }

    [Fact]
    public async Task EraseAsync_TurnThatWaitsOrWasGiven_IsGone()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)), Line("b", After(0), BySecondPhone));
        await store.EraseAsync(ByPhone, After(60), Token);
        var turn = Assert.Single(await store.ClaimAsync(Turns(After(60)), Token));
        Assert.Equal(BySecondPhone, turn.Event.Conversation);
        await store.EraseAsync(BySecondPhone, After(60), Token);
        Assert.False(await store.FinishAsync(turn, DispatchResult.Completed.Instance, Token));
        Assert.Empty(await store.ClaimAsync(Turns(After(3600)), Token));
        await IngestAsync(store, Line("c", After(70)));
        Because.Equal(["c"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(3600)), Token))), "what is said later starts a new conversation");
    }

    [Fact]
    public async Task ReplayAsync_ParkedTurn_ComesWithItsRun()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)), Line("b", After(0)));
        var turn = Assert.Single(await store.ClaimAsync(Turns(After(2)), Token));
        Assert.True(await store.FinishAsync(turn, new DispatchResult.Parked("Oops"), Token));
        await IngestAsync(store, Line("c", After(3)));
        var parked = Assert.Single(await store.ListParkedAsync(after: null, 10, Token));
        Assert.Equal(turn.Event.Key, parked.Event.Key);
        Assert.Equal(1, await store.ReplayAsync([parked], Token));
        var again = Assert.Single(await store.ClaimAsync(Turns(After(4)), Token));
        Assert.Equal((turn.Event.Key, 1), (again.Event.Key, again.Attempt));
        Assert.Equal(["a", "b"], RunOf(again));
    }

    [Fact]
    public async Task EraseAsync_ParkedTurn_IsGone()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)));
        await store.FinishAsync(Assert.Single(await store.ClaimAsync(Turns(After(2)), Token)), new DispatchResult.Parked("Oops"), Token);
        await store.EraseAsync(ByPhone, After(60), Token);
        Assert.Equal(0, await CountParkedAsync(store));
    }

    [Fact]
    public async Task ClaimAsync_HandlerThatNoHostHasHadForLong_HasNoTurnsAnyMore()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)));
        Assert.Empty(await store.ClaimAsync(Turns(After(0)), Token));
        var later = Start + Retention.Horizon + Duration.FromDays(1);
        await PassAsync(store, later);
        Assert.Empty(await store.ClaimAsync(Turns(later, plans: [Clerk]), Token));
        await store.IngestAsync(Arriving(TurnsAlone, [Clerk], Line("b", later)), Token);
        Because.Empty(await store.ClaimAsync(Turns(later + Duration.FromMinutes(1)), Token), "nobody had it when the message came");
    }

    [Fact]
    public async Task ClaimAsync_ManyHostsAtOnce_GivesTheTurnToOne()
    {
        var store = await CreateAsync();
        await IngestAsync(store, [.. Enumerable.Range(0, 20).Select(static i => Line($"m{i}", After(0), new ConversationKey(Number, CustomerId.Parse($"155500010{i:00}"))))]);
        var given = await RaceAsync(store, async host => await host.ClaimAsync(Turns(After(2), limit: 3), Token));
        var keys = given.SelectMany(static claims => claims).Select(static claim => claim.Event.Key).ToList();
        Assert.Equal(20, keys.Count);
        Assert.Equal(20, keys.Distinct().Count());
    }

    [Fact]
    public async Task ClaimAsync_NoPlaces_LeavesTheTurnOpen()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(0)));
        Assert.Empty(await store.ClaimAsync(Turns(After(5), limit: 0), Token));
        await IngestAsync(store, Line("b", After(6)));
        Assert.Equal(["a", "b"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(8)), Token))));
    }

    [Fact]
    public async Task ClaimAsync_ReceivedByAHostWhoseClockWasAhead_DoesNotWaitForThatTime()
    {
        var store = await CreateAsync();
        await IngestAsync(store, Line("a", After(3600)));
        Assert.Equal(["a"], RunOf(Assert.Single(await store.ClaimAsync(Turns(After(1)), Token))));
    }

    private static Instant After(double seconds) => Start + Duration.FromSeconds(seconds);

    private static StoredEvent Line(string id, Instant at, ConversationKey? conversation = null, TurnPart part = TurnPart.Line, bool dispatches = true)
    {
        var text = Text(id, conversation ?? ByPhone, Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds()));
        return new StoredEvent
        {
            Key = text.Key,
            Lane = text.Lane,
            Field = text.Field,
            Number = text.Number,
            Account = text.Account,
            Conversation = text.Conversation,
            Timestamp = text.Timestamp,
            ReceivedAt = at,
            OpensWindow = true,
            Dispatches = dispatches,
            Turn = part,
            Message = text.Message,
            Raw = text.Raw,
            Contact = text.Contact,
        };
    }

    private static Task IngestAsync(IWhatsSessionStore store, params StoredEvent[] lines) => IngestAsync(store, TurnsAlone, lines);

    private static Task IngestAsync(IWhatsSessionStore store, EventLanes lanes, params StoredEvent[] lines) => IngestAsync(store, lanes, [Bot], lines);

    private static async Task IngestAsync(IWhatsSessionStore store, EventLanes lanes, PlannedTurn[] plans, params StoredEvent[] lines) =>
        await store.IngestAsync(Arriving(lanes, plans, lines), Token);

    private static IngestBatch Arriving(EventLanes lanes, PlannedTurn[] plans, params StoredEvent[] lines) => new()
    {
        Events = lines,
        ReceivedAt = lines.Max(static line => line.ReceivedAt),
        MetaTime = Start,
        Lanes = lanes,
        Turns = plans,
    };

    private static ClaimRequest Turns(Instant now, EventLanes? lanes = null, PlannedTurn[]? plans = null, int limit = 100) =>
        new(now, Lease, limit) { Lanes = lanes ?? TurnsAlone, Turns = plans ?? [Bot] };

    /// <summary>The messages of a turn, by the id in their JSON.</summary>
    private static IReadOnlyList<string> RunOf(ClaimedEvent turn)
    {
        using var document = JsonDocument.Parse(turn.Event.Raw);
        return
        [
            .. document.RootElement.GetProperty("messages").EnumerateArray().Select(static message =>
            {
                using var raw = JsonDocument.Parse(message.GetProperty("raw").GetBytesFromBase64());
                return raw.RootElement.GetProperty("id").GetString()!;
            }),
        ];
    }
}
