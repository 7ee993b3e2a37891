using NodaTime;

namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>Exact values out of the samples.</summary>
public sealed class ReaderTests
{
    [Fact]
    public void Read_Text_GivesEverythingThePayloadSays()
    {
        var text = Payload.OfSample<TextReceived>("inbound-text");

        text.Text.Should().Be("Hi, is the blue kettle back in stock?");
        text.MessageId.Value.Should().Be("wamid.c21wLXQx");
        text.Kind.Should().Be(CustomerEventKind.Text);
        text.Phone!.Value.Value.Should().Be(Given.Phone);
        text.BusinessScopedId!.Value.Value.Should().Be(Given.UserId);
        text.Customer.Should().Be(text.BusinessScopedId);
        text.Number.Should().Be(Given.Number);
        text.Account.Should().Be(Given.Account);
        text.Timestamp.Should().Be(Given.T0);
        text.Lane.Should().Be(EventLane.Live);
        text.Field.Should().Be("messages");
        text.Group.Should().BeNull();
        text.Context.Should().BeNull();
        text.Contact!.Name.Should().Be("Marta Quill");
        text.Contact.Username.Should().BeNull();
        text.Conversation.Should().Be(new ConversationKey(Given.Number, CustomerId.Parse(Given.UserId)));
        text.Key.Should().Be(EventKey.Of("314159265358979", EventLane.Live, "wamid.c21wLXQx"));
    }

    [Fact]
    public void Read_TextOfHiddenNumber_HasBusinessScopedIdOnly()
    {
        var text = Payload.OfSample<TextReceived>("inbound-text-bsuid-only");

        text.Phone.Should().BeNull();
        text.Customer!.Value.Value.Should().Be("GB.77120043915586620318");
        text.Contact!.Name.Should().Be("Iris Vale");
        text.Contact.Username.Should().Be("irisvale");
        text.Contact.Phone.Should().BeNull();
    }

    [Fact]
    public void Read_TextFromBefore2026_HasPhoneOnly()
    {
        var text = Payload.OfSample<TextReceived>("inbound-text-legacy-no-bsuid");

        text.BusinessScopedId.Should().BeNull();
        text.Customer.Should().Be(CustomerId.Parse(Given.Phone));
        text.Contact!.Name.Should().Be("Marta Quill");
        text.Conversation.Should().Be(Given.Key);
    }

    [Fact]
    public void Read_Image_GivesMedium()
    {
        var image = Payload.OfSample<ImageReceived>("inbound-image");

        image.MediaId.Should().Be("901100220033001");
        image.MimeType.Should().Be("image/jpeg");
        image.Sha256.Should().Be("ZGlnZXN0LTkwMTEwMDIyMDAzMzAwMQ==");
        image.Caption.Should().Be("Broken spout");
        image.Url!.Host.Should().Be("lookaside.example.test");
        Payload.OfSample<ImageReceived>("inbound-image-no-url").Url.Should().BeNull();
    }

    [Fact]
    public void Read_Video_GivesMedium()
    {
        var video = Payload.Single<VideoReceived>(Payload.Message("\"type\":\"video\",\"video\":{\"id\":\"9\",\"mime_type\":\"video/mp4\",\"caption\":\"See\"}"));

        video.MediaId.Should().Be("9");
        video.MimeType.Should().Be("video/mp4");
        video.Caption.Should().Be("See");
        video.Sha256.Should().BeEmpty();
    }

    [Fact]
    public void Read_Audio_TellsVoiceNotesFromFiles()
    {
        var voice = Payload.OfSample<AudioReceived>("inbound-audio-voice-note");

        voice.IsVoice.Should().BeTrue();
        voice.MimeType.Should().Be("audio/ogg; codecs=opus");
        Payload.OfSample<AudioReceived>("inbound-audio-file").IsVoice.Should().BeFalse();
    }

