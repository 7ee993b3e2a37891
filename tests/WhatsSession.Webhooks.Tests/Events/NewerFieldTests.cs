using NodaTime;

namespace WhatsSession.Webhooks.Tests.Events;

public sealed class NewerFieldTests
{
    [Fact]
    public void Read_AccountSettingsUpdate_HasTimeNumberAndSettings()
    {
        var settings = Payload.Single<PhoneNumberSettingsUpdated>(MadePayloads.NumberSettings);

        (settings.Number, settings.Account, settings.Timestamp, settings.ChecksIdentity).Should().Be((Given.Number, Given.Account, Given.T0, true));
        (settings.Calling!.Status, settings.Calling.IconVisibility, settings.Calling.CallbackPermission, settings.Calling.Hours, settings.Calling.Sip).Should()
            .Be(("ENABLED", "DEFAULT", "ENABLED", "DISABLED", "DISABLED"));
    }

    [Fact]
    public void Read_AccountSettingsUpdateOfAnotherKind_IsToldWithoutSettings()
    {
        var settings = Payload.Single<PhoneNumberSettingsUpdated>(Payload.Of("""{"type":"later","timestamp":"1794900000"}""", "account_settings_update"));

        (settings.Kind, settings.Number, settings.Calling, settings.ChecksIdentity).Should().Be(("later", null, null, null));
    }

    [Fact]
    public void Read_TemplateCorrectCategoryDetection_HasBothCategories()
    {
        var detected = Payload.Single<TemplateCategoryDetected>(MadePayloads.CategoryDetected);

        (detected.TemplateId, detected.TemplateName, detected.Language).Should().Be(("7002", "auto_1", "en"));
        (detected.Category, detected.Detected).Should().Be((TemplateCategory.Utility, TemplateCategory.Marketing));
    }

    [Fact]
    public void Read_UserActions_IsOneEventForEachWithTimeAndNumber()
    {
        var actions = Payload.Events(MadePayloads.UserActions).Should().AllBeOfType<UserActionReported>().Which.ToList();

        actions.Select(action => (action.Action, action.Timestamp, action.Number)).Should().Equal(
            (UserAction.LinkClick, Given.T0, Given.Number), (UserAction.LandingPageView, Given.T0 + Duration.FromSeconds(2), Given.Number));
        (actions[0].Component, actions[0].ProductId, actions[0].ClickId, actions[0].TrackingToken).Should().Be(("cta", "sku-1", "c1", "t1"));
        (actions[1].Component, actions[1].ProductId, actions[1].ClickId, actions[1].TrackingToken).Should().Be((null, null, "c1", "t1"));
        actions.Select(action => action.Key).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Read_UserActionBesideAMessage_HidesNeither() =>
        Payload.Events(Payload.Of("""{"user_actions":[{"action_type":"wink"},7],"messages":[{"id":"wamid.A","from":"15550001234","type":"text","text":{"body":"x"}}]}"""))
            .Select(received => received.GetType()).Should().Equal(typeof(UserActionReported), typeof(UnknownEvent), typeof(TextReceived));

    [Fact]
    public void Read_PaymentMethod_IsWhatTheCustomerChose()
    {
        var chosen = Payload.Single<PaymentMethodChosen>(MadePayloads.PaymentMethod);

        (chosen.Method, chosen.ReferenceId, chosen.ChosenAt, chosen.CardDigits).Should().Be(("offsite_card_pay", "order-9", Given.T0 - Duration.FromSeconds(10), "5235"));
        chosen.Phone!.Value.Value.Should().Be(Given.Phone);
    }

    /// <summary>Old captures have it: a voice note, which opens a window as any medium does.</summary>
    [Fact]
    public void Read_MessageOfTypeVoice_IsAVoiceNote()
    {
        var voice = Payload.Single<AudioReceived>(MadePayloads.OldVoice);

        (voice.IsVoice, voice.MediaId, voice.MimeType).Should().Be((true, "9", "audio/ogg; codecs=opus"));
        WindowOpeners.Default.Opens(voice.Opener!.Value).Should().BeTrue();
    }
}
