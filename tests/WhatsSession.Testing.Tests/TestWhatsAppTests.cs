using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Testing.Tests;

public sealed class TestWhatsAppTests
{
    [Fact]
    public async Task ReceiveAsync_Text_IsAnsweredByItsHandler()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(builder => builder.OnMessage<TextReceived>((m, ct) => m.ReplyAsync("On it!", ct)), Token);
        await whatsApp.ReceiveAsync(Events.Text("hi"), Token);

        var sent = whatsApp.Sent.Should().ContainSingle().Which;
        (sent.Text, sent.To, sent.Type, sent.Template, sent.RefusedWith).Should().Be(("On it!", "15550001234", "text", null, null));
        sent.Number.Should().Be(EventOrigin.DefaultNumber);
        (await whatsApp.Conversation.GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
    }

    [Fact]
    public async Task ReceiveAsync_SeveralLines_AreOneTurnOnceTimeHasPassed()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(builder => builder.OnTurn((turn, ct) => turn.ReplyAsync(turn.Message.Text, ct)), Token);
        await whatsApp.ReceiveAsync(Events.Text("hi"), Token);
        await whatsApp.ReceiveAsync(Events.Text("where is my order?"), Token);
        whatsApp.Sent.Should().BeEmpty();

        await whatsApp.AdvanceAsync(TimeSpan.FromSeconds(2), Token);

        whatsApp.Sent.Should().ContainSingle().Which.Text.Should().Be("hi\nwhere is my order?");
    }

    [Fact]
    public async Task ReceiveAsync_SameEventTwice_IsHandledOnce()
    {
        var handled = 0;
        await using var whatsApp = await TestWhatsApp.StartAsync(builder => builder.OnMessage<TextReceived>((_, _) => Task.FromResult(handled++)), Token);
        var text = Events.Text("hi");
        await whatsApp.ReceiveAsync(text, Token);
        await whatsApp.ReceiveAsync(text, Token);

        handled.Should().Be(1);
    }

    [Fact]
    public async Task ReceiveAsync_HandlerThrows_ThrowsAndTriesAgainLater()
    {
        var tries = new List<int>();
        await using var whatsApp = await TestWhatsApp.StartAsync(
            builder => builder.OnMessage<TextReceived>((m, _) =>
            {
                tries.Add(m.Attempt);
                return m.Attempt == 1 ? throw new InvalidDataException("no order of that number") : Task.CompletedTask;
            }),
            Token);

        var failed = await whatsApp.Awaiting(test => test.ReceiveAsync(Events.Text("hi"), Token)).Should().ThrowAsync<HandlerFailedException>();
        await whatsApp.AdvanceAsync(TimeSpan.FromMinutes(1), Token);

        failed.WithInnerException<InvalidDataException>();
        tries.Should().Equal(1, 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReceiveAsync_HandlerThrowsAndLoggingIsOff_Throws(bool cleared)
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(
            builder =>
            {
                builder.OnMessage<TextReceived>((_, _) => throw new InvalidDataException("no order of that number"));
                builder.Services.AddLogging(logging => _ = cleared ? logging.ClearProviders() : logging.AddFilter("WhatsSession", LogLevel.None));
            },
            Token);

        await whatsApp.Awaiting(test => test.ReceiveAsync(Events.Text("hi"), Token)).Should().ThrowAsync<HandlerFailedException>();
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsOnce()
    {
        var whatsApp = await TestWhatsApp.StartAsync(static _ => { }, Token);
        await whatsApp.DisposeAsync();

        await whatsApp.Awaiting(test => test.DisposeAsync().AsTask()).Should().NotThrowAsync();
    }

    [Fact]
    public async Task AdvanceAsync_ToTheLead_RaisesTheAlert()
    {
        var alerts = new List<WindowClosing>();
        await using var whatsApp = await TestWhatsApp.StartAsync(
            builder => builder.OnWindowClosing(TimeSpan.FromHours(1), (w, _) =>
            {
                alerts.Add(w.Message);
                return Task.CompletedTask;
            }),
            Token);
        await whatsApp.ReceiveAsync(Events.Text("hi"), Token);
        await whatsApp.AdvanceAsync(TimeSpan.FromHours(23), Token);

        var alert = alerts.Should().ContainSingle().Which;
        var made = Events.WindowClosing(TimeSpan.FromHours(1));
        alert.Key.Should().Be(made.Key, "a made one is the same as a raised one");
        (alert.Opened, alert.Lead, alert.Conversation).Should().Be((made.Opened, made.Lead, made.Conversation));
    }

    [Fact]
    public async Task RefuseNext_ReEngagementRequired_RefusesOneMessage()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(static _ => { }, Token);
        whatsApp.RefuseNext(GraphErrorCodes.ReEngagementRequired);

        var first = await whatsApp.Conversation.SendAsync(new TextMessage("one"), Token);
        await whatsApp.ReceiveAsync(Events.Text("hi"), Token);
        var second = await whatsApp.Conversation.SendAsync(new TextMessage("two"), Token);

        first.Should().BeOfType<SendOutcome.Rejected>().Which.Error.Code.Should().Be(131047);
        second.IsAccepted.Should().BeTrue();
        whatsApp.Sent.Select(sent => sent.RefusedWith).Should().Equal(131047, null);
    }

    [Fact]
    public async Task SendAsync_ClosedWindow_SendsTheTemplate()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(static _ => { }, Token);
        await whatsApp.ReceiveAsync(Events.Text("hi"), Token);
        await whatsApp.AdvanceAsync(TimeSpan.FromHours(25), Token);

        var outcome = await whatsApp.Conversation.SendAsync(new TextMessage("Your parcel left."), orTemplate: new TemplateMessage("order_shipped", "en"), Token);

        outcome.Should().BeOfType<SendOutcome.TemplateSent>();
        whatsApp.Sent.Should().ContainSingle().Which.Template.Should().Be("order_shipped");
    }

    [Fact]
    public async Task ReceiveAsync_StatusOfASentMessage_SettlesIt()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(static _ => { }, Token);
        await whatsApp.ReceiveAsync(Events.Text("hi"), Token);
        await whatsApp.Conversation.SendAsync(new TextMessage("one"), Token);

        await whatsApp.ReceiveAsync(Events.Status(whatsApp.Sent[0].MessageId, "delivered"), Token);

        var log = await whatsApp.Conversation.GetHistoryAsync(10, Token);
        log.Should().HaveCount(2);
    }

    [Fact]
    public async Task ReceivedOf_Event_RepliesThroughTheClient()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(builder => builder.Services.AddSingleton("a service"), Token);
        var received = Received.Of(Events.Text("hi"), whatsApp);

        var outcome = await received.ReplyAsync("On it!", Token);

        outcome.IsAccepted.Should().BeTrue();
        received.Services.GetRequiredService<string>().Should().Be("a service");
        whatsApp.Sent.Should().ContainSingle().Which.Text.Should().Be("On it!");
    }

    [Fact]
    public async Task ReceivedOf_EventAlone_HasNoNumber()
    {
        var received = Received.Of(Events.Text("hi"));

        received.Message.Text.Should().Be("hi");
        received.Attempt.Should().Be(1);
        await received.Awaiting(it => it.ReplyAsync("no way", Token)).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task ReceiveAsync_WrongSignature_Throws()
    {
        await using var whatsApp = await TestWhatsApp.StartAsync(static _ => { }, Token);

        await whatsApp.Awaiting(test => test.ReceiveAsync(SignedPayload.Of(Events.Text("hi"), "another secret"), Token)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*401*");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
