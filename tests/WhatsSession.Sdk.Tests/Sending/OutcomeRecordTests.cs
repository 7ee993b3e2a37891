using WhatsSession.Sending;

namespace WhatsSession.Sdk.Tests.Sending;

[WithoutEmulator("Pure functions.")]
public sealed class OutcomeRecordTests
{
    private static readonly MessageId Message = MessageId.Parse("wamid.a");

    public static TheoryData<string> Kept => [.. Outcomes().Select(outcome => outcome.GetType().Name).Distinct()];

    [Theory]
    [MemberData(nameof(Kept))]
    public void Read_WhatWasWritten_IsTheSameOutcome(string kind)
    {
        foreach (var outcome in Outcomes().Where(outcome => outcome.GetType().Name == kind))
        {
            OutcomeRecord.IsKept(outcome).Should().BeTrue();

            var read = OutcomeRecord.Read(OutcomeRecord.Write(outcome));

            read.Should().BeOfType(outcome.GetType());
            read.Describe().Should().Be(outcome.Describe());
            read.MessageId.Should().Be(outcome.MessageId);
            (read as SendOutcome.Rejected)?.Error.Should().Be(((SendOutcome.Rejected)outcome).Error);
            (read as SendOutcome.Rejected)?.Template?.Name.Should().Be("order_shipped");
        }
    }

    [Fact]
    public void IsKept_WhatLeftNothingAtMeta_IsNot()
    {
        SendOutcome[] outcomes =
        [
            new SendOutcome.Invalid { Violations = [new Violation("text.body", "is empty")] },
            new SendOutcome.Overtaken(),
            new SendOutcome.Throttled { RetryAt = Given.T0 },
            new SendOutcome.WindowClosed { Reason = WindowClosedReason.Expired },
            new SendOutcome.Rejected { Error = new GraphError { Category = GraphErrorCategory.NotReached } },
        ];

        outcomes.Should().OnlyContain(outcome => !OutcomeRecord.IsKept(outcome));
    }

    private static SendOutcome[] Outcomes() =>
    [
        new SendOutcome.Accepted { MessageId = Message, Status = AcceptedStatus.HeldForQualityAssessment },
        new SendOutcome.TemplateSent { MessageId = Message, ClosedAt = Given.T0, HeldMessage = IntentId.New() },
        new SendOutcome.TemplateSent { MessageId = Message },
        new SendOutcome.WindowClosed { Reason = WindowClosedReason.Denied, Since = Given.T0, FallbackAlreadySent = true, HeldMessage = IntentId.New() },
        new SendOutcome.WindowClosed
        {
            Reason = WindowClosedReason.Expired,
            FallbackAlreadySent = false,
            FallbackRefusal = new GraphError { Code = 131042, Message = "m", Category = GraphErrorCategory.Configuration },
            HeldMessage = IntentId.New(),
        },
        new SendOutcome.OptedOut(),
        new SendOutcome.Ambiguous { IntentId = IntentId.New(), Cause = "time-out", Template = Given.Template },
        new SendOutcome.Ambiguous { IntentId = IntentId.New() },
        new SendOutcome.Rejected
        {
            Error = new GraphError
            {
                Code = 131026, Subcode = 7, Type = "OAuthException", Message = "m \"quoted\"", Details = "d", UserTitle = "t", UserMessage = "u", TraceId = "trace", HttpStatus = 400,
                Category = GraphErrorCategory.InvalidRequest,
            },
            Template = Given.Template,
        },
        new SendOutcome.Rejected { Error = new GraphError { Code = 100, Category = GraphErrorCategory.InvalidRequest } },
    ];
}
