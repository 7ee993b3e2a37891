namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>What real payloads do differently from their documentation.</summary>
public sealed class TolerantTests
{
    [Fact]
    public void Read_DuplicateKeys_LastWins()
    {
        var text = Payload.Single<TextReceived>(Payload.Message("\"id\":\"wamid.Y\",\"type\":\"image\",\"type\":\"text\",\"text\":{\"body\":\"first\"},\"text\":{\"body\":\"second\",\"body\":\"third\"}"));

        text.MessageId.Value.Should().Be("wamid.Y");
        text.Text.Should().Be("third");
    }

    [Fact]
    public void Read_DuplicateValue_LastWins() =>
        Payload.Single<TextReceived>(Sample.Utf8("""
            {"entry":[{"id":"1","changes":[{"field":"calls","value":{"messages":[{"id":"a","type":"text","text":{"body":"1"}}]},"value":{"metadata":{"phone_number_id":"2"},"messages":[{"id":"b","type":"text","text":{"body":"2"}}]},"field":"messages"}]}]}
            """)).Text.Should().Be("2");

    [Theory]
    [InlineData("{\"details\":\"too old\"}")]
    [InlineData("\"too old\"")]
    public void Read_ErrorData_IsAnObjectOrAText(string data) =>
        Payload.Single<DeliveryUpdated>(Payload.Of($$"""{"statuses":[{"id":"a","status":"failed","errors":[{"code":"131047","title":"t","error_data":{{data}}}]}]}"""))
            .Error!.Should().Match<GraphError>(error => error.Code == 131047 && error.Details == "too old");

