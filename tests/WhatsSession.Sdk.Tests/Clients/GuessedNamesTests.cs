using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Clients;

/// <summary>The names that people guess before they read: they are there, and they do what is guessed.</summary>
public sealed class GuessedNamesTests
{
    [Fact]
    public async Task Conversation_GuessedNames_DoWhatTheySay()
    {
        await using var scene = await EmulatedScene.StartAsync();
        var conversation = scene.Conversation;
        await scene.SaysAsync("hello");

        var outcome = await conversation.SendAsync("text");
        await scene.DrainAsync();

        (await scene.Customer.NextAsync()).Text.Should().Be("text");
        (await conversation.WaitForDeliveryAsync(outcome, TimeSpan.Zero)).IsDelivered.Should().BeTrue();
        (await conversation.WaitForDeliveryAsync(outcome, Duration.Zero)).IsDelivered.Should().BeTrue();
        MessageId id = ((SendOutcome.Accepted)outcome).MessageId;
        id.Should().Be(outcome.MessageId!.Value);
        var window = await conversation.GetWindowAsync();
        window.IsOpen.Should().BeTrue();
        window.UntilUtc.Should().Be((Given.T0 + Duration.FromHours(24)).ToDateTimeOffset());
        window.RemainingTime.Should().Be(TimeSpan.FromHours(24));
        var history = await conversation.GetHistoryAsync();
        history.Select(line => (line.Direction, line.Kind, line.Text, line.Status)).Should().Equal(
            (MessageDirection.Outbound, "text", "text", DeliveryStatus.Delivered),
            (MessageDirection.Inbound, "text", "hello", null));
        var written = history[1].MessageId!.Value;
        (await conversation.MarkReadAsync(written)).IsSuccess.Should().BeTrue();
        (await conversation.MarkReadAsync(written, typing: true)).IsSuccess.Should().BeTrue();
        (await conversation.ListHeldMessagesAsync()).Should().BeEmpty();
        (await scene.Runtime.Parked.ListAsync()).Should().BeEmpty();
        (await scene.Runtime.Quarantine.ListAsync()).Should().BeEmpty();
        (await scene.Runtime.AbandonedFallbacks.ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_RefusedOutcome_HasNothingToWaitFor()
    {
        await using var scene = await (await EmulatedScene.StartAsync()).WithHistoryAsync();

        var refused = await scene.Conversation.SendAsync("text");

        await FluentActions.Awaiting(() => scene.Conversation.WaitForDeliveryAsync(refused, TimeSpan.Zero)).Should().ThrowAsync<MessageRefusedException>();
    }

    [Fact]
    public async Task Builder_GuessedNames_CallTheHandlerThatIsMeant()
    {
        var seen = new List<string>();
        await using var scene = await EmulatedScene.StartAsync(b => b
            .OnText("menu", m => Note($"menu {m.Message.From == m.Message.Customer}"))
            .OnText(MessageFilter.TextContains("order"), (m, _) => Note($"order {m.Message.Text}"))
            .OnButton("Yes", m => Note($"button {m.Message.Title}"))
            .OnButton<List<string>>("Yes", (m, given, _) => Note($"{given[0]} {m.Message.ButtonId}"))
            .OnAnyMessage(_ => Note("any"))
            .OnOtherMessage(m => Note($"other {m.Message.Kind}"))
            .OnDelivery(_ => Task.CompletedTask)
            .OnWindowClosing(TimeSpan.FromHours(1), w => Note($"closing {w.Message.Lead.TotalHours}"))
            .OnWindowClosing<List<string>>("named", Duration.FromHours(1), (_, given, _) => Note($"{given[0]} closing"))
            .ForNumber("sales", sales => sales.OnWindowClosing(TimeSpan.FromHours(1), _ => Note("another number")))
            .Services.AddSingleton<List<string>>(["service"]));

        await scene.SaysAsync(" MENU ");
        await scene.SaysAsync("my order");
        await scene.SaysAsync("something else");
        await scene.DrainAsync();
        await scene.Conversation.SendAsync(new ReplyButtonsMessage("q", "Yes", "No"));
        await scene.Customer.NextAsync();
        await scene.Customer.TapsAsync("Yes");
        await scene.DrainAsync();
        await scene.AdvanceAsync(TimeSpan.FromHours(23));

        seen.Should().Equal(
            "menu True", "any", "order my order", "any", "any", "other text", "button Yes", "service Yes", "any", "closing 1", "service closing");

        Task Note(string text)
        {
            lock (seen)
            {
                seen.Add(text);
            }

            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task WaitForReplyAsync_InAHandler_GetsTheNextMessageAndLeavesItToTheHandlers()
    {
        var seen = new List<string>();
        await using var scene = await EmulatedScene.StartAsync(b => b
            .OnText("book", async (m, ct) =>
            {
                await m.ReplyAsync("For how many?", ct);
                var reply = await m.Conversation.WaitForReplyAsync(TimeSpan.FromMinutes(1), ct);
                seen.Add($"got {(reply as TextReceived)?.Text}");
            })
            .OnOtherMessage(m =>
            {
                seen.Add($"handled, awaited: {m.WasAwaited}");
                return Task.CompletedTask;
            }));

        await scene.SaysAsync("book");
        (await scene.Customer.NextAsync()).Text.Should().Be("For how many?");
        await scene.SaysAsync("four");
        await scene.SaysAsync("thanks");
        await scene.DrainAsync();

        seen.Should().Equal("got four", "handled, awaited: True", "handled, awaited: False");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WaitForReplyAsync_MessagesComeAsTheWaitBegins_GetsTheFirst(bool firstIsEarlier)
    {
        var seen = new List<string>();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await EmulatedScene.StartAsync(b => b
            .OnText("book", async (m, ct) =>
            {
                asked.SetResult();
                await goOn.Task;
                var reply = await m.Conversation.WaitForReplyAsync(TimeSpan.FromMinutes(1), ct);
                seen.Add($"got {(reply as TextReceived)?.Text}");
            })
            .OnOtherMessage(m =>
            {
                seen.Add($"handled, awaited: {m.WasAwaited}");
                return Task.CompletedTask;
            }));
        string[] early = firstIsEarlier ? ["four"] : [], late = firstIsEarlier ? ["thanks"] : ["four", "thanks"];
        scene.Store.Before = async method =>
        {
            // Between the beginning of the wait and its first look.
            if (method == nameof(IWhatsSessionStore.ReadLogAsync))
            {
                scene.Store.Before = _ => Task.CompletedTask;
                foreach (var text in late)
                {
                    await scene.SaysAsync(text);
                }
            }
        };

        await scene.SaysAsync("book");
        await asked.Task.InTimeAsync();
        foreach (var text in early)
        {
            await scene.SaysAsync(text);
        }

        goOn.SetResult();
        await scene.DrainAsync();

        seen.Should().Equal("got four", "handled, awaited: True", "handled, awaited: False");
    }

    [Fact]
    public async Task WaitForReplyAsync_OutsideAHandler_GetsWhatComesNext()
    {
        await using var scene = await EmulatedScene.StartAsync();
        await scene.SaysAsync("long ago");
        await scene.AdvanceAsync(TimeSpan.FromHours(1));

        var waiting = scene.Conversation.WaitForReplyAsync(TimeSpan.FromMinutes(1));
        await scene.SaysAsync("four");

        var reply = (TextReceived)(await waiting.InTimeAsync())!;
        (reply.Text, reply.Contact!.Name).Should().Be(("four", scene.Customer.Name));
    }

    [Fact]
    public async Task WaitForReplyAsync_NobodyWrites_IsNullWhenTheTimeIsOver()
    {
        await using var scene = await EmulatedScene.StartAsync();

        var waiting = scene.Conversation.WaitForReplyAsync(Duration.FromMinutes(1));
        await scene.Meta.Customer("15550009999").SaysAsync("somebody else", Given.Number.Value);
        await scene.DrainAsync();
        waiting.IsCompleted.Should().BeFalse();
        scene.Meta.Clock.Advance(TimeSpan.FromMinutes(1));

        (await waiting.InTimeAsync()).Should().BeNull();
    }

    [Fact]
    public async Task WaitForReplyAsync_GivenUp_LeavesTheNextMessageToTheHandlers()
    {
        var awaited = new List<bool>();
        await using var scene = await EmulatedScene.StartAsync(b => b.OnText(m =>
        {
            awaited.Add(m.WasAwaited);
            return Task.CompletedTask;
        }));
        using var gaveUp = new CancellationTokenSource();

        var waiting = scene.Conversation.WaitForReplyAsync(TimeSpan.FromMinutes(1), gaveUp.Token);
        await gaveUp.CancelAsync();
        await FluentActions.Awaiting(() => waiting.InTimeAsync()).Should().ThrowAsync<OperationCanceledException>();
        await scene.SaysAsync("too late");
        await scene.DrainAsync();

        awaited.Should().Equal(false);
    }

    [Fact]
    public async Task WaitForReplyAsync_LongerThanTheHandlerMayRun_IsRefused()
    {
        var refused = new TaskCompletionSource<Exception?>();
        await using var scene = await EmulatedScene.StartAsync(b => b.OnText(async m =>
            refused.TrySetResult(await Record.ExceptionAsync(() => m.Conversation.WaitForReplyAsync(TimeSpan.FromMinutes(3))))));

        await scene.SaysAsync("hello");

        (await refused.Task.InTimeAsync()).Should().BeOfType<ArgumentOutOfRangeException>();
        await FluentActions.Awaiting(() => scene.Conversation.WaitForReplyAsync(TimeSpan.FromDays(9))).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task UploadMediaAsync_Path_UploadsTheFileByItsName()
    {
        await using var scene = await EmulatedScene.StartAsync();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.png");
        await File.WriteAllBytesAsync(path, [0x89, 0x50, 0x4E, 0x47], TestContext.Current.CancellationToken);
        try
        {
            var number = scene.Runtime.Client.Number("support");

            var upload = await number.UploadMediaAsync(path);

            upload.IsSuccess.Should().BeTrue();
            (await number.GetMediaAsync(upload.MediaId!)).MimeType.Should().Be("image/png");
            (await number.UploadMediaAsync(path + ".none")).Violations.Should().ContainSingle();
            (await number.UploadMediaAsync("absent.png")).Violations.Should().ContainSingle().Which.ToString().Should().Contain("could not be opened");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Messages_GuessedNames_MakeWhatTheySay()
    {
        ImageMessage.FromFile("a.png").Should().Be(new ImageMessage(MediaSource.FromFile("a.png")));
        ImageMessage.FromLink(new Uri("https://example.org/a.png")).Should().Be(ImageMessage.FromLink("https://example.org/a.png"));
        VideoMessage.FromFile("a.mp4").Source.Should().Be(MediaSource.FromFile("a.mp4"));
        AudioMessage.FromFile("a.mp3").Source.Should().Be(MediaSource.FromFile("a.mp3"));
        VoiceMessage.FromFile("a.ogg").Source.Should().Be(MediaSource.FromFile("a.ogg"));
        StickerMessage.FromId("1").Source.Should().Be(MediaSource.FromId("1"));
        (DocumentMessage.FromFile("a.pdf") with { Caption = "c" }).Caption.Should().Be("c");
        new ReplyButtonsMessage("q", "Yes", "No").Buttons.Should().Equal(new ReplyButton("Yes", "Yes"), new ReplyButton("No", "No"));
        new TemplateMessage("order", "en_US") { Buttons = [TemplateButton.Url(0, "42"), TemplateButton.QuickReply(1, "stop")] }.Buttons.Should().Equal(
            new TemplateButtonParameter.Url(0, "42"), new TemplateButtonParameter.QuickReply(1, "stop"));
    }
}
