using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

public sealed class SendOutcomeTests
{
    private static readonly GraphError Refusal = new()
    {
        Code = 131026,
        Message = "Message undeliverable",
        Category = GraphErrorCategory.InvalidRequest,
        HttpStatus = 400,
    };

    public static TheoryData<int> Indexes => new(Enumerable.Range(0, Samples.Outcomes.Count));

    [Theory]
    [MemberData(nameof(Indexes))]
    public void IsAccepted_OfEachCase_IsTrueOnlyWithAMessageId(int index)
    {
        var outcome = Samples.Outcomes[index];

        (outcome.IsAccepted, outcome.MessageId).Should().Be(outcome is SendOutcome.Accepted or SendOutcome.TemplateSent ? (true, (MessageId?)Samples.MessageId) : (false, null));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void EnsureAccepted_OfEachCase_ReturnsOrThrowsTheOutcome(int index)
    {
        var outcome = Samples.Outcomes[index];

        if (outcome.IsAccepted)
        {
            outcome.EnsureAccepted().Should().BeSameAs(outcome);
        }
        else
        {
            var thrown = FluentActions.Invoking(outcome.EnsureAccepted).Should().Throw<MessageRefusedException>().Which;
            (thrown.Outcome, thrown.Message).Should().Be((outcome, outcome.Describe()));
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Describe_OfEachCase_IsSentencesWithoutContent(int index)
    {
        var text = Samples.Outcomes[index].Describe();

        text.Should().EndWith(".").And.NotContain("..").And.NotContain("  ").And.NotContainAny(Samples.Marks);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void ToString_OfEachCase_IsItsDescription(int index) => Samples.Outcomes[index].ToString().Should().Be(Samples.Outcomes[index].Describe());

    [Fact]
    public void Samples_OfOutcomes_AreAllNineCases() =>
        Samples.Outcomes.Select(outcome => outcome.GetType()).Distinct()
            .Should().BeEquivalentTo(typeof(SendOutcome).GetNestedTypes()).And.HaveCount(9);

    [Fact]
    public void Describe_Accepted_SaysThatItIsNotDelivered() =>
        new SendOutcome.Accepted { MessageId = Samples.MessageId, Status = AcceptedStatus.HeldForQualityAssessment }.Describe()
            .Should().Be("Accepted by Meta (held_for_quality_assessment). Delivery is told by statuses.");

    [Fact]
    public void Status_ByDefault_IsAccepted() => new SendOutcome.Accepted { MessageId = Samples.MessageId }.Status.Should().Be(AcceptedStatus.Accepted);

    [Fact]
    public void Describe_TemplateSent_SaysSinceWhen() =>
        new SendOutcome.TemplateSent { MessageId = Samples.MessageId, ClosedAt = Given.Noon }.Describe()
            .Should().StartWith("The window was closed since 2026-03-14 12:00:00Z; the fallback template was accepted by Meta (accepted) in its place.").And.NotContain("kept");

    [Fact]
    public void Describe_TemplateSentAndMessageHeld_SaysThatItIsKept()
    {
        var held = IntentId.New();

        new SendOutcome.TemplateSent { MessageId = Samples.MessageId, HeldMessage = held }.Describe()
            .Should().EndWith($" The session message is kept until the window reopens (intent {held}).");
    }

    [Theory]
    [InlineData(WindowClosedReason.Expired, "closed at 2026-03-14 12:00:00Z")]
    [InlineData(WindowClosedReason.NeverOpened, "never written to this number")]
    [InlineData(WindowClosedReason.Margin, "SendOptions.IgnoreMargin")]
    [InlineData(WindowClosedReason.Denied, "131047")]
    [InlineData(WindowClosedReason.Restricted, "WhatsApp Manager")]
    [InlineData(WindowClosedReason.Unknown, "WhatsSession:Guard:NoHistory")]
    [InlineData(WindowClosedReason.Unknown, "WhatsSession:Guard:StoreUnavailable")]
    public void Describe_WindowClosed_SaysWhy(WindowClosedReason reason, string why) =>
        new SendOutcome.WindowClosed { Reason = reason, Since = Given.Noon }.Describe().Should().StartWith("Not sent: ").And.Contain(why);

    [Theory]
    [InlineData(WindowClosedReason.Expired)]
    [InlineData(WindowClosedReason.NeverOpened)]
    [InlineData(WindowClosedReason.Margin)]
    [InlineData(WindowClosedReason.Denied)]
    [InlineData(WindowClosedReason.Unknown)]
    public void Describe_WindowClosed_NamesTheRemedies(WindowClosedReason reason) =>
        new SendOutcome.WindowClosed { Reason = reason }.Describe().Should().ContainAll("template message", "orTemplate:", "wait until the customer writes");

    [Fact]
    public void Describe_Restricted_DoesNotAdviseATemplateThatWouldNotHelp() =>
        new SendOutcome.WindowClosed { Reason = WindowClosedReason.Restricted }.Describe().Should().NotContain("template");

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(null, false)]
    public void Describe_WindowClosed_SaysWhetherTheFallbackWentOutBefore(bool? alreadySent, bool said) =>
        new SendOutcome.WindowClosed { Reason = WindowClosedReason.Expired, FallbackAlreadySent = alreadySent }.Describe()
            .Contains("already sent", StringComparison.Ordinal).Should().Be(said);

    [Fact]
    public void Describe_WindowClosedAndFallbackRefused_SaysWhyAndNeverThatItWasSent() =>
        new SendOutcome.WindowClosed { Reason = WindowClosedReason.Denied, FallbackAlreadySent = false, FallbackRefusal = Refusal }.Describe()
            .Should().EndWith(
                " The fallback template of this closed window was refused by Meta: (131026) Message undeliverable [HTTP 400]. Reach the customer on another channel.")
            .And.NotContain("sent in this closed window");

    [Fact]
    public void Describe_WindowClosedAndMessageHeld_SaysThatItIsKept()
    {
        var held = IntentId.New();

        new SendOutcome.WindowClosed { Reason = WindowClosedReason.Expired, HeldMessage = held }.Describe()
            .Should().EndWith($" The session message is kept until the window reopens (intent {held}).");
    }

    [Fact]
    public void Describe_Invalid_NamesEveryViolation() =>
        new SendOutcome.Invalid { Violations = new ReplyButtonsMessage("", new ReplyButton("", "Yes")).Check() }.Describe()
            .Should().Be("Not sent: interactive.body.text is empty; a text is required; interactive.action.buttons[0].reply.id is empty; a text is required.");

    [Fact]
    public void Describe_Throttled_SaysWhenToTryAgain() =>
        new SendOutcome.Throttled { RetryAt = Given.Noon + Duration.FromSeconds(5) }.Describe()
            .Should().Be("Not sent: a rate limit is reached. Try again at 2026-03-14 12:00:05Z.");

    [Fact]
    public void Describe_Rejected_QuotesMetaAndAdvises() =>
        new SendOutcome.Rejected { Error = Refusal }.Describe().Should().Be("Rejected by Meta: (131026) Message undeliverable [HTTP 400]. Reach the customer on another channel.");

    [Fact]
    public void Describe_RejectedFallback_NamesTheTemplate() =>
        new SendOutcome.Rejected { Error = Refusal, Template = Samples.Template }.Describe().Should().StartWith("Rejected by Meta (fallback template \"order_shipped\"): ");

    [Fact]
    public void Describe_RejectedForTheWindow_NamesTheRemedies() =>
        new SendOutcome.Rejected { Error = Refusal with { Category = GraphErrorCategory.WindowClosed } }.Describe()
            .Should().EndWith("send an approved template message, or wait until the customer writes.");

    [Fact]
    public void Describe_MetaNotReached_DoesNotBlameMeta() =>
        new SendOutcome.Rejected { Error = new GraphError { Message = "Connection refused", Category = GraphErrorCategory.NotReached } }.Describe()
            .Should().Be("Not sent: Meta could not be reached. Connection refused. Check the network and WhatsSession:GraphBaseAddress.");

    [Fact]
    public void Describe_Ambiguous_NamesTheIntentAndThatItIsNotRepeated()
    {
        var intent = IntentId.New();

        new SendOutcome.Ambiguous { IntentId = intent, Cause = "the connection was reset" }.Describe()
            .Should().Be($"Unknown: the request was written and no usable answer came (the connection was reset). It is not sent again; if Meta has it, its statuses carry intent {intent}.");
    }

    [Fact]
    public void Describe_OptedOut_SaysSo() => new SendOutcome.OptedOut().Describe().Should().Be("Not sent: the customer has opted out of this kind of message.");

    [Fact]
    public void Describe_Overtaken_NamesWhatHappenedAndTheRemedy() =>
        new SendOutcome.Overtaken().Describe().Should().StartWith("Not sent: the customer wrote, reacted or called again").And.Contain("OnlyIfNothingNewer");

    [Fact]
    public void New_ExceptionWithoutOutcome_Throws() =>
        FluentActions.Invoking(() => new MessageRefusedException(null!)).Should().Throw<ArgumentNullException>().WithParameterName("outcome");

    [Theory]
    [InlineData("accepted")]
    [InlineData("held_for_quality_assessment")]
    [InlineData("paused")]
    public void AcceptedStatus_Known_IsMetasWord(string word) =>
        new[] { AcceptedStatus.Accepted, AcceptedStatus.HeldForQualityAssessment, AcceptedStatus.Paused }
            .Should().ContainSingle(status => status == new AcceptedStatus(word)).Which.ToString().Should().Be(word);

    [Fact]
    public void AcceptedStatus_Default_IsEmpty() => default(AcceptedStatus).ToString().Should().BeEmpty();
}
