using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

public sealed class ReengagementTests
{
    private static readonly Duration Lead = Duration.FromHours(2);
    private static readonly Instant Closes = Given.Noon + Given.Day;

    [Theory]
    [InlineData(-120.0001, ReengagementAction.None, ReengagementReason.TimeLeft)]
    [InlineData(-120, ReengagementAction.AskQuestion, ReengagementReason.CustomerWaits)]
    [InlineData(-1.0001, ReengagementAction.AskQuestion, ReengagementReason.CustomerWaits)]
    [InlineData(-1, ReengagementAction.SendTemplate, ReengagementReason.WindowClosed)]
    [InlineData(0, ReengagementAction.SendTemplate, ReengagementReason.WindowClosed)]
    [InlineData(6000, ReengagementAction.SendTemplate, ReengagementReason.WindowClosed)]
    public void SuggestReengagement_AroundTheLeadAndTheMargin_AsksInBetween(double minutes, ReengagementAction action, ReengagementReason reason)
    {
        var suggestion = SendPolicy.Default.SuggestReengagement(Given.Snapshot(Given.Noon), Lead, Closes + Duration.FromMinutes(minutes));

        (suggestion.Action, suggestion.Reason, suggestion.ClosesAt).Should().Be((action, reason, minutes < 0 ? Closes : (Instant?)null));
    }

    [Fact]
    public void SuggestReengagement_Answered_SaysThatTheCustomerIsSilent()
    {
        var snapshot = Given.Snapshot(Given.Noon);
        snapshot = snapshot with { State = snapshot.State with { Answers = AnswerTimes.By(AuthorKind.Person, Given.Noon) } };

        SendPolicy.Default.SuggestReengagement(snapshot, TimeSpan.FromHours(2), Closes - Lead)
            .Should().Be(new ReengagementSuggestion(ReengagementAction.AskQuestion, ReengagementReason.CustomerSilent, Closes));
    }

    [Fact]
    public void SuggestReengagement_Refused_NeedsATemplate() =>
        SendPolicy.Default.SuggestReengagement(Given.Snapshot(Given.Noon, denied: Given.Noon), Lead, Given.Noon)
            .Should().Be(new ReengagementSuggestion(ReengagementAction.SendTemplate, ReengagementReason.WindowClosed, ClosesAt: null));

    [Fact]
    public void SuggestReengagement_NeverWritten_NeedsATemplate() =>
        SendPolicy.Default.SuggestReengagement(Given.Snapshot(), Lead, Given.Noon)
            .Should().Be(new ReengagementSuggestion(ReengagementAction.SendTemplate, ReengagementReason.NeverOpened, ClosesAt: null));

    [Fact]
    public void SuggestReengagement_NoHistory_SaysNothing() =>
        SendPolicy.Default.SuggestReengagement(Given.WithoutEvents(Given.Noon), Lead, Given.Noon).Should().Be(default(ReengagementSuggestion));

    [Fact]
    public void SuggestReengagement_Restricted_SuggestsNothing()
    {
        var snapshot = Given.Snapshot(Given.Noon) with { Restriction = new MessagingRestriction(Given.Noon, Applies: true, Until: null) };

        SendPolicy.Default.SuggestReengagement(snapshot, Lead, Closes - Lead)
            .Should().Be(new ReengagementSuggestion(ReengagementAction.None, ReengagementReason.Restricted, Closes));
        SendPolicy.Default.SuggestReengagement(snapshot, Lead, Closes)
            .Should().Be(new ReengagementSuggestion(ReengagementAction.SendTemplate, ReengagementReason.WindowClosed, ClosesAt: null));
    }

    // Whoever follows the suggestion is not refused by the guard.
    [Fact]
    public void SuggestReengagement_AnyFacts_AsksOnlyWhereASessionMessageMayGo() =>
        Gen.Select(Generators.Policy, Generators.FullSnapshot, Generators.Time, Gen.Int[0, 24]).Sample((policy, snapshot, now, hours) =>
            policy.SuggestReengagement(snapshot, Duration.FromHours(hours), now) is var suggestion
                && suggestion.Describe().Length > 0
                && (suggestion.Action != ReengagementAction.AskQuestion || policy.Decide(snapshot, Given.Text, now).MaySend));

    [Theory]
    [InlineData(-1)]
    [InlineData(86401)]
    public void SuggestReengagement_LeadOutOfRange_NamesTheRange(int seconds) =>
        FluentActions.Invoking(() => SendPolicy.Default.SuggestReengagement(Given.Snapshot(), Duration.FromSeconds(seconds), Given.Noon))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*zero to 24 hours*");
}
