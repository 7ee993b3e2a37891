using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>What a store asks the planners when a customer's event finds a window at its end, or with its alerts raised: <see cref="AlertQuestion"/>.</content>
public abstract partial class StoreConformanceTests
{
    private static readonly Instant WindowEnd = Start + CustomerServiceWindow.Length;
    private static readonly Duration Second = Duration.FromSeconds(1);

    /// <summary>An hour before the end, and at the end itself.</summary>
    private static readonly SamplePlanner PlannerOfTheEnd = new(HourLead, Duration.Zero);

    [Fact]
    public async Task IngestAsync_EventAfterAnEndThatNobodyTold_AsksAboutIt()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        await store.IngestAsync(Batch(Text("b", ByPhone, WindowEnd + Second)), Token);

        var (check, alerts) = await ReadQuestionAsync(store, WindowEnd + Second);
        Assert.Equal((ByPhone, Start, WindowEnd + Second), (check.Conversation, check.Before.LastInbound, check.After.LastInbound));
        Assert.Equal((AlertDue, WindowEnd + Second + Duration.FromMilliseconds(1500)), (check.From, check.Now));
        Assert.Equal(PlannerOfTheEnd.Alerts.ToHashSet(), alerts.ToHashSet());
    }

    [Fact]
    public async Task IngestAsync_EventAtTheEnd_AsksNothing()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Text("b", ByPhone, WindowEnd)), Token);
        Because.Equal(0, await CountQuestionsAsync(store, WindowEnd), "the window goes on without a gap, and none of its alerts was told");
    }

    [Fact]
    public async Task IngestAsync_EventAfterAnEndThatWasTold_AsksNothing()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Assert.Equal(2, await store.SweepAsync(new AlertSweep(WindowEnd, PlannerOfTheEnd, 10), Token));
        await store.IngestAsync(Batch(Text("b", ByPhone, WindowEnd + Second)), Token);
        Assert.Equal(0, await CountQuestionsAsync(store, WindowEnd + Second));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60 * 60)]
    public async Task IngestAsync_EventInAWindowWhoseAlertWasTold_AsksAboutIt(int seconds)
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Assert.Equal(1, await store.SweepAsync(new AlertSweep(AlertDue, PlannerOfTheEnd, 10), Token));
        await DrainAsync(store, AlertDue);
        var at = AlertDue + Duration.FromSeconds(seconds);
        await store.IngestAsync(Batch(Text("b", ByPhone, at)), Token);

        var (check, _) = await ReadQuestionAsync(store, at);
        Assert.Equal((Start, at, WindowEnd), (check.Before.LastInbound, check.After.LastInbound, check.From));
    }

    [Fact]
    public async Task IngestAsync_LateEventThatExtendsAWindowWhoseEndWasTold_Asks()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Assert.Equal(2, await store.SweepAsync(new AlertSweep(WindowEnd, PlannerOfTheEnd, 10), Token));
        await DrainAsync(store, WindowEnd);
        await store.IngestAsync(Batch(Text("b", ByPhone, Start + Duration.FromHours(2))), Token);
        Assert.Null((await ReadQuestionAsync(store, WindowEnd)).Check.From);
    }

    [Fact]
    public async Task IngestAsync_EventBeforeAnyAlert_AsksNothing()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", ByPhone, AlertDue - Second), Text("old", ByPhone, Start + Second)), Token);
        await store.IngestAsync(Batch(Text("c", ByPhone, AlertDue + Duration.FromHours(20)), Text("d", ByPhone, AlertDue)), Token);
        Assert.Equal(0, await CountQuestionsAsync(store, WindowEnd));
    }

    [Fact]
    public async Task IngestAsync_OnlyAlertsBeforeTheEndArePlanned_AsksNothing()
    {
        var store = await CreatePlannedAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue), Token));
        await store.IngestAsync(Batch(Text("b", ByPhone, AlertDue + Second)), Token);
        await store.IngestAsync(Batch(Text("c", ByPhone, AlertDue + Duration.FromDays(2))), Token);
        Assert.Equal(0, await CountQuestionsAsync(store, AlertDue + Duration.FromDays(2)));
    }

    [Fact]
    public async Task IngestAsync_SilentOrRepeatedEvent_AsksNoMore()
    {
        var store = await CreateWithEndAsync();
        var late = Text("b", ByPhone, WindowEnd + Second + Second);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Silent("old", ByPhone, Start + Second)), Token);
        await store.IngestAsync(Batch(late), Token);
        await store.IngestAsync(Batch(late), Token);
        Assert.Equal(1, await CountQuestionsAsync(store, WindowEnd + Second));
    }

    [Fact]
    public async Task IngestAsync_EventUnderAnotherIdentifier_AsksAboutTheCustomer()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        await store.IngestAsync(Batch(Text("b", ByUser, WindowEnd + Second, OneCustomer)), Token);
        var (check, _) = await ReadQuestionAsync(store, WindowEnd + Second);
        Assert.Equal((ByPhone, Start, AlertDue), (check.Conversation, check.Before.LastInbound, check.From));

        // Now that both are known: the phone's row is due, and the event comes under the other.
        var second = WindowEnd + Duration.FromHours(2);
        await store.IngestAsync(Batch(Text("c", ByPhone, second)), Token);
        await DrainAsync(store, second);
        await store.IngestAsync(Batch(Text("d", ByUser, second + CustomerServiceWindow.Length + Second, OneCustomer)), Token);
        (check, _) = await ReadQuestionAsync(store, second + CustomerServiceWindow.Length + Second);
        Assert.Equal((ByPhone, second), (check.Conversation, check.Before.LastInbound));
    }

    [Fact]
    public async Task IngestAsync_CustomerJoinedByTheEventThatExtends_Asks()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Assert.Equal(1, await store.SweepAsync(new AlertSweep(AlertDue, PlannerOfTheEnd, 10), Token));
        await DrainAsync(store, AlertDue);
        await store.IngestAsync(Batch(Text("b", ByUser, AlertDue + Second, OneCustomer)), Token);
        var (check, _) = await ReadQuestionAsync(store, AlertDue + Second);
        Assert.Equal((ByPhone, Start, AlertDue + Second), (check.Conversation, check.Before.LastInbound, check.After.LastInbound));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task JoinAsync_InboundAfterAnEndThatNobodyTold_AsksAboutIt(bool many)
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        var (facts, now) = (new ConversationState(WindowEnd + Second, denied: null), WindowEnd + Duration.FromHours(1));
        await (many ? store.JoinAsync([(ByPhone, facts)], now, Token) : store.JoinAsync(ByPhone, facts, now, Token));
        await store.JoinAsync(ByPhone, facts, now, Token);
        Assert.Equal(Start, (await ReadQuestionAsync(store, now)).Check.Before.LastInbound);
    }

    [Fact]
    public async Task ClaimAsync_Question_GoesToAHostWithoutAlertsAndHoldsNothingBack()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        await store.IngestAsync(Batch(Text("b", ByPhone, WindowEnd + Second)), Token);
        var claims = await store.ClaimAsync(At(WindowEnd + Second) with { Alerts = [] }, Token);
        Assert.Equal([AlertQuestion.FieldName, "messages"], claims.Select(static claim => claim.Event.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ClaimAsync_QuestionForAnAlert_GoesToTheHostThatTakesIt()
    {
        var store = await CreateWithEndAsync();
        var state = new ConversationState(Start, denied: null);
        var unknown = SamplePlanner.Planned(HourLead);
        var question = AlertQuestion.Of(new AlertCheck(ByPhone, state, state, AlertDue, AlertDue), PlannerOfTheEnd.Alerts, unknown);
        Assert.True(await store.EnqueueAsync(question, Token));
        Assert.False(await store.EnqueueAsync(question, Token));
        Assert.Empty(await store.ClaimAsync(At(AlertDue) with { Alerts = [] }, Token));
        var claim = Assert.Single(await store.ClaimAsync(At(AlertDue) with { Alerts = [unknown] }, Token));
        Assert.Equal(new AlertCheck(ByPhone, state, state, AlertDue, AlertDue), AlertQuestion.Read(claim.Event).Check);
    }

    [Fact]
    public async Task EraseAsync_Question_IsErased()
    {
        var store = await CreateWithEndAsync();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Text("b", ByPhone, WindowEnd + Second)), Token);
        await store.EraseAsync(ByPhone, WindowEnd + Duration.FromHours(1), Token);
        Assert.Equal(0, await CountQuestionsAsync(store, WindowEnd + Duration.FromHours(1)));
    }

    private static async Task<(AlertCheck Check, IReadOnlyCollection<PlannedAlert> Alerts)> ReadQuestionAsync(IWhatsSessionStore store, Instant now)
    {
        var claims = await store.ClaimAsync(At(now), Token);
        var question = Because.Single(claims, static claim => AlertQuestion.Is(claim.Event), "the end, or what was told, is asked about once");
        foreach (var claim in claims)
        {
            Assert.True(await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
        }

        return AlertQuestion.Read(question.Event);
    }

    private static async Task<int> CountQuestionsAsync(IWhatsSessionStore store, Instant now) =>
        (await store.ClaimAsync(At(now), Token)).Count(static claim => AlertQuestion.Is(claim.Event));

    private async Task<IWhatsSessionStore> CreateWithEndAsync()
    {
        var store = await CreateAsync();
        await store.SweepAsync(new AlertSweep(Start, PlannerOfTheEnd, Limit: 0), Token);
        return store;
    }
}
