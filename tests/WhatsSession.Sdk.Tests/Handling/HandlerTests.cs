using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsSession.Handling;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>How handlers are registered, and what each of them is called for.</summary>
public sealed class HandlerTests
{
    private readonly ConcurrentQueue<string> _calls = [];

    [Fact]
    public async Task Registrations_OfEveryForm_AreCalledWithTheirServices()
    {
        await using var scene = await StartAsync(builder => builder
            .OnMessage<TextReceived>("named", (_, _) => Note("text"))
            .OnMessage<TextReceived, Uri>((_, uri, _) => Note($"text {uri.Host}"))
            .OnMessage<TextReceived, Uri, Version>("two", (_, uri, version, _) => Note($"text {uri.Host} {version}"))
            .OnAnyMessage((message, _) => Note($"any {message.Message.Kind}"))
            .OnAnyMessage<Uri>(MessageFilter.TextEquals("other"), (_, _, _) => Note("never"))
            .On<WhatsAppEvent>((received, _) => Note($"event {received.Message.Lane}"))
            .On<DeliveryUpdated, Uri>("delivery", (received, uri, _) => Note($"delivery {uri.Host}"))
            .OnTemplateStatus("templates", (change, _) => Note($"template {change.Message.Status}"))
            .OnDelivery<Uri, Version>((_, uri, version, _) => Note($"status {uri.Host} {version}")));

        await scene.SaysAsync("hi");
        await scene.SendsOneStatusAsync();
        await scene.Meta.SetTemplateStatusAsync("order_shipped", "en_US", "PAUSED");
        await scene.DrainAsync();

        _calls.Should().BeEquivalentTo("text", "text shop", "text shop 1.2", "any text", "event Live", "event Status", "event Account", "delivery shop", "status shop 1.2", "template PAUSED");
    }

    [Fact]
    public async Task Handler_NameTakenOrMissing_IsRefused()
    {
        await using var scene = await StartAsync(builder =>
        {
            builder.OnMessage<TextReceived>("greeter", (_, _) => Task.CompletedTask);
            builder.Invoking(b => b.OnDelivery("greeter", (_, _) => Task.CompletedTask)).Should().Throw<ArgumentException>().WithMessage("*\"greeter\" already*");
            builder.Invoking(b => b.On<UnknownEvent>("", (_, _) => Task.CompletedTask)).Should().Throw<ArgumentException>();
            builder.Invoking(b => b.OnAnyMessage(filter: null!, (_, _) => Task.CompletedTask)).Should().Throw<ArgumentNullException>();
            builder.Invoking(b => b.OnMessage<TextReceived, Uri>(handler: null!)).Should().Throw<ArgumentNullException>();
        });
    }

