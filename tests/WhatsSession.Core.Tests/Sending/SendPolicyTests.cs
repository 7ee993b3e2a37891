using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

public sealed class SendPolicyTests
{
    private static readonly Instant Opened = Given.Noon;
    private static readonly Instant Hour = Given.Noon + Duration.FromHours(1);
    private static readonly WindowStatus Unknown = new(WindowState.Unknown, Until: null, Since: null, MaySend: false, Duration.Zero);

    [Theory]
    [InlineData(GuardChoice.Send, true)]
    [InlineData(GuardChoice.Refuse, false)]
    public void Window_NoHistoryAtAll_IsUnknownAndThePolicyDecides(GuardChoice choice, bool maySend) =>
        new SendPolicy { NoHistory = choice }.Window(Given.WithoutEvents(historySince: null), Hour).Should().Be(Unknown with { MaySend = maySend });

    [Theory]
    [InlineData(GuardChoice.Send, true)]
    [InlineData(GuardChoice.Refuse, false)]
    public void Decide_ShortHistory_IsThePolicys(GuardChoice choice, bool maySend)
    {
        var decision = new SendPolicy { NoHistory = choice }.Decide(Given.WithoutEvents(Opened), Given.Text, Hour);

        (decision.MaySend, decision.Reason, decision.Evidence, decision.Since).Should().Be((maySend, WindowClosedReason.Unknown, (Instant?)null, (Instant?)null));
    }

    [Theory]
    [InlineData(GuardChoice.Send)]
    [InlineData(GuardChoice.Refuse)]
    public void Decide_NeverOpened_RefusesWhateverNoHistorySays(GuardChoice choice)
    {
        var decision = new SendPolicy { NoHistory = choice }.Decide(Given.Snapshot(), Given.Text, Hour);

        (decision.MaySend, decision.Reason, decision.Since).Should().Be((false, WindowClosedReason.NeverOpened, (Instant?)null));
    }

    [Fact]
    public void Window_NeverOpened_HasNoTimes() =>
        SendPolicy.Default.Window(Given.Snapshot(), Hour).Should().Be(new WindowStatus(WindowState.NeverOpened, Until: null, Since: null, MaySend: false, Duration.Zero));

    [Fact]
    public void Window_ShortHistoryAndAnEvent_IsOpen() =>
        SendPolicy.Default.Window(Given.Snapshot(Opened) with { HistorySince = Opened }, Hour).State.Should().Be(WindowState.Open);

    [Fact]
    public void Window_NoHistoryAndAnOldEvent_IsClosed() =>
        SendPolicy.Default.Window(Given.Snapshot(Opened) with { HistorySince = null }, Opened + Duration.FromDays(3)).State.Should().Be(WindowState.Closed);

    [Theory]
    [InlineData(GuardChoice.Send, GuardChoice.Refuse, true)]
    [InlineData(GuardChoice.Refuse, GuardChoice.Send, false)]
    public void Window_StoreUnavailable_IsUnknownAndItsOwnPolicyDecides(GuardChoice store, GuardChoice history, bool maySend) =>
        new SendPolicy { StoreUnavailable = store, NoHistory = history }
            .Window(Given.Snapshot(Opened) with { StoreAvailable = false }, Hour)
            .Should().Be(Unknown with { MaySend = maySend });

    [Theory]
    [InlineData(GuardChoice.Send, GuardChoice.Refuse, true)]
    [InlineData(GuardChoice.Refuse, GuardChoice.Send, false)]
    public void Decide_StoreUnavailable_IsItsOwnPolicysAndWithoutEvidence(GuardChoice store, GuardChoice history, bool maySend)
    {
        var decision = new SendPolicy { StoreUnavailable = store, NoHistory = history }
            .Decide(Given.Snapshot(Opened, Opened) with { StoreAvailable = false }, Given.Text, Hour);

        (decision.MaySend, decision.Reason, decision.Evidence).Should().Be((maySend, WindowClosedReason.Unknown, (Instant?)null));
    }

    [Fact]
    public void Decide_GuardDisabled_SendsOnTheLastInbound()
    {
        var decision = new SendPolicy { Enabled = false }.Decide(Given.Snapshot(Opened, Opened), Given.Text, Opened + Duration.FromDays(9));

        (decision.MaySend, decision.Evidence).Should().Be((true, (Instant?)Opened));
    }

    [Fact]
    public void Window_GuardDisabled_TellsTheTruthAndMaySend() =>
        new SendPolicy { Enabled = false }.Window(Given.Snapshot(Opened), Opened + Duration.FromDays(9))
            .Should().Be(new WindowStatus(WindowState.Closed, Until: null, Opened + Given.Day, MaySend: true, Duration.Zero));

    [Fact]
    public void Decide_TemplateInAClosedWindow_MaySendWithTheLastInboundAsEvidence()
    {
        var decision = SendPolicy.Default.Decide(Given.Snapshot(Opened, Opened), Given.Template, Opened + Duration.FromDays(9));

        (decision.MaySend, decision.Evidence).Should().Be((true, (Instant?)Opened));
    }

