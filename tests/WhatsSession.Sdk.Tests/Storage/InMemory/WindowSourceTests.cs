using CsCheck;
using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>The short way to a window gives the answer of the long one.</summary>
[WithoutEmulator("The store alone.")]
public sealed class WindowSourceTests
{
    private static readonly ConversationKey[] Parties = [ByPhone, BySecondPhone, ByUser, BySecondUser, InGroup, new(StoreConformance.Sample.OtherNumber, Phone)];

    private static readonly IdentityLink?[] Links = [null, null, OneCustomer, new(Phone, SecondUser), new(SecondPhone, User)];

    private static readonly SendPolicy[] Policies = [SendPolicy.Default, SendPolicy.Default with { NoHistory = GuardChoice.Refuse }];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private enum Step
    {
        Text,
        OldText,
        Denial,
        FreeEntry,
        Rotation,
        Restriction,
        Erasure,
    }

    [Fact]
    public async Task TryRead_AnyHistory_GivesTheWindowOfTheSnapshot()
    {
        var step = Gen.Select(Gen.Int[0, 12].Select(static i => (Step)Math.Max(0, i - 6)), Gen.Int[0, Parties.Length - 1], Gen.Int[0, Links.Length - 1], Gen.Int[0, 40]);
        var answered = 0;
        await step.Array[1, 15].SampleAsync(
            async steps =>
            {
                var store = new InMemoryStore();
                var places = new WindowPlace[Parties.Length];
                for (var i = 0; i < steps.Length; i++)
                {
                    await TakeAsync(store, i, steps[i].Item1, Parties[steps[i].Item2], Links[steps[i].Item3], Start + Duration.FromHours(steps[i].Item4));
                    for (var party = 0; party < Parties.Length; party++)
                    {
                        var snapshot = await store.ReadAsync(Parties[party], Token);
                        if (!((IWindowSource)store).TryRead(Parties[party], ref places[party], out var facts))
                        {
                            continue;
                        }

                        Interlocked.Increment(ref answered);
                        foreach (var policy in Policies)
                        {
                            for (var hour = 0; hour < 80; hour += 8)
                            {
                                var now = Start + Duration.FromHours(hour);
                                if (policy.Window(facts, now) != policy.Window(snapshot, now))
                                {
                                    return false;
                                }
                            }
                        }
                    }
                }

                return true;
            },
            iter: 300);
        answered.Should().BePositive();
    }

    /// <summary>The rule, told without the store: a row that was read before its customer was linked, recycled, replaced or erased is not the answer afterwards.</summary>
    [Fact]
    public async Task TryRead_PlaceFromBeforeALink_SeesTheLink()
    {
        var store = new InMemoryStore();
        var place = default(WindowPlace);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        Read(store, ByPhone, ref place).LastInbound.Should().Be(Start);

        var later = Start + Duration.FromHours(1);
        await store.IngestAsync(Batch(Text("b", ByUser, later, OneCustomer)), Token);
        Read(store, ByPhone, ref place).LastInbound.Should().Be(later);

        await store.IngestAsync(Batch(Text("c", BySecondUser, later, new IdentityLink(Phone, SecondUser))), Token);
        Read(store, ByPhone, ref place).LastInbound.Should().BeNull("a recycled phone is nobody's");
    }

