using NodaTime;

namespace WhatsSession.Webhooks.Tests.Events;

/// <summary>Copies of what the business sent by another way.</summary>
public sealed class EchoTests
{
    private const string Metadata = "\"metadata\":{\"phone_number_id\":\"314159265358979\"}";

    [Fact]
    public void Read_HistoryMessageEchoes_IsOneEventForEachWithTimeNumberAndCustomer()
    {
        var events = Payload.Events(Sample.Webhook("history-message-echoes"));

        var copies = events.Should().AllBeOfType<HistoryMessageReceived>().Which.ToList();
        copies.Should().HaveCount(2).And.OnlyContain(copy => copy.IsByBusiness && copy.Lane == EventLane.History && copy.Number == Given.Number);
        copies.Select(copy => copy.Timestamp.ToUnixTimeSeconds()).Should().Equal(1_795_990_000, 1_795_990_060);
        copies.Select(copy => copy.Phone?.Value).Should().Equal(Given.Phone, "447700900321");
        copies.Select(copy => copy.BusinessScopedId?.Value).Should().Equal(Given.UserId, null);
        copies.Select(copy => copy.Message.GetType()).Should().Equal(typeof(TextReceived), typeof(ImageReceived));
        copies[0].Contact!.Name.Should().Be("Marta Quill");
        copies[1].Contact.Should().BeNull();
    }

    /// <summary>The copy in the history may come before the live echo of the same message, or after it.</summary>
    [Fact]
    public void Key_OfAnEchoInTheHistory_IsNotThatOfTheLiveEcho()
    {
        const string Echo = """{"from":"15550009000","to":"15550001234","id":"wamid.E","timestamp":"1794900000","type":"text","text":{"body":"x"}}""";
        var value = $"{{{Metadata},\"message_echoes\":[{Echo}]}}";

        ((string[])["history", "smb_message_echoes"]).Select(field => Payload.Events(Payload.Of(value, field)).Should().ContainSingle().Subject.Key)
            .Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("history", typeof(HistoryMessageReceived))]
    [InlineData("smb_message_echoes", typeof(MessageEchoed))]
    public void Read_EchoToAGroup_IsOfTheGroup(string field, Type type)
    {
        foreach (var echo in (string[])
        [
            """{"from":"15550009000","to":"Z3JvdXA","recipient_type":"group","id":"wamid.E","timestamp":"1794900000","type":"text","text":{"body":"x"}}""",
            """{"id":"wamid.E","timestamp":"1794900000","message":{"to":"Z3JvdXA","recipient_type":"group","type":"text","text":{"body":"x"}}}""",
        ])
        {
            var copy = (CustomerEvent)Payload.Events(Payload.Of($"{{{Metadata},\"message_echoes\":[{echo}]}}", field)).Should().ContainSingle().Subject;

            copy.Should().BeOfType(type);
            (copy.Group?.Value, copy.Phone, copy.Timestamp).Should().Be(("Z3JvdXA", null, Given.T0));
            (copy as HistoryMessageReceived)?.IsByBusiness.Should().BeTrue();
        }
    }

    [Fact]
    public void Read_StandbyTemplateEcho_IsAnEchoOfTheTemplate()
    {
        var echo = Payload.OfSample<MessageEchoed>("standby-template-echo");

        (echo.Lane, echo.Number, echo.Phone, echo.Timestamp).Should()
            .Be((EventLane.Echo, Given.Number, CustomerId.Parse(Given.Phone), Instant.FromUnixTimeSeconds(1_796_000_000)));
        var template = echo.Message.Should().BeOfType<TemplateEchoed>().Subject;
        (template.MessageId.Value, template.TemplateName, template.Language).Should().Be(("wamid.c3RieS10MQ==", "winter_offer", "en_US"));
        (template.Category, template.Status).Should().Be((TemplateCategory.Marketing, TemplateStatus.Approved));
        template.Opener.Should().BeNull();
    }

    /// <summary>The message may stand beside its recipient; what Meta says of the template, before the message or not at all.</summary>
    [Theory]
    [InlineData("""{"id":"wamid.T","to":"15550001234","type":"template","template":{"name":"a","language":{"code":"en"}}}""", null)]
    [InlineData("""{"id":"wamid.T","to":"15550001234","template":{"name":"a","language":"en","category":"UTILITY"},"type":"template"}""", "UTILITY")]
    [InlineData("""{"template":{"language":"en","name":"a","category":"UTILITY"},"id":"wamid.T","message":{"to":"15550001234","type":"template","template":{}}}""", "UTILITY")]
    [InlineData("""{"id":"wamid.T","message":{"template":{"name":"a","language":{"code":"en"}},"type":"template","to":"15550001234"}}""", null)]
    public void Read_TemplateEchoOfAnyShape_IsAnEchoOfTheTemplate(string item, string? category)
    {
        foreach (var field in (string[])["message_echoes", "smb_message_echoes", "history"])
        {
            var copy = (CustomerEvent)Payload.Events(Payload.Of($"{{{Metadata},\"message_echoes\":[{item}]}}", field)).Should().ContainSingle().Subject;

            copy.Phone!.Value.Value.Should().Be(Given.Phone);
            var template = copy.Inner.Should().BeOfType<TemplateEchoed>().Subject;
            (template.TemplateName, template.Language, template.Category?.Name).Should().Be(("a", "en", category));
            EventText.Of(WebhookReader.Restore(Payload.Kept(copy))).Should().Be(EventText.Of(copy));
        }
    }
}