    [Fact]
    public async Task HandlerClass_OfSeveralTypes_IsOneHandlerForEachAndKeepsWhatCompleted()
    {
        await using var scene = await StartAsync(builder =>
        {
            builder.Services.AddSingleton(_calls);
            builder.AddHandler<Clerk>();
        });

        await scene.SaysAsync("twice");
        await scene.DrainAsync();
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));
        await scene.SendsOneStatusAsync();
        await scene.DrainAsync();

        _calls.Should().Equal("message 1", "text 1", "text 2", "status");
        scene.Runtime.Should().NotBeNull();
    }

    [Fact]
    public void HandlerClass_Name_IsItsFullNameAndTheTypeWhereThereAreSeveral()
    {
        var builder = new ServiceCollection().AddWhatsSession(_ => { }).AddHandler<Clerk>().AddHandler<Greeter>().ForNumber("support", b => b.AddHandler<Greeter>());

        builder.Services.Select(service => service.ImplementationInstance).OfType<HandlerBinding>().Select(binding => binding.Name).Should().Equal(
            $"{typeof(Clerk).FullName}(DeliveryUpdated)",
            $"{typeof(Clerk).FullName}(MessageReceived)",
            $"{typeof(Clerk).FullName}(TextReceived)",
            typeof(Greeter).FullName,
            $"support/{typeof(Greeter).FullName}");
        builder.Invoking(b => b.AddHandler<Greeter>()).Should().Throw<ArgumentException>().WithMessage("*already*");
        builder.Invoking(b => b.AddHandler<Version>()).Should().Throw<InvalidOperationException>().WithMessage("*System.Version implements no IHandle*");
    }

    /// <summary>A type that is missing in the list would never reach a class.</summary>
    [Fact]
    public void EventTypes_AreAllThereAre()
    {
        var visited = new Visited();
        EventTypes.Visit(visited);

        visited.Types.Should().BeEquivalentTo(new[] { typeof(WhatsAppEvent).Assembly, typeof(WhatsSessionClient).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).Where(typeof(WhatsAppEvent).IsAssignableFrom).Except([typeof(EngineWork)]), "work of the SDK itself reaches no handler");
    }

    [Fact]
    public async Task ForNumber_Handlers_TakeTheEventsOfThatNumberAlone()
    {
        await using var scene = await StartAsync(builder => builder
            .ForNumber("Sales", sales => sales
                .OnMessage<TextReceived>((message, _) => Note($"sales {message.Number.Name}"))
                .OnDelivery((_, _) => Note("never")))
            .OnAnyMessage(MessageFilter.Number("support"), (_, _) => Note("support")));

        await scene.SaysAsync("hi");
        await scene.SendsOneStatusAsync();
        await scene.Customer.SaysAsync("hi", Given.OtherNumber.Value);
        await scene.DrainAsync();

        _calls.Should().BeEquivalentTo("support", "sales sales");
    }

    [Fact]
    public async Task ForNumber_UnknownName_FailsTheStartWithTheNames()
    {
        var start = () => StartAsync(builder => builder.ForNumber("suport", b => b.OnAnyMessage((_, _) => Task.CompletedTask)));
        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*\"suport\"*sales, support*");
        start = () => StartAsync(builder => builder.OnAnyMessage(!(MessageFilter.Number("support") | MessageFilter.Number("nobody")), (_, _) => Task.CompletedTask));
        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*\"nobody\"*");
        start = () => StartAsync(builder => builder.ForNumber("support", b => b.ForNumber("sales", _ => { })));
        await start.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Filter_OfMessages_DecidesWhoIsCalled()
    {
        await using var scene = await StartAsync(builder => builder
            .OnMessage<TextReceived>(MessageFilter.TextEquals(" STOP "), (_, _) => Note("equals"))
            .OnMessage<TextReceived>(MessageFilter.TextContains("stop") & !MessageFilter.TextEquals("stop"), (_, _) => Note("contains"))
            .OnMessage<TextReceived, Uri>("pattern", MessageFilter.TextMatches("^order [0-9]+$"), (_, _, _) => Note("pattern"))
            .OnAnyMessage(MessageFilter.TextEquals("hi") | MessageFilter.Where(message => message is ImageReceived), (_, _) => Note("either"))
            .OnAnyMessage(MessageFilter.Button("btn") | MessageFilter.ListRow("row"), (_, _) => Note("choice")));

        foreach (var (text, expected) in new[] { ("stop ", "equals"), ("please stop", "contains"), ("order 42", "pattern"), ("Order 42", "pattern"), ("order x", ""), ("HI", "either") })
        {
            _calls.Clear();
            await scene.SaysAsync(text);
            await scene.DrainAsync();
            string.Join(' ', _calls).Should().Be(expected);
        }
    }

    [Fact]
    public void Filter_OfChoices_ComparesIds()
    {
        var button = Payload.Single<ButtonReplied>(Payload.Message("""
            "type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"yes","title":"Yes"}}
            """));
        var row = Payload.Single<ListReplied>(Payload.Message("""
            "type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"yes","title":"Yes"}}
            """));

        MessageFilter.Button("yes").Matches(button, number: null).Should().BeTrue();
        MessageFilter.Button("Yes").Matches(button, number: null).Should().BeFalse();
        MessageFilter.Button("yes").Matches(row, number: null).Should().BeFalse();
        MessageFilter.ListRow("yes").Matches(row, number: null).Should().BeTrue();
        MessageFilter.ListRow("yes").Matches(button, number: null).Should().BeFalse();
    }

    /// <summary>Else one message would hold back its conversation for ever.</summary>
    [Fact]
    public async Task Filter_ThatThrows_IsAFailureOfItsHandlerAlone()
    {
        await using var scene = await StartAsync(builder => builder
            .OnAnyMessage(MessageFilter.Where(_ => throw new InvalidOperationException("filter")), (_, _) => Note("never"))
            .OnAnyMessage((_, _) => Note("other")));
        await scene.SaysAsync("hello");
        foreach (var seconds in new[] { 0, 1, 10, 60, 300 })
        {
            await scene.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        _calls.Should().Equal("other");
        (await scene.Runtime.Parked.ListAsync(10)).Should().ContainSingle().Which.Error.Should().Be("System.InvalidOperationException");
    }

    [Fact]
    public async Task ReactAsync_Message_PutsTheEmojiOnIt()
    {
        await using var scene = await StartAsync(builder => builder.OnMessage<TextReceived>(async (message, cancellationToken) =>
        {
            (await message.ReactAsync("\U0001F44D", cancellationToken)).IsAccepted.Should().BeTrue();
            (await message.ReactAsync("no emoji", cancellationToken)).Should().BeOfType<SendOutcome.Invalid>();
        }));
        var asked = await scene.Customer.SaysAsync("hi", Given.Number.Value);
        await scene.DrainAsync();

        var reaction = JsonNode.Parse(scene.Customer.Received.Should().ContainSingle().Subject.Json)!["reaction"]!;
        ((string?)reaction["message_id"], (string?)reaction["emoji"]).Should().Be((asked, "\U0001F44D"));
        scene.Meta.Requests.Should().ContainSingle("the other is no emoji");
        scene.Store.Intents.Should().ContainSingle("a reaction goes the guarded way out");
        scene.Logs.GetSnapshot().Should().Contain(record => record.Message.Contains("was refused"));
    }

    [Fact]
    public async Task MarkReadAsync_Typing_AsksForBothAndKeepsNoIntent()
    {
        await using var scene = await StartAsync(builder => builder.OnAnyMessage(async (message, cancellationToken) =>
        {
            (await message.MarkReadAsync(cancellationToken)).IsSuccess.Should().BeTrue();
            (await message.MarkReadAsync(typing: true, cancellationToken)).IsSuccess.Should().BeTrue();
        }));
        var read = await scene.Customer.SaysAsync("hi", Given.Number.Value);
        await scene.DrainAsync();

        scene.Meta.Requests.Select(request => (request.Type, request.StatusCode, request.MessageId)).Should().Equal(("read", 200, read), ("typing", 200, read));
        scene.Meta.Requests[1].Json.Should().Be($$$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{{read}}}","typing_indicator":{"type":"text"}}""");
        scene.Store.Intents.Should().BeEmpty();
    }

    private static Task<EmulatedScene> StartAsync(Action<WhatsSessionBuilder> build) => EmulatedScene.StartAsync(builder =>
    {
        builder.Services.AddSingleton(new Uri("https://shop/")).AddSingleton(new Version(1, 2));
        build(builder);
    });

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }

    private sealed class Clerk(ConcurrentQueue<string> calls) : IHandle<TextReceived>, IHandle<MessageReceived>, IHandle<DeliveryUpdated>
    {
        private readonly Guid _scope = Guid.NewGuid();

        public Task HandleAsync(Received<TextReceived> received, CancellationToken cancellationToken = default)
        {
            received.Services.GetRequiredService<Clerk>()._scope.Should().Be(_scope, "it comes from the scope of the call");
            calls.Enqueue($"text {received.Attempt}");
            return received.Attempt == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask;
        }

        public Task HandleAsync(Received<MessageReceived> received, CancellationToken cancellationToken = default)
        {
            calls.Enqueue($"message {received.Attempt}");
            return Task.CompletedTask;
        }

        public Task HandleAsync(Received<DeliveryUpdated> received, CancellationToken cancellationToken = default)
        {
            calls.Enqueue("status");
            return Task.CompletedTask;
        }
    }

    private sealed class Greeter : IHandle<TextReceived>
    {
        public Task HandleAsync(Received<TextReceived> received, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    private sealed class Visited : IEventTypeVisitor
    {
        public List<Type> Types { get; } = [];

        public void Visit<TEvent>()
            where TEvent : WhatsAppEvent => Types.Add(typeof(TEvent));
    }
}
