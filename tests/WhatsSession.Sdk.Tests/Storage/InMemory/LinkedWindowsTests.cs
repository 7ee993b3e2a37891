using System.Globalization;
using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>A customer of one phone and one BSUID stands in two rows that know each other, and nowhere else.</summary>
[WithoutEmulator("The store alone.")]
public sealed class LinkedWindowsTests
{
    private const int Customers = 20_000;

    private static readonly TimeSpan RealTime = TimeSpan.FromSeconds(30);

    private readonly InMemoryWindows _windows = new(new InMemoryNumbers());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryRead_LinkedCustomer_NeedsNoGate(bool byPhone)
    {
        var state = new InMemoryState(maximumLogBytes: 0, maximumWaitingBytes: 1_000_000);
        Ingest(state, Text("a", ByUser, Start, OneCustomer), Text("b", ByPhone, Start + Duration.FromHours(1)));
        using var isHeld = new SemaphoreSlim(0);
        using var isRead = new SemaphoreSlim(0);
        var holder = Task.Factory.StartNew(
            () => state.DoAsync(
                0,
                (_, _) =>
                {
                    isHeld.Release();
                    isRead.Wait(RealTime, Token);
                },
                Token).AsTask(),
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();
        await isHeld.WaitAsync(Token);
        var reader = Task.Run(
            () =>
            {
                var place = default(WindowPlace);
                var asked = byPhone ? ByPhone : ByUser;
                state.TryRead(asked, ref place, out _);
                state.TryRead(asked, ref place, out var facts);
                state.Conversations.TryRead(asked, out var snapshot).Should().BeTrue();
                snapshot!.State.LastInbound.Should().Be(facts.LastInbound);
                return facts;
            },
            Token);

        (await reader.WaitAsync(RealTime / 2, Token)).LastInbound.Should().Be(Start + Duration.FromHours(1), "both are read");
        isRead.Release();
        await holder;
    }

    [Fact]
    public async Task TryRead_LinkedCustomer_AllocatesNothing()
    {
        var store = new InMemoryStore();
        await store.IngestAsync(Batch(Text("a", ByUser, Start, OneCustomer)), Token);
        foreach (var asked in (ConversationKey[])[ByPhone, ByUser])
        {
            var place = default(WindowPlace);
            ((IWindowSource)store).TryRead(asked, ref place, out var facts).Should().BeTrue();
            facts.LastInbound.Should().Be(Start);

            Allocated.LeastBytes(() => ((IWindowSource)store).TryRead(asked, ref place, out _)).Should().Be(0);
        }
    }

    /// <summary>Where the business answers in the app too, most customers have such facts, and under the identifier that the copy named.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryRead_LinkedCustomerWhoseOtherRowHasRareFacts_NeedsNoGateAndAllocatesNothing(bool byPhone)
    {
        var state = new InMemoryState(maximumLogBytes: 0, maximumWaitingBytes: 1_000_000);
        var (asked, other) = byPhone ? (ByPhone, ByUser) : (ByUser, ByPhone);
        Ingest(state, Text("a", ByUser, Start, OneCustomer));
        state.Conversations.Join(other, new ConversationState { Echoed = At(1).LastInbound, Doubted = At(2).LastInbound }, checkAt: null);
        var place = default(WindowPlace);

        state.Conversations.TryRead(asked, ref place, out var facts, out var number).Should().BeTrue();
        facts.Should().Be(state.Conversations.ReadJoined(asked, number));
        facts.IsDoubted.Should().BeTrue();
        state.Conversations.TryRead(asked, out var snapshot).Should().BeTrue();
        snapshot.Should().Be(state.Conversations.Read(asked));
        Allocated.LeastBytes(() => state.Conversations.TryRead(asked, ref place, out _, out _)).Should().Be(0);

        state.Conversations.NoteFailedAnswer(other);
        state.Conversations.TryRead(asked, ref place, out facts, out _).Should().BeTrue("a window does not depend on it");
        facts.IsDoubted.Should().BeTrue();
        state.Conversations.TryRead(asked, out _).Should().BeFalse("which answer failed the history tells");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryFindRare_TwoThatWereParted_TellsNothingOfTheOther(bool byPhone)
    {
        var state = new InMemoryState(maximumLogBytes: 0, maximumWaitingBytes: 1_000_000);
        var (asked, other) = byPhone ? (ByPhone, ByUser) : (ByUser, ByPhone);
        Ingest(state, Text("a", ByUser, Start, OneCustomer));
        state.Conversations.Join(other, new ConversationState { Doubted = At(2).LastInbound }, checkAt: null);
        var place = default(WindowPlace);
        state.Windows.TryReadPair(asked, ref place, default(NoPause), out var pair).Should().BeTrue();
        state.Windows.TryFindRare(asked, in place, in pair, out _, out var rare).Should().BeTrue();
        rare!.State.Doubted.Should().Be(At(2).LastInbound);

        Ingest(state, Text("b", BySecondUser, Start, new IdentityLink(Phone, SecondUser)));
        state.Windows.TryFindRare(asked, in place, in pair, out _, out _).Should().BeFalse();
    }

    [Fact]
    public void Knows_LinkedCustomer_AllocatesNothing()
    {
        var identities = new InMemoryIdentities(_windows);
        identities.Add(ByPhone, ByUser, Start).Should().BeTrue();
        identities.Add(ByPhone, ByUser, Start + Duration.FromHours(1)).Should().BeFalse("the earlier time stays");

        identities.Knows(ByPhone, ByUser, Start - Duration.FromSeconds(1)).Should().BeFalse();
        identities.Knows(ByPhone, BySecondUser, Start).Should().BeFalse();
        identities.Knows(ByPhone, ByUser, Start).Should().BeTrue();
        Allocated.LeastBytes(() => identities.Knows(ByPhone, ByUser, Start)).Should().Be(0);
    }

    [Fact]
    public void TryLink_RowsOfMany_StayLinkedWhileTablesGrow()
    {
        for (var i = 0; i < Customers; i++)
        {
            _windows.TryLink(PhoneOf(i), UserOf(i), (uint)i + 1).Should().BeTrue();
            _windows.Join(i % 2 == 0 ? PhoneOf(i) : UserOf(i), At(i), checkAt: null);
        }

        for (var i = 0; i < Customers; i++)
        {
            _windows.FindLink(PhoneOf(i)).Should().Be((UserOf(i), (uint)i + 1));
            _windows.FindLink(UserOf(i)).Should().Be((PhoneOf(i), (uint)i + 1));
            foreach (var asked in (ConversationKey[])[PhoneOf(i), UserOf(i)])
            {
                var place = default(WindowPlace);
                _windows.TryReadPair(asked, ref place, default(NoPause), out var pair).Should().BeTrue();
                pair.IsWhole.Should().BeTrue();
                pair.Window.ToState().LastInbound.Should().Be(At(i).LastInbound);
            }
        }
    }

    [Fact]
    public void TryLink_RowThatIsJoinedAlready_LinksNothing()
    {
        _windows.TryLink(ByPhone, ByUser, 5).Should().BeTrue();
        _windows.Mark(BySecondPhone, WindowFlags.Joined);

        _windows.TryLink(ByPhone, BySecondUser, 5).Should().BeFalse();
        _windows.TryLink(BySecondPhone, BySecondUser, 5).Should().BeFalse();
        _windows.FindLink(BySecondUser).Should().BeNull();
        _windows.FindLink(ByPhone).Should().Be((ByUser, 5U));
    }

    [Fact]
    public void Remove_OneOfTwo_LeavesTheOtherWithoutALink()
    {
        _windows.TryLink(ByPhone, ByUser, 5).Should().BeTrue();
        _windows.Join(ByPhone, At(1), checkAt: At(2).LastInbound);
        var place = default(WindowPlace);
        _windows.TryReadPair(ByPhone, ref place, default(NoPause), out _);
        _windows.Remove(ByUser);

        _windows.FindLink(ByPhone).Should().BeNull();
        _windows.TryReadPair(ByPhone, ref place, default(NoPause), out var pair).Should().BeTrue();
        pair.IsWhole.Should().BeFalse();
        _windows.TakeDue(At(3).LastInbound!.Value, limit: 10).Should().ContainSingle().Which.Conversation.Should().Be(ByPhone, "it is known by its phone");
    }

    private static void Ingest(InMemoryState state, params StoredEvent[] events)
    {
        var batch = Batch(events);
        InMemoryIngest.Keep(state, batch, IngestPlan.Of(batch));
    }

    private static ConversationState At(int second) => new(Start + Duration.FromSeconds(second), denied: null);

    private static ConversationKey PhoneOf(int i) => new(Number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"1777{i:D7}")));

    private static ConversationKey UserOf(int i) => new(Number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"US.1777{i:D7}")));
}