    [Fact]
    public async Task TryRead_PlaceFromBeforeAnErasure_SeesTheErasure()
    {
        var store = new InMemoryStore();
        var place = default(WindowPlace);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start), Text("b", BySecondPhone, Start)), Token);
        Read(store, ByPhone, ref place).LastInbound.Should().Be(Start);

        await store.EraseAsync(ByPhone, Start + Duration.FromSeconds(2), Token);
        ((IWindowSource)store).TryRead(ByPhone, ref place, out var erased);
        erased.LastInbound.Should().BeNull();

        await store.IngestAsync(Batch(Text("c", ByPhone, Start + Duration.FromSeconds(1))), Token);
        Read(store, ByPhone, ref place).LastInbound.Should().BeNull("what the customer sent until the erasure opens nothing");
        Read(store, BySecondPhone, ref place).LastInbound.Should().Be(Start, "a place of another conversation is only a hint");

        await store.IngestAsync(Batch(Text("d", ByPhone, Start + Duration.FromSeconds(3))), Token);
        Read(store, ByPhone, ref place).LastInbound.Should().Be(Start + Duration.FromSeconds(3));
    }

    [Fact]
    public async Task TryRead_FactsOfTheNumber_AreThoseOfTheSnapshot()
    {
        var store = new InMemoryStore();
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await TakeAsync(store, 1, Step.Restriction, ByPhone, link: null, Start);

        var place = default(WindowPlace);
        var known = Read(store, ByPhone, ref place);
        known.Restriction.Should().Be((await store.ReadAsync(ByPhone, Token)).Restriction).And.NotBeNull();
        known.HistorySince.Should().Be((await store.ReadAsync(ByPhone, Token)).HistorySince).And.NotBeNull();
        place = default;
        var unknown = Read(store, BySecondUser, ref place);
        unknown.Should().Be(known with { LastInbound = null });
    }

    [Fact]
    public async Task GetWindowAsync_InMemory_AllocatesNothing()
    {
        await using var runtime = await WhatsSessionRuntime.StartAsync(static o => o.Numbers.Add("support", Number.Value, Given.AccessToken), cancellationToken: Token);
        foreach (var party in (string[])[Phone.Value, User.Value])
        {
            var conversation = runtime.Client.Number("support").Conversation(party);
            await conversation.GetWindowAsync(Token);

            Allocated.LeastBytes(() => conversation.GetWindowAsync(Token)).Should().Be(0);
        }
    }

    private static WindowFacts Read(InMemoryStore store, ConversationKey conversation, ref WindowPlace place)
    {
        ((IWindowSource)store).TryRead(conversation, ref place, out var facts).Should().BeTrue();
        return facts;
    }

    private static async Task TakeAsync(InMemoryStore store, int id, Step step, ConversationKey party, IdentityLink? link, Instant at)
    {
        switch (step)
        {
            case Step.Text:
                await store.IngestAsync(Batch(Text($"m{id}", party, at, party.IsGroup ? null : link)), Token);
                break;
            case Step.OldText:
                await store.IngestAsync(Batch(HourLead, Text($"m{id}", party, at - Duration.FromDays(2))), Token);
                break;
            case Step.Denial:
                await store.JoinAsync(party, new ConversationState(lastInbound: null, denied: at), Start, Token);
                break;
            case Step.FreeEntry:
                await store.JoinAsync(party, new ConversationState { FreeEntry = new FreeEntryPoint(at, firstReply: null, statedEnd: null), Answers = AnswerTimes.By(AuthorKind.Bot, at), Doubted = at }, Start, Token);
                break;
            case Step.Rotation:
                await store.IngestAsync(Batch(Notice(id, at, new EventFacts { Rotation = new IdentityRotation(User, SecondUser) })), Token);
                break;
            case Step.Restriction:
                await store.IngestAsync(Batch(Notice(id, at, new EventFacts { Restriction = new MessagingRestriction(at, Applies: true, at + Duration.FromHours(3)) })), Token);
                break;
            default:
                await store.EraseAsync(party, at, Token);
                break;
        }
    }

    private static StoredEvent Notice(int id, Instant at, EventFacts facts) => new()
    {
        Key = EventKey.Of(Number.Value, EventLane.Account, $"notice{id}"),
        Lane = EventLane.Account,
        Field = "account_update",
        Number = Number,
        Account = Account,
        Timestamp = at,
        ReceivedAt = at,
        Facts = facts,
        Raw = "{}"u8.ToArray(),
    };
}
