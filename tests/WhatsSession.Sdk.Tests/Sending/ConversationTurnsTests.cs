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

    /// <summary>Whoever gives up at the moment its turn comes passes it on: no turn is lost.</summary>
    [Fact]
    public async Task EnterAsync_CancelledAsTheTurnComes_LosesNoTurn()
    {
        var turns = new ConversationTurns(_clock);
        for (var i = 0; i < 500; i++)
        {
            await turns.EnterAsync(Given.Key, Patience, CancellationToken.None);
            using var cancellation = new CancellationTokenSource();
            var waiting = turns.EnterAsync(Given.Key, Patience, cancellation.Token).AsTask();
            await Task.WhenAll(Task.Run(cancellation.Cancel), Task.Run(() => turns.Leave(Given.Key)));
            try
            {
                if (await waiting)
                {
                    turns.Leave(Given.Key);
                }
            }
            catch (OperationCanceledException)
            {
                // It gave up; the turn is free again.
            }
        }

        turns.EnterAsync(Given.Key, Patience, CancellationToken.None).AsTask().IsCompleted.Should().BeTrue();
    }

    private static async Task EnterAndNoteAsync(ConversationTurns turns, List<int> order, int i)
    {
        await turns.EnterAsync(Given.Key, Patience, CancellationToken.None);
        order.Add(i);
        turns.Leave(Given.Key);
    }
}
