using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Conversations;

public sealed class MessageDeliveryTests
{
    private static readonly GraphError Closed = new() { Code = 131047, Message = "Re-engagement message" };

    private static readonly Instant Second = Given.Noon + Duration.FromSeconds(1);

    [Fact]
    public void Join_TwoDeliveries_IsCommutative() =>
        Gen.Select(Some, Some).Sample((a, b) => MessageDelivery.Join(a, b) == MessageDelivery.Join(b, a));

    [Fact]
    public void Join_ThreeDeliveries_IsAssociative() =>
        Gen.Select(Some, Some, Some).Sample((a, b, c) =>
            MessageDelivery.Join(MessageDelivery.Join(a, b), c) == MessageDelivery.Join(a, MessageDelivery.Join(b, c)));

    [Fact]
    public void Join_DeliveryWithItselfOrNone_IsTheDelivery() =>
        Some.Sample(delivery => MessageDelivery.Join(delivery, delivery) == delivery
            && MessageDelivery.Join(delivery, MessageDelivery.None) == delivery && MessageDelivery.Join(MessageDelivery.None, delivery) == delivery);

    // Equal deliveries are equal in dictionaries too.
    [Fact]
    public void GetHashCode_EqualDeliveries_IsEqual() =>
        Gen.Select(Some, Some).Sample((a, b) => MessageDelivery.Join(a, b).GetHashCode() == MessageDelivery.Join(b, a).GetHashCode());

    [Fact]
    public void Equals_SameMarksAnotherFailure_IsFalse()
    {
        var one = MessageDelivery.Of(DeliveryStatus.Failed, Given.Noon, Closed);

        one.Should().NotBe(MessageDelivery.Of(DeliveryStatus.Failed, Given.Noon, error: null));
        one.Should().NotBe(MessageDelivery.Of(DeliveryStatus.Failed, Given.Noon, Closed with { Code = 131026 }));
        one.Should().Be(MessageDelivery.Of(DeliveryStatus.Failed, Given.Noon, Closed));
    }

    // What a store kept in whatever order is the same again.
    [Fact]
    public void Restore_MarksInAnyOrder_IsTheSame() =>
        Gen.Select(Some, Gen.Int[0, 100]).Sample((delivery, turn) =>
            MessageDelivery.Restore(delivery.Marks.Reverse().Concat(delivery.Marks.Select(mark => mark with { At = mark.At + Duration.FromSeconds(turn) })), delivery.Failure) == delivery);

    // More statuses never say less: nothing undoes that the customer has the message.
    [Fact]
    public void Join_AnotherStatus_NeverUndoesADelivery() =>
        Gen.Select(Some, Some).Sample((known, late) => !known.IsDelivered || (MessageDelivery.Join(known, late).IsDelivered && !MessageDelivery.Join(known, late).IsFailed));

    [Fact]
    public void Status_LateSent_NeverUndoesRead()
    {
        var delivery = JoinAll(Of(DeliveryStatus.Read, Given.Noon), Of(DeliveryStatus.Sent, Second));

        delivery.Status.Should().Be(DeliveryStatus.Read);
        delivery.At(DeliveryStatus.Sent).Should().Be(Second);
        delivery.At(DeliveryStatus.Delivered).Should().BeNull();
    }

    [Theory]
    [InlineData("sent", "tomorrow", "sent")]
    [InlineData("sent", "brand_new", "sent")] // By name before "sent", so that a tie of ranks would show.
    [InlineData("tomorrow", "accepted", "tomorrow")]
    [InlineData("failed", "sent", "failed")]
    [InlineData("failed", "delivered", "delivered")]
    [InlineData("delivered", "read", "read")]
    [InlineData("read", "played", "played")]
    [InlineData("failed", "tomorrow", "failed")]
    public void Status_TwoStatuses_IsTheOneThatSaysMost(string one, string other, string expected)
    {
        JoinAll(Of(new(one), Given.Noon), Of(new(other), Second)).Status.Name.Should().Be(expected);
        JoinAll(Of(new(other), Given.Noon), Of(new(one), Second)).Status.Name.Should().Be(expected);
    }

    [Fact]
    public void None_HasNoMarksAndIsAccepted()
    {
        MessageDelivery.None.Marks.Should().BeEmpty();
        MessageDelivery.None.Status.Should().Be(DeliveryStatus.Accepted);
        (MessageDelivery.None.IsDelivered, MessageDelivery.None.IsFailed, MessageDelivery.None.Failure).Should().Be((false, false, (DeliveryFailure?)null));
    }

    [Fact]
    public void Status_OnlyAWordOfTomorrow_IsThatWord()
    {
        var delivery = Of(new DeliveryStatus("warned"), Given.Noon);

        delivery.Status.Name.Should().Be("warned");
        (delivery.IsDelivered, delivery.IsFailed).Should().Be((false, false));
    }

    [Fact]
    public void Marks_OneStatusTwice_HaveItsEarliestTime() =>
        JoinAll(Of(DeliveryStatus.Read, Second), Of(DeliveryStatus.Read, Given.Noon)).Marks.Should().Equal(new DeliveryMark(DeliveryStatus.Read, Given.Noon));

    [Fact]
    public void Failure_SeveralErrors_IsTheLeastByTimeAndThenByCode()
    {
        var (low, high, late) = (new GraphError { Code = 131026 }, Closed, new GraphError { Code = 1 });

        JoinAll(Failed(Second, late), Failed(Given.Noon, high), Failed(Given.Noon, low)).Failure.Should().Be(new DeliveryFailure(Given.Noon, low));
    }

    [Fact]
    public void Failure_ErrorsAlikeInTimeAndCode_IsTheSameInAnyOrder()
    {
        var (one, other) = (Failed(Given.Noon, Closed with { Details = "one" }), Failed(Given.Noon, Closed with { Details = "other" }));

        JoinAll(one, other).Failure.Should().Be(JoinAll(other, one).Failure);
    }

    [Fact]
    public void ToString_Failed_ShowsTheErrorAndADeliveredOneDoesNot()
    {
        var failed = Failed(Given.Noon, Closed);

        failed.ToString().Should().StartWith("failed: ").And.Contain("131047");
        MessageDelivery.Join(failed, Of(DeliveryStatus.Delivered, Second)).ToString().Should().Be("delivered");
    }

    private static Gen<MessageDelivery> Some { get; } = Generators.Delivery.Array[0, 5].Select(JoinAll);

    private static MessageDelivery JoinAll(params MessageDelivery[] deliveries) => deliveries.Aggregate(MessageDelivery.None, MessageDelivery.Join);

    private static MessageDelivery Of(DeliveryStatus status, Instant at) => MessageDelivery.Of(status, at, error: null);

    private static MessageDelivery Failed(Instant at, GraphError error) => MessageDelivery.Of(DeliveryStatus.Failed, at, error);
}
