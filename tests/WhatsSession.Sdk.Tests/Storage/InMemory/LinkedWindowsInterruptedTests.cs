using System.Globalization;
using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>
/// A reader of a linked customer is held up between any two of its reads, and others write there: two things, each at each step.
/// What it tells is how the window stood before, between or after, to the second; or it tells nothing, and the gate does.
/// </summary>
[WithoutEmulator("The store alone.")]
public sealed class LinkedWindowsInterruptedTests
{
    // More than any read takes; a write of a step that is not reached is not made.
    private const int MostSteps = 40;

    private int _written;

    /// <summary>Where the customer is asked for, and whether it was before.</summary>
    public static TheoryData<bool, bool> Readers => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_InboundAndThenItsRefusalUnderTheOther_IsOneOfTheStates(bool byPhone, bool isKnown)
    {
        ReadInterrupted(byPhone, isKnown, state => Write(state, ByUser, 10), state => Refuse(state, ByPhone, 10));
        ReadInterrupted(byPhone, isKnown, state => Write(state, ByPhone, 10), state => Refuse(state, ByUser, 10));
    }

    /// <summary>Another process has heard of a message that this one hears of late: the refusal is the later one.</summary>
    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_RefusalAndThenAMessageFromBefore_DoesNotOpen(bool byPhone, bool isKnown)
    {
        ReadInterrupted(byPhone, isKnown, state => Refuse(state, ByPhone, 20), state => Write(state, ByUser, 10));
        ReadInterrupted(byPhone, isKnown, state => Refuse(state, ByUser, 20), state => Write(state, ByPhone, 10));
        ReadInterrupted(byPhone, isKnown, state => Refuse(state, ByPhone, 20), state => Write(state, ByPhone, 10));
        ReadInterrupted(byPhone, isKnown, state => Refuse(state, ByUser, 20), state => Write(state, ByUser, 10));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_RefusalThatAMessageLifts_DoesNotCloseAgain(bool byPhone, bool isKnown)
    {
        ReadInterrupted(byPhone, isKnown, state => Write(state, ByUser, 10), state => Refuse(state, ByPhone, 9));
        ReadInterrupted(byPhone, isKnown, state => Write(state, ByPhone, 10), state => Refuse(state, ByUser, 9));
    }

    /// <summary>The first owner's messages are not the phone's any more, and what is written under the phone is the second one's.</summary>
    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_PhoneBecomesAnothersAndSomebodyWrites_TellsNothingOfTheOther(bool byPhone, bool isKnown)
    {
        ReadInterrupted(byPhone, isKnown, Recycle, state => Write(state, ByUser, 30));
        ReadInterrupted(byPhone, isKnown, Recycle, state => Write(state, ByPhone, 30));
        ReadInterrupted(byPhone, isKnown, Recycle, state => Refuse(state, ByPhone, 30));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_CustomerIsErasedAndWritesAgain_IsOneOfTheStates(bool byPhone, bool isKnown)
    {
        ReadInterrupted(byPhone, isKnown, state => Erase(state, ByUser), state => Write(state, ByUser, 30, OneCustomer));
        ReadInterrupted(byPhone, isKnown, state => Erase(state, ByPhone), state => Write(state, ByPhone, 30));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_UserIdIsReplacedAndWrites_IsOneOfTheStates(bool byPhone, bool isKnown) => ReadInterrupted(
        byPhone, isKnown, state => state.Identities.AddRotation(ByUser, BySecondUser).Should().BeTrue(), state => Write(state, BySecondUser, 30));

    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_LinkGetsAnEarlierTime_IsOneOfTheStates(bool byPhone, bool isKnown) => ReadInterrupted(
        byPhone, isKnown, state => Write(state, ByUser, -10, OneCustomer), state => Write(state, ByPhone, 30));

    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_CustomerIsLinkedMeanwhile_IsOneOfTheStates(bool byPhone, bool isKnown)
    {
        ReadInterrupted(byPhone, isKnown, state => Write(state, ByUser, 10, OneCustomer), state => Refuse(state, ByPhone, 10), isLinked: false);
        ReadInterrupted(byPhone, isKnown, state => Refuse(state, ByPhone, 20), state => Write(state, ByUser, 10, OneCustomer), isLinked: false);
    }

    /// <summary>Tables grow twice, so that a link may name the place it named before.</summary>
    [Theory]
    [MemberData(nameof(Readers))]
    public void TryRead_TablesGrow_IsOneOfTheStates(bool byPhone, bool isKnown)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            Read(byPhone, isKnown, isLinked: true, (step, state => Grow(state, 0)), (step + 1, state => Grow(state, 1)));
        }
    }

    private static void Refuse(InMemoryState state, ConversationKey conversation, int second) =>
        state.Conversations.TryJoin(conversation, new ConversationState(lastInbound: null, Time(second))).Should().BeTrue();

    private static void Erase(InMemoryState state, ConversationKey conversation) => InMemoryErasure.Erase(state, conversation, Time(20));

    private static void Grow(InMemoryState state, int round)
    {
        for (var i = 0; i < 6_000; i++)
        {
            var other = CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"1777{round}{i:D7}"));
            state.Windows.Mark(new ConversationKey(Number, other), WindowFlags.Sender);
        }
    }

    private static Instant Time(int second) => Start + Duration.FromSeconds(second);

    private static (Instant? LastInbound, bool IsDenied, bool IsDoubted) ReadUnderGate(InMemoryState state, ConversationKey asked) =>
        ShortOf(state.Conversations.ReadJoined(asked, NumberFacts.None));

    private static (Instant? LastInbound, bool IsDenied, bool IsDoubted) ShortOf(WindowFacts facts) => (facts.LastInbound, facts.IsDenied, facts.IsDoubted);

    private void Write(InMemoryState state, ConversationKey conversation, int second, IdentityLink? link = null)
    {
        var batch = Batch(Text(string.Create(CultureInfo.InvariantCulture, $"w{_written++}"), conversation, Time(second), link));
        InMemoryIngest.Keep(state, batch, IngestPlan.Of(batch)).Fresh.Should().Be(1);
    }

    private void Recycle(InMemoryState state) => Write(state, BySecondUser, 20, new IdentityLink(Phone, SecondUser));

    private void ReadInterrupted(bool byPhone, bool isKnown, Action<InMemoryState> first, Action<InMemoryState> second, bool isLinked = true)
    {
        var steps = MostSteps;
        for (var i = 0; i < steps; i++)
        {
            for (var j = i; j < steps; j++)
            {
                steps = Math.Max(i + 1, Read(byPhone, isKnown, isLinked, (i, first), (j, second)));
            }
        }

        steps.Should().BeLessThan(MostSteps);
    }

    /// <returns>How many steps the read took.</returns>
    private int Read(bool byPhone, bool isKnown, bool isLinked, params (int Step, Action<InMemoryState> Write)[] writes)
    {
        var state = new InMemoryState(maximumLogBytes: 0, maximumWaitingBytes: 1_000_000);
        Write(state, ByUser, 0, isLinked ? OneCustomer : null);
        Write(state, ByPhone, 1);
        var asked = byPhone ? ByPhone : ByUser;
        var place = default(WindowPlace);
        if (isKnown)
        {
            state.Conversations.TryRead(asked, ref place, out _, out _).Should().BeTrue();
        }

        var states = new List<(Instant? LastInbound, bool IsDenied, bool IsDoubted)> { ReadUnderGate(state, asked) };
        var interruption = new Interruption(
            [
                .. writes.Select(write => (write.Step, (Action)(() =>
                {
                    write.Write(state);
                    states.Add(ReadUnderGate(state, asked));
                }))),
            ]);
        if (state.Conversations.TryRead(asked, ref place, interruption.ToPause(), out var facts, out _))
        {
            states.Should().Contain(ShortOf(facts), "others wrote at the steps {0}", string.Join(", ", writes.Select(static write => write.Step)));
        }

        interruption.Steps.Should().BeLessThan(MostSteps);
        return interruption.Steps;
    }
}
