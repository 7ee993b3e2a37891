namespace WhatsSession.Testing.Tests;

public sealed class SignedPayloadTests
{
    [Fact]
    public void Of_Event_ReadsBackAsTheSameEvent()
    {
        var text = Events.Text("grüß dich", new EventOrigin { Name = "Ada" });

        var read = new List<WhatsAppEvent>();
        WebhookReader.Read(SignedPayload.Of(text, "secret").Body.Span, read).Should().BeNull();

        var back = read.Should().ContainSingle().Which.Should().BeOfType<TextReceived>().Which;
        back.Key.Should().Be(text.Key);
        back.Text.Should().Be("grüß dich");
        back.Contact!.Name.Should().Be("Ada");
        back.Conversation.Should().Be(text.Conversation);
    }

    [Fact]
    public void Of_Json_KeepsItAndSignsIt()
    {
        var payload = SignedPayload.Of("""{"object":"x"}""", "secret");

        payload.Body.ToArray().Should().Equal("""{"object":"x"}"""u8.ToArray());
        WebhookSignature.Verify(payload.Body.Span, payload.Signature, ["secret"]).Should().BeTrue();
        WebhookSignature.Verify(payload.Body.Span, payload.Signature, ["other"]).Should().BeFalse();
    }

    [Fact]
    public async Task ToContent_OfAPayload_CarriesTheSignature()
    {
        var payload = SignedPayload.Of("{}", "secret");

        using var content = payload.ToContent();

        content.Headers.GetValues("X-Hub-Signature-256").Should().Equal(payload.Signature);
        (await content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Be("{}");
    }

    [Fact]
    public void Of_WhatIsNoWebhook_Throws() =>
        FluentActions.Invoking(() => SignedPayload.Of(Events.WindowClosing(TimeSpan.FromHours(1)), "secret")).Should().Throw<NotSupportedException>().WithMessage("*WindowClosing*");
}