    [Fact]
    public void Read_Document_GivesFileName()
    {
        var document = Payload.OfSample<DocumentReceived>("inbound-document");

        document.FileName.Should().Be("warranty card.pdf");
        document.Caption.Should().Be("Warranty");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public void Read_Sticker_TellsWhetherItMoves(string animated, bool expected) =>
        Payload.Single<StickerReceived>(Payload.Message($$"""
            "type":"sticker","sticker":{"id":"9","mime_type":"image/webp","animated":{{animated}}}
            """)).IsAnimated.Should().Be(expected);

    [Fact]
    public void Read_TemplateButton_GivesPayloadAndLabel()
    {
        var tap = Payload.OfSample<ButtonReplied>("inbound-button-template-quick-reply");

        tap.ButtonId.Should().Be("ORDER-4410:CONFIRM");
        tap.Title.Should().Be("Confirm");
        tap.IsTemplateButton.Should().BeTrue();
        tap.Context!.MessageId!.Value.Value.Should().Be("wamid.c21wLXRwbC0x");
        tap.Kind.Should().Be(CustomerEventKind.Button);
    }

    [Fact]
    public void Read_ReplyButton_GivesIdAndTitle()
    {
        var tap = Payload.Single<ButtonReplied>(Payload.Message("\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"yes\",\"title\":\"Yes\"}}"));

        tap.ButtonId.Should().Be("yes");
        tap.Title.Should().Be("Yes");
        tap.IsTemplateButton.Should().BeFalse();
        tap.Kind.Should().Be(CustomerEventKind.Interactive);
    }

    [Fact]
    public void Read_ListReply_GivesRow()
    {
        var pick = Payload.OfSample<ListReplied>("inbound-interactive-list-reply");

        pick.RowId.Should().Be("store-7");
        pick.Title.Should().Be("Harbour store");
        pick.Description.Should().Be("Open till 20:00");
        Payload.OfSample<ListReplied>("inbound-interactive-list-reply-no-description").Description.Should().BeNull();
    }

    [Fact]
    public void Read_Forwarded_SaysSo()
    {
        var text = Payload.OfSample<TextReceived>("inbound-text-forwarded");

        text.Context!.IsForwarded.Should().BeTrue();
        text.Context.MessageId.Should().BeNull();
    }

    [Fact]
    public void Read_FrequentlyForwarded_IsForwardedToo()
    {
        var text = Payload.Single<TextReceived>(Payload.Message("\"type\":\"text\",\"text\":{\"body\":\"x\"},\"context\":{\"frequently_forwarded\":true}"));

        text.Context!.IsForwarded.Should().BeTrue();
        text.Context.IsFrequentlyForwarded.Should().BeTrue();
    }

    [Fact]
    public void Read_GroupMessage_BelongsToTheGroup()
    {
        var text = Payload.Single<TextReceived>(Payload.Message("\"group_id\":\"Z3JwOmludmVudGVk\",\"type\":\"text\",\"text\":{\"body\":\"x\"}"));

        text.Conversation.Should().Be(new ConversationKey(Given.Number, GroupId.Parse("Z3JwOmludmVudGVk")));
    }

    [Theory]
    [InlineData("status-sent-identity-hash", "sent")]
    [InlineData("status-delivered-utility-regular", "delivered")]
    [InlineData("status-timestamp-as-number", "sent")]
    public void Read_Status_GivesMessageAndState(string sample, string state)
    {
        var status = Payload.OfSample<DeliveryUpdated>(sample);

        status.Status.Name.Should().Be(state);
        status.MessageId.Value.Should().StartWith("wamid.");
        status.Phone.Should().Be(CustomerId.Parse(Given.Phone));
        status.Timestamp.Should().BeGreaterThanOrEqualTo(Given.T0);
        status.Lane.Should().Be(EventLane.Status);
        status.Error.Should().BeNull();
        status.Intent.Should().BeNull();
    }

    [Fact]
    public void Read_FailedStatus_GivesError()
    {
        var status = Payload.OfSample<DeliveryUpdated>("status-failed-131026");

        status.Status.Should().Be(DeliveryStatus.Failed);
        status.Error!.Code.Should().Be(131026);
        status.Error.Message.Should().Be("Message undeliverable");
        status.Error.Details.Should().Be("Message undeliverable.");
        status.Error.Category.Should().Be(GraphErrorCategory.InvalidRequest);
        status.Error.HttpStatus.Should().BeNull();
    }

    [Fact]
    public void Read_FailedStatusWithUnknownCode_IsUnknownCategory() =>
        Payload.OfSample<DeliveryUpdated>("status-failed-unknown-code-minimal").Error!.Category.Should().Be(GraphErrorCategory.Unknown);

    [Fact]
    public void Read_StatusOfGroup_IsOneEventForEachMember()
    {
        var statuses = Payload.Events(Sample.Webhook("status-group-aggregated")).Cast<DeliveryUpdated>().ToList();

        statuses.Should().HaveCount(2);
        statuses.Select(status => status.Key).Should().OnlyHaveUniqueItems();
        statuses.Should().OnlyContain(status => status.Group == GroupId.Parse("Z3JwOmludmVudGVkLWdyb3VwLTAwMQ") && status.Phone == null);
        statuses[0].Conversation.Should().Be(new ConversationKey(Given.Number, GroupId.Parse("Z3JwOmludmVudGVkLWdyb3VwLTAwMQ")));
    }

    [Fact]
    public void Read_SeveralStatusesOfOneMessage_HaveKeysOfTheirOwn() =>
        Payload.Events(Sample.Webhook("batch-status-read-before-delivered")).Select(status => status.Key).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Read_SeveralEntriesAndNumbers_GivesEachItsOwn()
    {
        var payload = Sample.Utf8("""
            {"entry":[
              {"id":"1","changes":[
                {"field":"messages","value":{"metadata":{"phone_number_id":"11"},"messages":[{"from":"15550001111","id":"a","type":"text","text":{"body":"1"}}]}},
                {"field":"messages","value":{"messages":[{"from":"15550001112","id":"b","type":"text","text":{"body":"2"}}],"metadata":{"phone_number_id":"12"}}},
                {"field":"messages","value":{"messages":[{"from":"15550001113","id":"c","type":"text","text":{"body":"3"}}]}}]},
              {"changes":[{"value":{"metadata":{"phone_number_id":"21"},"statuses":[{"id":"d","status":"sent"}]},"field":"messages"}],"id":"2"}]}
            """);

        Payload.Events(payload).Select(received => (received.Account?.Value, received.Number?.Value)).Should().Equal(("1", "11"), ("1", "12"), ("1", null), ("2", "21"));
    }

    [Fact]
    public void Read_SampleOfSeveralNumbers_GivesEachItsOwn() =>
        Payload.Events(Sample.Webhook("batch-several-entries-numbers")).Select(received => received.Number).Distinct().Should().HaveCountGreaterThan(1);

    [Fact]
    public void Read_MessagesAndStatusesInOneValue_GivesBoth()
    {
        var events = Payload.Events(Sample.Webhook("batch-messages-and-statuses-same-value"));

        events.Should().Contain(received => received is MessageReceived).And.Contain(received => received is DeliveryUpdated);
    }

    [Fact]
    public void Read_TwoUsersInOneChange_GivesEachTheirOwnContact() =>
        Payload.Events(Sample.Webhook("batch-two-users-one-change")).Cast<TextReceived>().Select(text => (text.Text, text.Contact!.Name))
            .Should().Equal(("first user", "Marta Quill"), ("second user", "Ben Ode"), ("hidden user", "Iris Vale"));

    [Fact]
    public void Read_ContactsWithoutUserIds_MatchesByPhone()
    {
        var events = Payload.Events(Payload.Of("""
            {"metadata":{"phone_number_id":"11"},"messages":[
              {"from":"15550001111","from_user_id":"US.1","id":"a","type":"text","text":{"body":"1"}},
              {"from":"15550002222","id":"b","type":"text","text":{"body":"2"}},
              {"from":"15550003333","from_user_id":"US.3","id":"c","type":"text","text":{"body":"3"}}],
             "contacts":[{"wa_id":"15550002222","profile":{"name":"Two"}},{"wa_id":"15550001111","profile":{"name":"One"}},{"wa_id":"15550003333","user_id":"US.9","profile":{"name":"Stranger with a recycled phone"}}]}
            """));

        events.Cast<TextReceived>().Select(text => text.Contact?.Name).Should().Equal("One", "Two", null);
    }

    [Fact]
    public void Read_ContactsMissing_HasNoContact() =>
        Payload.Single<TextReceived>(Payload.Text("x")).Contact.Should().BeNull();

    [Fact]
    public void Read_UsernameWithAt_IsBare() =>
        Payload.Single<TextReceived>(Payload.Of("""
            {"contacts":[{"wa_id":"15550001111","profile":{"username":"@quill"}}],"messages":[{"from":"15550001111","id":"a","type":"text","text":{"body":"1"}}]}
            """)).Contact!.Username.Should().Be("quill");

    [Fact]
    public void Read_HistoryWithMessages_IsNoMessage()
    {
        var history = Payload.OfSample<HistoryMessageReceived>("coex-history-media-followup-messages-array");

        history.Field.Should().Be("history");
        history.Lane.Should().Be(EventLane.History);
        history.Number.Should().Be(Given.Number);
        history.IsByBusiness.Should().BeFalse();
        history.Message.Should().BeOfType<ImageReceived>().Which.Key.Should().Be(history.Key);
        history.Key.Should().NotBe(EventKey.Of(Given.Number.Value, EventLane.Live, history.Message.MessageId.Value), "a copy in the history never hides the live message");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_FieldOtherThanMessages_DecidesBeforeAndAfterTheValue(bool fieldFirst)
    {
        const string Value = "\"value\":{\"messages\":[{\"from\":\"15550001111\",\"id\":\"a\",\"type\":\"text\",\"text\":{\"body\":\"1\"}}]}";
        var change = fieldFirst ? "\"field\":\"history\"," + Value : Value + ",\"field\":\"history\"";

        Payload.Single<HistoryMessageReceived>(Sample.Utf8("{\"entry\":[{\"id\":\"1\",\"changes\":[{" + change + "}]}]}")).Field.Should().Be("history");
    }

    [Fact]
    public void Read_ChangeWithoutField_IsReadByItsArrays() =>
        Payload.OfSample<TextReceived>("envelope-change-without-field").Text.Should().Be("no field key");

    [Fact]
    public void Read_UnknownObject_IsKeptWhole()
    {
        var received = Payload.OfSample<UnknownEvent>("envelope-unknown-object");

        received.Raw.ToArray().Should().Equal(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(Sample.Webhook("envelope-unknown-object")).TrimEnd()));
    }

    [Fact]
    public void Read_ErrorsInValue_AreEvents()
    {
        var reported = Payload.OfSample<ErrorReported>("errors-no-storage-131035");

        reported.Field.Should().Be("messages");
        reported.Error.Code.Should().Be(131035);
    }

    /// <summary>Meta's code 0 says that the app user could not be authenticated.</summary>
    [Theory]
    [InlineData("messages", "{},\"errors\":[{\"code\":0,\"title\":\"AuthException\"}]")]
    [InlineData("messages", "{},\"errors\":[{\"code\":\"0\",\"message\":\"AuthException\"}]")]
    [InlineData("messages", "{},\"errors\":{\"title\":\"AuthException\",\"code\":0}")]
    [InlineData("calls", "{},\"errors\":[{\"code\":0,\"title\":\"AuthException\"}]")]
    [InlineData("history", "{},\"history\":[{\"errors\":[{\"code\":0,\"title\":\"AuthException\"}]}]")]
    [InlineData("user_preferences", "{},\"errors\":[{\"code\":0,\"title\":\"AuthException\"}]")]
    public void Read_ErrorWithCode0_IsAnError(string field, string value)
    {
        var payload = Payload.Of($$"""{"metadata":{"phone_number_id":"{{Given.Number}}"},"x":{{value}}}""", field);

        var error = Payload.Single<ErrorReported>(payload).Error;

        (error.Code, error.Message, error.Category).Should().Be((0, "AuthException", GraphErrorCategory.Configuration));
    }

    [Theory]
    [InlineData("messages", "\"errors\":[{\"title\":\"no code\"}]")]
    [InlineData("messages", "\"errors\":[{\"code\":\"none\"}]")]
    public void Read_ErrorWithoutCode_IsKeptUnknown(string field, string value) => Payload.Single<UnknownEvent>(Payload.Of($"{{{value}}}", field)).Raw.IsEmpty.Should().BeFalse();

    [Fact]
    public void Read_StatusThatFailedWithCode0_HasTheError()
    {
        var status = Payload.Single<DeliveryUpdated>(Payload.Of("""{"statuses":[{"id":"wamid.A","status":"failed","errors":[{"code":0,"title":"AuthException"}]}]}"""));

        (status.Error!.Code, status.Error.Category).Should().Be((0, GraphErrorCategory.Configuration));
    }

    [Theory]
    [InlineData("inbound-interactive-unknown-reply-type", "interactive")]
    public void Read_KindWithoutType_IsUnknownMessageWithRaw(string sample, string kind)
    {
        var message = Payload.OfSample<UnknownMessage>(sample);

        message.Kind.Name.Should().Be(kind);
        message.MessageId.Value.Should().NotBeEmpty();
        System.Text.Encoding.UTF8.GetString(message.Raw.Span).Should().StartWith("{").And.Contain($"\"{kind}\"").And.EndWith("}");
    }

    [Fact]
    public void Read_MessageWithoutTimestamp_IsTheEpoch() =>
        Payload.Single<TextReceived>(Payload.Of("{\"messages\":[{\"id\":\"a\",\"type\":\"text\",\"text\":{\"body\":\"1\"}}]}")).Timestamp.Should().Be(NodaConstants.UnixEpoch);

    [Theory]
    [InlineData("1794900000")]
    [InlineData("\"1794900000\"")]
    [InlineData("\"\\u0031794900000\"")]
    public void Read_Timestamp_IsUnixSeconds(string timestamp) =>
        Payload.Single<TextReceived>(Payload.Of($$$"""{"messages":[{"id":"a","timestamp":{{{timestamp}}},"type":"text","text":{"body":"1"}}]}""")).Timestamp.Should().Be(Given.T0);

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("99999999999999999999999999")]
    [InlineData("253402300800000")]
    [InlineData("\"soon\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Read_TimestampThatIsNone_IsTheEpoch(string timestamp) =>
        Payload.Single<TextReceived>(Payload.Of($$$"""{"messages":[{"id":"a","timestamp":{{{timestamp}}},"type":"text","text":{"body":"1"}}]}""")).Timestamp.Should().Be(NodaConstants.UnixEpoch);

    [Fact]
    public void Read_ThousandUpdates_GivesThemAll()
    {
        var messages = string.Join(',', Enumerable.Range(0, 500).Select(i => $$$"""{"from":"1555000{{{i:0000}}}","id":"m{{{i}}}","type":"text","timestamp":"1794900000","text":{"body":"{{{i}}}"}}"""));
        var statuses = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"id":"s{{i}}","status":"sent","recipient_id":"1555000{{i:0000}}"}"""));

        var events = Payload.Events(Payload.Of($$"""{"metadata":{"phone_number_id":"11"},"messages":[{{messages}}],"statuses":[{{statuses}}]}"""));

        events.Should().HaveCount(1000);
        events.OfType<TextReceived>().Select(text => text.Text).Should().Equal(Enumerable.Range(0, 500).Select(i => $"{i}"));
        events.Select(received => received.Key).Should().OnlyHaveUniqueItems();
    }
}
