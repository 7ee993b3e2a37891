using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

/// <content>The alerts of windows that are known by facts alone, as an import brings them.</content>
public abstract partial class StoreConformanceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task JoinAsync_LastInboundOfAnOpenWindow_HasItsAlert(bool many)
    {
        var store = await CreatePlannedAsync();
        var facts = new ConversationState(Start + Duration.FromMilliseconds(1), denied: null);
        var now = Start + Duration.FromHours(2);
        await (many ? store.JoinAsync([(ByPhone, facts), (BySecondPhone, facts)], now, Token) : store.JoinAsync(ByPhone, facts, now, Token));

        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue - Duration.FromTicks(1)), Token));
        Assert.Equal(many ? 2 : 1, await store.SweepAsync(SweepAt(AlertDue), Token));
        await store.JoinAsync(ByPhone, facts, AlertDue, Token);
        Because.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(1)), Token), "it had its alert");
        Assert.Contains(SamplePlanner.ToEvent(ByPhone, Start, SamplePlanner.Planned(HourLead), AlertDue).Key, await DrainAsync(store, AlertDue));
    }

    [Fact]
    public async Task JoinAsync_LastInboundOfAWindowThatIsOver_RaisesNone()
    {
        var store = await CreatePlannedAsync();
        await store.JoinAsync(ByPhone, new ConversationState(Start, denied: null), Start + CustomerServiceWindow.Length, Token);
        await store.JoinAsync(BySecondPhone, new ConversationState(Start - Duration.FromDays(30), denied: null), Start, Token);
        await store.JoinAsync(ByUser, new ConversationState(lastInbound: null, denied: Start), Start, Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(Start + Duration.FromDays(2)), Token));
    }

    // As an event that arrives late: the window is open for a moment yet.
    [Fact]
    public async Task JoinAsync_WithinTheLead_HasItsAlertAtOnce()
    {
        var store = await CreatePlannedAsync();
        var now = Start + CustomerServiceWindow.Length - Duration.FromTicks(1);
        await store.JoinAsync(ByPhone, new ConversationState(Start, denied: null), now, Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(now), Token));
    }

    [Fact]
    public async Task JoinAsync_EarlierThanWhatIsKnown_MovesNoAlert()
    {
        var store = await CreatePlannedAsync();
        var later = Start + Duration.FromHours(2);
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, later)), Token);
        await store.JoinAsync(ByPhone, new ConversationState(Start, denied: null), later, Token);
        await store.JoinAsync(ByUser, new ConversationState(Start, denied: null), later, Token);
        await store.JoinAsync(ByUser, new ConversationState(later, denied: null), later, Token);
        Because.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token), "the customers wrote since");
        Assert.Equal(2, await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(2)), Token));
    }

    [Fact]
    public async Task JoinAsync_FromBeforeAnErasure_RaisesNone()
    {
        var store = await CreatePlannedAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await store.EraseAsync(ByPhone, Start + Duration.FromHours(1), Token);
        await store.JoinAsync(ByPhone, new ConversationState(Start, denied: null), Start + Duration.FromHours(2), Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token));
        await store.JoinAsync(ByPhone, new ConversationState(Start + Duration.FromHours(3), denied: null), Start + Duration.FromHours(3), Token);
        Because.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(3)), Token), "it is later than the erasure");
    }

    /// <summary>A store that hosts have told long ago what alerts they plan.</summary>
    private async Task<IWhatsSessionStore> CreatePlannedAsync()
    {
        var store = await CreateAsync();
        foreach (var at in (Instant[])[Start - Duration.FromHours(1), Start])
        {
            await store.SweepAsync(SweepAt(at) with { Limit = 0 }, Token);
        }

        return store;
    }
}
