using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>JSON of the caller's that is cut in the middle of a character is refused before anything is stored, so the history stays readable.</summary>
[WithoutEmulator("No request, and the store alone.")]
public sealed class UnwritableJsonTests
{
    private const string Cut = "{\"a\":\"\uD83D\"}";

    private static readonly Dictionary<string, Message> Broken = new(StringComparer.Ordinal)
    {
        ["raw message"] = new RawMessage("text", Cut),
        ["data of a flow"] = new FlowMessage("b", "c", new FlowAction.Navigate("S") { Data = Cut }) { FlowId = "1" },
        ["data of a flow button"] = new TemplateMessage("t", "en") { Buttons = [new TemplateButtonParameter.Flow(0) { Data = Cut }] },
        ["json of a template"] = new TemplateMessage("t", "en") { Json = Cut },
        ["payment setting"] = new OrderDetailsMessage("b", new OrderDetails
        {
            ReferenceId = "1",
            PaymentType = "br",
            PaymentSettings = [new PaymentSetting.Raw("boleto", Cut)],
            Currency = "BRL",
            Total = new OrderAmount(100),
            Items = [new OrderLine("a", "Tea", new OrderAmount(100), 1)],
            Subtotal = new OrderAmount(100),
            Tax = new OrderCharge(new OrderAmount(0)),
        }),
    };

    public static TheoryData<string> Names => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SendAsync_JsonWithHalfACharacter_ThrowsAndStoresNothing(string name)
    {
        await using var scene = await Scene.StartAsync();

        await FluentActions.Awaiting(() => SendAsync(scene.Conversation, Broken[name])).Should().ThrowExactlyAsync<ArgumentException>();

        (await scene.Conversation.GetHistoryAsync(10)).Should().BeEmpty();
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task ReadLogAsync_MessageThatCannotBeWritten_DoesNotHideTheOthers()
    {
        var store = new InMemoryStore();
        foreach (var message in new[] { Given.Text, Broken["raw message"] })
        {
            await store.SaveIntentAsync(new SendIntent { Id = IntentId.New(), Conversation = Given.Key, Message = message, CreatedAt = Given.T0 }, TestContext.Current.CancellationToken);
        }

        var log = await store.ReadLogAsync(Given.Key, before: null, limit: 10, TestContext.Current.CancellationToken);

        log.Select(message => message.Json.Length > 2).Should().BeEquivalentTo([true, false]);
    }

    private static Task<SendOutcome> SendAsync(Conversation conversation, Message message) =>
        message is TemplateMessage template ? conversation.SendAsync(template) : conversation.SendAsync((SessionMessage)message);
}