    [Fact]
    public void Read_SeveralErrors_GivesThemAllInTheirOrder()
    {
        var status = Payload.Single<DeliveryUpdated>(Payload.Of("""{"statuses":[{"id":"a","status":"failed","errors":[{"code":131049,"title":"first"},7,{"code":131026,"title":"second"}],"errors":[]}]}"""));

        status.Errors.Select(error => (error.Code, error.Message)).Should().Equal((131049, "first"), (131026, "second"));
        status.Error.Should().BeSameAs(status.Errors[0]);
        Payload.Single<DeliveryUpdated>(Payload.Of("""{"statuses":[{"id":"a","status":"read"}]}""")).Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"emoji\":\"\",")]
    [InlineData("")]
    [InlineData("\"emoji\":null,")]
    public void Read_ReactionWithoutEmoji_IsARemoval(string emoji)
    {
        var reaction = Payload.Single<ReactionReceived>(Payload.Message("\"type\":\"reaction\",\"reaction\":{" + emoji + "\"message_id\":\"wamid.Z\"}"));

        reaction.IsRemoval.Should().BeTrue();
        reaction.ReactedTo!.Value.Value.Should().Be("wamid.Z");
    }

    [Theory]
    [InlineData("recipient_participant_id")]
    [InlineData("participant_recipient_id")]
    public void Read_Participant_HasTwoSpellings(string name) =>
        Payload.Single<DeliveryUpdated>(Payload.Of($$"""{"statuses":[{"id":"a","status":"read","recipient_type":"group","recipient_id":"Z3Jw","{{name}}":"15550001234"}]}"""))
            .ParticipantPhone!.Value.Value.Should().Be(Given.Phone);

    [Theory]
    [InlineData("recipient_parent_user_id")]
    [InlineData("parent_recipient_user_id")]
    public void Read_ParentUserId_HasTwoSpellings(string name) =>
        Payload.Single<DeliveryUpdated>(Payload.Of($$"""{"statuses":[{"id":"a","status":"read","{{name}}":"US.ENT.1"}]}"""))
            .ParentBusinessScopedId!.Value.Value.Should().Be("US.ENT.1");

    [Theory]
    [InlineData("authentication-international")]
    [InlineData("authentication_international")]
    public void Read_PricingCategory_HasTwoSpellings(string name) =>
        Payload.Single<DeliveryUpdated>(Payload.Of($$$"""{"statuses":[{"id":"a","status":"sent","pricing":{"category":"{{{name}}}"}}]}"""))
            .Pricing!.Category.Should().Be(PricingCategory.AuthenticationInternational);

    [Fact]
    public void Read_TimeOfEntryBehindTheChanges_IsTheTimeOfItsNotices() =>
        Payload.Single<AccountReviewed>(Sample.Utf8("""{"entry":[{"id":"1","changes":[{"field":"account_review_update","value":{"decision":"APPROVED"}}],"time":"1794900000"}]}"""))
            .Timestamp.Should().Be(Given.T0);

    [Fact]
    public void Read_SummaryOfTheAgent_StandsBesideTheOneCustomer() =>
        Payload.OfSample<TextReceived>("inbound-text-with-conversation-context").Contact!.ConversationSummary.Should().Be("User asks about a refund.");

    [Fact]
    public void Read_ArrayOfAnotherField_IsUnknownAndKept()
    {
        var received = Payload.Single<UnknownEvent>(Payload.Of("{\"messages\":[{\"id\":\"a\",\"type\":\"text\",\"text\":{\"body\":\"1\"}}]}", "calls"));

        received.Field.Should().Be("calls");
        received.Raw.IsEmpty.Should().BeFalse();
    }

    [Fact]
    public void Read_EmptyStandby_IsUnknownAndKept() =>
        Payload.Single<UnknownEvent>(Payload.Of("{\"metadata\":{\"phone_number_id\":\"1\"},\"standby\":{}}", "standby")).Number!.Value.Value.Should().Be("1");

    [Fact]
    public void Read_EchoInStandby_IsOfTheConversationOfItsRecipient()
    {
        var echo = Payload.OfSample<MessageEchoed>("standby-message-echo");

        echo.Lane.Should().Be(EventLane.Echo);
        echo.Conversation.Should().Be(Given.Key);
        echo.Message.Should().BeOfType<TextReceived>().Which.Text.Should().Be("Agent answer");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("\"to\":\"15550001234\",", Given.Phone)]
    [InlineData("\"to_user_id\":\"US.40917263548812004417\",", Given.UserId)]
    [InlineData("\"recipient\":\"US.40917263548812004417\",", Given.UserId)]
    [InlineData("\"recipient_user_id\":\"US.40917263548812004417\",", Given.UserId)]
    public void Read_EchoInStandby_IsNeverTheBusinessAsACustomer(string recipient, string? customer)
    {
        var echo = Payload.Single<MessageEchoed>(Payload.Of($$$"""{"metadata":{"phone_number_id":"1"},"standby":{"message_echoes":[{"from":"15550009000",{{{recipient}}}"id":"wamid.E","timestamp":"1794900000","type":"text","text":{"body":"hi"}}]}}""", "standby"));

        echo.Customer?.Value.Should().Be(customer);
        (echo.Conversation is null).Should().Be(customer is null);
        EventText.Of(WebhookReader.Restore(Payload.Kept(echo))).Should().Be(EventText.Of(echo));
    }

    [Fact]
    public void Read_HistoryMediumAfterItsPlaceholder_IsAnEventOfItsOwn()
    {
        var placeholder = Payload.Events(Sample.Webhook("coex-history-media-placeholder")).OfType<HistoryMessageReceived>().Should().ContainSingle().Subject;
        var medium = Payload.OfSample<HistoryMessageReceived>("coex-history-media-followup-messages-array");

        placeholder.Message.Should().BeOfType<MediaPlaceholderReceived>().Which.MessageId.Should().Be(((ImageReceived)medium.Message).MessageId);
        medium.Key.Should().NotBe(placeholder.Key);
        Payload.OfSample<HistoryMessageReceived>("coex-history-media-followup-messages-array").Key.Should().Be(medium.Key, "a redelivery is the same");
    }
}
