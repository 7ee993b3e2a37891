using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task StartSequenceAsync_NewRun_IsKeptWithAllOfIt()
    {
        var store = await CreateAsync();
        var run = FullRun(ByPhone);

        Assert.Same(run, await store.StartSequenceAsync(run, Start, Token));

        Assert.Equal(Describe(run), Describe((await store.FindSequenceAsync(run.Id, Token))!));
        Assert.Null(await store.FindSequenceAsync(IntentId.New(), Token));
        Assert.Equal([run.Id], await ListRunsAsync(store, ByPhone));
        Assert.Equal(run.Id, Assert.Single(await store.ListSequencesAsync(after: null, 10, Token)).Id);
    }

    [Fact]
    public async Task StartSequenceAsync_OneOfTheSameSequenceRuns_ReturnsThatOneUnderEveryIdentifier()
    {
        var store = await CreateAsync();
        await LinkAsync(store);
        var first = Run(ByPhone, Start);
        await store.StartSequenceAsync(first, Start, Token);

        Assert.Equal(first.Id, (await store.StartSequenceAsync(Run(ByUser, Start + Duration.FromSeconds(1)), Start, Token))!.Id);
        var other = Run(ByUser, Start, "welcome");
        Because.Same(other, await store.StartSequenceAsync(other, Start, Token), "it is another sequence");
        var anothers = Run(BySecondPhone, Start);
        Because.Same(anothers, await store.StartSequenceAsync(anothers, Start, Token), "it is another customer");
        SequenceRun[] scheduled = [Run(ByPhone, Start, sequence: null), Run(ByPhone, Start, sequence: null)];
        foreach (var message in scheduled)
        {
            Because.Same(message, await store.StartSequenceAsync(message, Start, Token), "any number of messages may be scheduled");
        }

        await store.SaveSequenceAsync(Ended(first, Start), Token);
        var second = Run(ByUser, Start + Duration.FromSeconds(2));
        Because.Same(second, await store.StartSequenceAsync(second, Start, Token), "the first has ended");
    }

    [Fact]
    public async Task StartSequenceAsync_SameId_ReturnsTheOneThereWasAlsoWhenItHasEnded()
    {
        var store = await CreateAsync();
        var run = Run(ByPhone, Start);
        await store.StartSequenceAsync(run, Start, Token);
        await store.SaveSequenceAsync(Ended(run, Start), Token);

        var again = await store.StartSequenceAsync(run with { StartedAt = Start + Duration.FromHours(1) }, Start, Token);

        Assert.Equal((SequenceState.Cancelled, Start, 2L), (again!.State, again.StartedAt, again.Revision));
    }

    [Fact]
    public async Task StartSequenceAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var started = await RaceAsync(store, static async s =>
        {
            var run = Run(ByPhone, Start);
            return (IsStarted: ReferenceEquals(run, await s.StartSequenceAsync(run, Start, Token)), run.Id);
        });

        var winner = Assert.Single(started, static one => one.IsStarted);
        Assert.Equal([winner.Id], await ListRunsAsync(store, ByPhone));
        Assert.Single(await DrainAsync(store, Start + Duration.FromHours(2)));
    }

    [Fact]
    public async Task StartSequenceAsync_CustomerErasedSince_KeepsNothing()
    {
        var store = await CreateAsync();
        await store.EraseAsync(ByPhone, ErasedAt, Token);

        Assert.Null(await store.StartSequenceAsync(Run(ByPhone, ErasedAt), ErasedAt, Token));
        Assert.Empty(await ListRunsAsync(store, ByPhone));
        var later = Run(ByPhone, ErasedAt);
        Assert.Same(later, await store.StartSequenceAsync(later, ErasedAt + Duration.FromTicks(1), Token));
    }

    [Fact]
    public async Task SaveSequenceAsync_NextRevision_IsKeptOnceWithItsWork()
    {
        var store = await CreateAsync();
        var run = Run(ByPhone, Start);
        await store.StartSequenceAsync(run, Start, Token);
        var next = run with { Revision = 2, DueAt = Start + Duration.FromHours(5), Version = "2" };

        Because.False(await store.SaveSequenceAsync(next with { Revision = 1 }, Token), "it is the revision that is there");
        Because.False(await store.SaveSequenceAsync(next with { Revision = 3 }, Token), "the second is not there yet");
        Because.False(await store.SaveSequenceAsync(Run(ByPhone, Start) with { Revision = 2 }, Token), "the run is not there");
        Assert.Single(await RaceAsync(store, async s => await s.SaveSequenceAsync(next, Token)), static won => won);

        Assert.Equal(Describe(next), Describe((await store.FindSequenceAsync(run.Id, Token))!));
        Assert.Empty(await store.ClaimAsync(At(Start + Duration.FromHours(2) - Duration.FromTicks(1)), Token));
        Assert.Equal(run.ToWork()!.Key, Assert.Single(await DrainAsync(store, Start + Duration.FromHours(2))));
        Assert.Equal(next.ToWork()!.Key, Assert.Single(await DrainAsync(store, Start + Duration.FromHours(5))));
    }

    [Fact]
    public async Task SaveSequenceAsync_PausedOrEnded_MakesNoWork()
    {
        var store = await CreateAsync();
        var run = Run(ByPhone, Start);
        await store.StartSequenceAsync(run, Start, Token);
        await DrainAsync(store, Start + Duration.FromHours(2));

        var paused = run with { State = SequenceState.Paused, Revision = 2 };
        Assert.True(await store.SaveSequenceAsync(paused, Token));
        Because.Single(await store.ListSequencesAsync(after: null, 10, Token), "it may be resumed");
        Assert.True(await store.SaveSequenceAsync(Ended(paused, Start), Token));

        Assert.Empty(await store.ListSequencesAsync(after: null, 10, Token));
        Assert.Equal([run.Id], await ListRunsAsync(store, ByPhone));
        Assert.Empty(await store.ClaimAsync(At(Start + Duration.FromDays(9)), Token));
    }

    [Fact]
    public async Task ListSequencesAsync_PageByPage_GivesEachRunOnce()
    {
        const int Count = 23;
        var store = await CreateAsync();
        await LinkAsync(store);
        ConversationKey[] sides = [ByPhone, ByUser];
        var runs = Enumerable.Range(0, Count).Select(i => Run(sides[i % 2], Start + Duration.FromSeconds(i / 5), $"{i}")).ToArray(); // Five of one moment.
        foreach (var run in runs.AsEnumerable().Reverse())
        {
            await store.StartSequenceAsync(run, Start, Token);
        }

        var expected = runs.OrderBy(static run => run.StartedAt).ThenBy(static run => run.Id.ToString(), StringComparer.Ordinal).Select(static run => run.Id).ToList();
        Assert.Equal(expected, await ReadPagesAsync((after, limit) => store.ListSequencesAsync(after, limit, Token)));
        Assert.Equal(expected, await ReadPagesAsync((after, limit) => store.ListSequencesAsync(ByUser, after, limit, Token)));
        foreach (var limit in (int[])[0, -1])
        {
            Assert.Empty(await store.ListSequencesAsync(after: null, limit, Token));
            Assert.Empty(await store.ListSequencesAsync(ByPhone, after: null, limit, Token));
        }

        static async Task<List<IntentId>> ReadPagesAsync(Func<SequenceRun?, int, ValueTask<IReadOnlyList<SequenceRun>>> list)
        {
            var seen = new List<IntentId>();
            SequenceRun? last = null;
            while (await list(last, 4) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, 4);
                seen.AddRange(page.Select(static run => run.Id));
                last = page[^1];
            }

            return seen;
        }
    }

    [Fact]
    public async Task ListSequencesAsync_RecycledPhone_LeavesOutWhatStartedForTheFirstOwner()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Linking("a", ByUser, Start, OneCustomer)), Token);
        var firsts = Run(ByPhone, Start + Duration.FromHours(1));
        await store.StartSequenceAsync(firsts, Start, Token);
        await store.IngestAsync(Batch(Linking("b", BySecondUser, Start + Duration.FromDays(1), new IdentityLink(Phone, SecondUser))), Token);

        Assert.Empty(await ListRunsAsync(store, ByPhone));
        var seconds = Run(ByPhone, Start + Duration.FromDays(2));
        Because.Same(seconds, await store.StartSequenceAsync(seconds, Start + Duration.FromDays(2), Token), "the other is another customer's");
        Assert.Equal([seconds.Id], await ListRunsAsync(store, ByPhone));
    }

    [Fact]
    public async Task EraseAsync_RunsOfTheCustomer_GoWithTheirWork()
    {
        var store = await CreateAsync();
        await LinkAsync(store);
        var (mine, ended, anothers) = (Run(ByPhone, Start), Run(ByUser, Start, "welcome"), Run(BySecondPhone, Start));
        foreach (var run in (SequenceRun[])[mine, ended, anothers])
        {
            await store.StartSequenceAsync(run, Start, Token);
        }

        await store.SaveSequenceAsync(Ended(ended, Start), Token);
        await store.EraseAsync(ByUser, ErasedAt, Token);

        Assert.Null(await store.FindSequenceAsync(mine.Id, Token));
        Assert.Null(await store.FindSequenceAsync(ended.Id, Token));
        Because.False(await store.SaveSequenceAsync(mine with { Revision = 2 }, Token), "it is gone");
        Assert.Equal([anothers.Id], (await store.ListSequencesAsync(after: null, 10, Token)).Select(static run => run.Id));
        Assert.Equal(anothers.ToWork()!.Key, Assert.Single(await DrainAsync(store, Start + Duration.FromDays(1))));
    }

    [Fact]
    public async Task FindSequenceAsync_EndedRun_IsKeptForEightDays()
    {
        var store = await CreateAsync();
        await PassAsync(store, Start);
        var (ended, running) = (Run(ByPhone, Start), Run(ByPhone, Start, "welcome"));
        foreach (var run in (SequenceRun[])[ended, running])
        {
            await store.StartSequenceAsync(run, Start, Token);
        }

        await store.SaveSequenceAsync(Ended(ended, Start + Duration.FromDays(20)), Token);
        await GoToAsync(Start + Duration.FromDays(28));
        Assert.NotNull(await store.FindSequenceAsync(ended.Id, Token));
        await GoToAsync(Start + Duration.FromDays(30));
        Assert.Null(await store.FindSequenceAsync(ended.Id, Token));
        Because.True(await store.FindSequenceAsync(running.Id, Token) is not null, "it has not ended");

        async Task GoToAsync(Instant at)
        {
            await PassAsync(store, at);
            await store.StartSequenceAsync(Run(BySecondPhone, at, $"{at}"), at, Token);
            await PassAsync(store, at);
        }
    }

    private static async Task<IEnumerable<IntentId>> ListRunsAsync(IWhatsSessionStore store, ConversationKey conversation) =>
        (await store.ListSequencesAsync(conversation, after: null, 100, Token)).Select(static run => run.Id);

    private static SequenceRun Run(ConversationKey conversation, Instant at, string? sequence = "cart") => new()
    {
        Id = IntentId.New(),
        Conversation = conversation,
        Sequence = sequence,
        StartedAt = at,
        DueAt = Start + Duration.FromHours(2),
        Steps = [new SequenceStep { Delay = Duration.FromHours(2), Message = new TextMessage("Still there?") }],
    };

    private static SequenceRun FullRun(ConversationKey conversation) => new()
    {
        Id = IntentId.New(),
        Conversation = conversation,
        Sequence = "cart",
        Version = "7",
        StartedAt = Start + Duration.FromTicks(3),
        Anchor = Start,
        AnchorMessage = MessageId.Parse("wamid.a"),
        EndsOnAnswer = false,
        TimeZone = "America/Sao_Paulo",
        HasCalendar = true,
        QuietFrom = new TimeOnly(20, 30),
        QuietTo = new TimeOnly(8, 0, 0, 5),
        Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["order"] = "42", ["name"] = "Ána \"x\"" },
        State = SequenceState.Running,
        DueAt = Start + Duration.FromTicks(7),
        Revision = 1,
        Steps =
        [
            new SequenceStep
            {
                Delay = Duration.FromHours(2),
                Message = new TextMessage("Still there?"),
                OrTemplate = new TemplateMessage("order_shipped", "en_US", "42") { Marketing = new MarketingDelivery { IsStrict = true } },
                State = SequenceStepState.Sent,
                EndedAt = Start + Duration.FromTicks(5),
                MessageId = MessageId.Parse("wamid.b"),
            },
            new SequenceStep { Timing = SequenceTiming.At, Day = 3, Time = new TimeOnly(9, 30), Message = new TemplateMessage("we_wrote", "en_US", "Ana") },
            new SequenceStep
            {
                Timing = SequenceTiming.BeforeClosing,
                Delay = Duration.FromMinutes(30),
                Message = new ReplyButtonsMessage("Yes?", "Yes", "No"),
                State = SequenceStepState.Skipped,
                EndedAt = Start,
                Reason = "The window was closed.",
            },
        ],
    };

    private static SequenceRun Ended(SequenceRun run, Instant at) =>
        run with { State = SequenceState.Cancelled, EndedAt = at, DueAt = null, Revision = run.Revision + 1 };

    private static string Describe(SequenceRun run) => $"{run.Id} {run.Conversation.Party} {run.Revision} {System.Text.Encoding.UTF8.GetString(run.WriteContent())}";
}
