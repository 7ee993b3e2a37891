using NodaTime;

namespace WhatsSession.Webhooks.Tests.Events;

public sealed class StatusesThatAreNoDeliveriesTests
{
    [Fact]
    public void Read_PaymentCaptured_IsAPaymentAndNoDelivery()
    {
        var payment = Payload.OfSample<PaymentUpdated>("status-payment-captured");

        (payment.Lane, payment.Number, payment.Phone, payment.Timestamp).Should()
            .Be((EventLane.Payment, Given.Number, CustomerId.Parse("919900011222"), Instant.FromUnixTimeSeconds(1_796_000_000)));
        (payment.MessageId.Value, payment.ReferenceId, payment.Status).Should().Be(("wamid.cGF5LTE=", "order-5531", PaymentStatus.Captured));
        (payment.Amount, payment.Amount!.Value.ToDecimal(), payment.Currency).Should().Be((new PaymentAmount(45900, 100), 459.00m, "INR"));
        (payment.Transaction!.Id, payment.Transaction.Kind, payment.Transaction.Status).Should().Be(("txn-1", "upi", "success"));
        payment.Conversation.Should().Be(new ConversationKey(Given.Number, CustomerId.Parse("919900011222")));
    }

    [Theory]
    [InlineData("\"type\":\"payment\",\"status\":\"failed\"")]
    [InlineData("\"status\":\"failed\",\"type\":\"payment\"")]
    [InlineData("\"status\":\"failed\",\"payment\":{\"reference_id\":\"o1\"}")]
    public void Read_PaymentThatFailed_NeverHidesTheMessageThatFailed(string payment)
    {
        var events = Payload.Events(Statuses(
            $"{{\"id\":\"wamid.A\",\"status\":\"failed\",\"timestamp\":\"1794900000\",\"recipient_id\":\"{Given.Phone}\"}},"
            + $"{{\"id\":\"wamid.A\",{payment},\"timestamp\":\"1794900000\",\"recipient_id\":\"{Given.Phone}\"}}"));

        events.Select(received => received.GetType()).Should().Equal(typeof(DeliveryUpdated), typeof(PaymentUpdated));
        events.Select(received => received.Key).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Key_OfEachTryToPay_IsAnother()
    {
        string[] tries =
        [
            """{"id":"t1","status":"failed"}""", """{"id":"t2","status":"failed"}""", """{"id":"t2","status":"pending"}""",
        ];

        var events = Payload.Events(Statuses(string.Join(',', tries.Select(one => $$$"""{"id":"wamid.A","type":"payment","status":"pending","payment":{"transaction":{{{one}}} } }"""))));

        events.Should().AllBeOfType<PaymentUpdated>();
        events.Select(received => received.Key).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Key_OfAPaymentToldAgain_IsTheSame() =>
        Payload.OfSample<PaymentUpdated>("status-payment-captured").Key.Should().Be(Payload.Single<PaymentUpdated>(Sample.Minified("status-payment-captured")).Key);

    [Fact]
    public void Read_StatusOfACall_IsOfTheLaneOfCalls()
    {
        var call = Payload.Single<CallStatusUpdated>(Statuses($$"""{"id":"wacid.A","type":"call","status":"RINGING","timestamp":"1794900000","recipient_id":"{{Given.Phone}}"}"""));

        (call.Lane, call.CallId, call.Status, call.Phone).Should().Be((EventLane.Call, "wacid.A", CallStatus.Ringing, CustomerId.Parse(Given.Phone)));
        EventText.Of(WebhookReader.Restore(Payload.Kept(call))).Should().Be(EventText.Of(call));
    }

    [Fact]
    public void Read_StatusOfUnknownType_HasTimeNumberAndCustomer()
    {
        var status = Payload.Single<UnknownStatus>(Statuses(
            $$"""{"id":"wamid.A","type":"parcel","status":"delivered","timestamp":"1794900000","recipient_id":"{{Given.Phone}}","recipient_user_id":"{{Given.UserId}}"}"""));

        (status.Kind, status.Status, status.MessageId?.Value, status.Timestamp, status.Number).Should().Be(("parcel", "delivered", "wamid.A", Given.T0, Given.Number));
        (status.Phone?.Value, status.BusinessScopedId?.Value).Should().Be((Given.Phone, Given.UserId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"type\":\"message\",")]
    [InlineData("\"type\":null,")]
    [InlineData("\"type\":\"\",")]
    public void Read_StatusOfAMessage_IsADelivery(string type) =>
        Payload.Single<DeliveryUpdated>(Statuses($"{{\"id\":\"wamid.A\",{type}\"status\":\"delivered\"}}")).Status.Should().Be(DeliveryStatus.Delivered);

    /// <summary>Whoever holds the thread: a payment is the business's.</summary>
    [Theory]
    [InlineData("payment", typeof(PaymentUpdated))]
    [InlineData("parcel", typeof(UnknownStatus))]
    [InlineData("message", typeof(StandbyDeliveryUpdated))]
    public void Read_StatusOnStandby_IsOfItsOwnType(string kind, Type type)
    {
        var received = Payload.Events(Payload.Of($$$"""{"metadata":{"phone_number_id":"1"},"standby":{"statuses":[{"id":"wamid.A","type":"{{{kind}}}","status":"captured"}]}}""", "standby"))
            .Should().ContainSingle().Subject;

        received.Should().BeOfType(type);
        received.Lane.Should().Be(EventLane.Standby);
        EventText.Of(WebhookReader.Restore(Payload.Kept(received))).Should().Be(EventText.Of(received));
    }

    private static byte[] Statuses(string statuses) => Payload.Of($$"""{"metadata":{"phone_number_id":"{{Given.Number}}"},"statuses":[{{statuses}}]}""");
}