    [Fact]
    public void Decide_TemplateAndStoreUnavailable_MaySend() =>
        new SendPolicy { StoreUnavailable = GuardChoice.Refuse }
            .Decide(Given.WithoutEvents(null) with { StoreAvailable = false }, Given.Template, Hour).MaySend.Should().BeTrue();

    /// <summary>Every kind of session message is bound to the window, not texts alone.</summary>
    [Fact]
    public void Decide_EverySessionMessageInAClosedWindow_IsRefused() =>
        Samples.SessionMessages.Should().OnlyContain(message => !SendPolicy.Default.Decide(Given.Snapshot(Opened), message, Opened + Given.Day).MaySend);

    [Fact]
    public void Window_RefusalOfTheLastInbound_IsClosedWithoutTimes() =>
        SendPolicy.Default.Window(Given.Snapshot(Opened, denied: Opened), Hour)
            .Should().Be(new WindowStatus(WindowState.Closed, Until: null, Since: null, MaySend: false, Duration.Zero));

    [Fact]
    public void Decide_RefusalOfTheLastInbound_IsDenied()
    {
        var decision = SendPolicy.Default.Decide(Given.Snapshot(Opened, denied: Opened), Given.Text, Hour);

        (decision.MaySend, decision.Reason, decision.Since).Should().Be((false, WindowClosedReason.Denied, (Instant?)null));
    }

    [Theory]
    [InlineData(GuardChoice.Send)]
    [InlineData(GuardChoice.Refuse)]
    public void Decide_RefusalWithoutEvidenceInAnUnseenConversation_IsDenied(GuardChoice noHistory)
    {
        var snapshot = Given.WithoutEvents(historySince: null) with { State = new ConversationState(null, NodaConstants.UnixEpoch) };

        var decision = new SendPolicy { NoHistory = noHistory }.Decide(snapshot, Given.Text, Hour);

        (decision.MaySend, decision.Reason, decision.Since).Should().Be((false, WindowClosedReason.Denied, (Instant?)null));
    }

    [Fact]
    public void Window_RefusalWithoutEvidenceAndAnInbound_IsOpen() =>
        SendPolicy.Default.Window(Given.Snapshot(Opened, NodaConstants.UnixEpoch), Hour).State.Should().Be(WindowState.Open);

    [Fact]
    public void Window_RefusalLiftedByANewerInbound_IsOpenAgain()
    {
        var lifted = ConversationState.Join(new ConversationState(Opened, Opened), new ConversationState(Hour, null));

        var window = SendPolicy.Default.Window(Given.Snapshot() with { State = lifted }, Hour);

        window.Should().Be(new WindowStatus(WindowState.Open, Hour + Given.Day, Hour, MaySend: true, Given.Day));
    }

    [Fact]
    public void Decide_RefusedAndExpired_IsExpired()
    {
        var decision = SendPolicy.Default.Decide(Given.Snapshot(Opened, Opened), Given.Text, Opened + Given.Day);

        (decision.Reason, decision.Since).Should().Be((WindowClosedReason.Expired, (Instant?)(Opened + Given.Day)));
    }

    [Fact]
    public void Decide_NoSnapshot_Throws() =>
        FluentActions.Invoking(() => SendPolicy.Default.Decide(null!, Given.Text, Hour)).Should().Throw<ArgumentNullException>().WithParameterName("snapshot");

    [Fact]
    public void Decide_NoMessage_Throws() =>
        FluentActions.Invoking(() => SendPolicy.Default.Decide(Given.Snapshot(), null!, Hour)).Should().Throw<ArgumentNullException>().WithParameterName("message");

    [Fact]
    public void Window_NoSnapshot_Throws() =>
        FluentActions.Invoking(() => SendPolicy.Default.Window(null!, Hour)).Should().Throw<ArgumentNullException>().WithParameterName("snapshot");

    [Fact]
    public void WindowStatus_Default_IsUnknownAndMayNotSend() => default(WindowStatus).Should().Be(Unknown);

    [Fact]
    public void SendDecision_Default_IsARefusalForAnUnknownWindow() =>
        (default(SendDecision).MaySend, default(SendDecision).Reason).Should().Be((false, WindowClosedReason.Unknown));

    /// <summary>Changing a default changes what every user's guard does, so it is a decision and not a detail.</summary>
    [Fact]
    public void Default_EveryProperty_IsAsDocumented()
    {
        var properties = typeof(SendPolicy).GetProperties().Where(property => !property.GetMethod!.IsStatic)
            .ToDictionary(property => property.Name, property => property.GetValue(SendPolicy.Default));

        properties.Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            [nameof(SendPolicy.Enabled)] = true,
            [nameof(SendPolicy.Margin)] = Duration.FromSeconds(60),
            [nameof(SendPolicy.ClosingLead)] = Duration.FromHours(1),
            [nameof(SendPolicy.NoHistory)] = GuardChoice.Send,
            [nameof(SendPolicy.StoreUnavailable)] = GuardChoice.Refuse,
        });
    }

    [Fact]
    public void Default_ASnapshot_HasAStoreAndKnowsNothing()
    {
        var snapshot = new ConversationSnapshot { Key = Given.Key };

        (snapshot.StoreAvailable, snapshot.State, snapshot.HistorySince).Should().Be((true, default(ConversationState), (Instant?)null));
    }
}
