using Microsoft.Extensions.Time.Testing;
using WhatsSession.Sending;

namespace WhatsSession.Sdk.Tests.Sending;

[WithoutEmulator("No request.")]
public sealed class ConversationTurnsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ConversationKey Other = new(Given.Number, CustomerId.Parse("15550005678"));

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task EnterAsync_FreeConversations_GoAtOnceAndAllocateNothing()
    {
        var turns = new ConversationTurns(_clock);
        (await turns.EnterAsync(Given.Key, Patience, CancellationToken.None)).Should().BeTrue();
        (await turns.EnterAsync(Other, Patience, CancellationToken.None)).Should().BeTrue("conversations do not wait for each other");

        Allocated.LeastBytes(Enter).Should().Be(0);

        ValueTask<bool> Enter()
        {
            turns.Leave(Other);
            return turns.EnterAsync(Other, Patience, CancellationToken.None);
        }
    }

    [Fact]
    public async Task EnterAsync_BusyConversation_IsEnteredInTheOrderOfAsking()
    {
        var turns = new ConversationTurns(_clock);
        await turns.EnterAsync(Given.Key, Patience, CancellationToken.None);
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 20).Select(i => EnterAndNoteAsync(turns, order, i)).ToArray();

        order.Should().BeEmpty();
        turns.Leave(Given.Key);
        await Task.WhenAll(waiting);

        order.Should().Equal(Enumerable.Range(0, 20));
        (await turns.EnterAsync(Given.Key, Patience, CancellationToken.None)).Should().BeTrue("the last one left it free");
    }

    [Fact]
    public async Task EnterAsync_TurnDoesNotComeInTime_IsFalseAndHoldsUpNobody()
    {
        var turns = new ConversationTurns(_clock);
        await turns.EnterAsync(Given.Key, Patience, CancellationToken.None);
        var impatient = turns.EnterAsync(Given.Key, TimeSpan.FromSeconds(5), CancellationToken.None).AsTask();
        var patient = turns.EnterAsync(Given.Key, Patience, CancellationToken.None).AsTask();

        _clock.Advance(TimeSpan.FromSeconds(5));
        (await impatient).Should().BeFalse();
        patient.IsCompleted.Should().BeFalse();
        turns.Leave(Given.Key);

        (await patient).Should().BeTrue();
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_SaysThatNothingWasWritten()
    {
        var turns = new ConversationTurns(_clock);
        await turns.EnterAsync(Given.Key, Patience, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var cancelled = turns.EnterAsync(Given.Key, Patience, cancellation.Token).AsTask();
        var next = turns.EnterAsync(Given.Key, Patience, CancellationToken.None).AsTask();

        await cancellation.CancelAsync();
        await cancelled.Invoking(task => task).Should().ThrowAsync<CancelledBeforeWritingException>();
        turns.Leave(Given.Key);

        (await next).Should().BeTrue();
    }

    /// <summary>Whoever gives up at the moment its turn comes passes it on: no turn is lost. The turn comes first, and the waiter learns of its end before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EnterAsync_GivesUpAsTheTurnComes_LosesNoTurn(bool cancels)
    {
        var turns = new ConversationTurns(_clock);
        var gaveUp = 0;
        for (var i = 0; i < 50; i++)
        {
            await turns.EnterAsync(Given.Key, Patience, CancellationToken.None).AsTask().InTimeAsync();
            using var cancellation = new CancellationTokenSource();
            var leave = _clock.CreateTimer(_ => turns.Leave(Given.Key), null, cancels ? Timeout.InfiniteTimeSpan : Patience, Timeout.InfiniteTimeSpan);
            var waiting = turns.EnterAsync(Given.Key, Patience, cancellation.Token).AsTask();

            // What is registered last is called first.
            using var registration = cancellation.Token.Register(() => turns.Leave(Given.Key));
            if (cancels)
            {
                await cancellation.CancelAsync();
            }
            else
            {
                _clock.Advance(Patience);
            }

            await leave.DisposeAsync();
            await Task.WhenAny(waiting).InTimeAsync();
            if (waiting.IsCompletedSuccessfully && await waiting)
            {
                // The answer was faster.
                turns.Leave(Given.Key);
            }
            else
            {
                waiting.IsCompleted.Should().BeTrue();
                gaveUp++;
            }

            (await turns.EnterAsync(Given.Key, Patience, CancellationToken.None).AsTask().InTimeAsync()).Should().BeTrue("the turn is free again");
            turns.Leave(Given.Key);
        }

        gaveUp.Should().BePositive();
    }

    private static async Task EnterAndNoteAsync(ConversationTurns turns, List<int> order, int i)
    {
        await turns.EnterAsync(Given.Key, Patience, CancellationToken.None);
        order.Add(i);
        turns.Leave(Given.Key);
    }
}
