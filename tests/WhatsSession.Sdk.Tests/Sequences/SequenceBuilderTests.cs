using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Sequences;

[WithoutEmulator("What is wrong is told before anything is sent.")]
public sealed class SequenceBuilderTests
{
    private static readonly TextMessage Hello = new("Hello");

    private static readonly TemplateMessage Template = new("order_shipped", "en_US", "42");

    public static TheoryData<Action<SequenceBuilder>, string> Mistakes => new()
    {
        { static _ => { }, "*\"cart\" has no steps*s.After(*" },
        { static s => s.After(TimeSpan.FromTicks(-1), Hello), "*delay*" },
        { static s => s.After(TimeSpan.FromDays(367), Hello), "*delay*" },
        { static s => s.BeforeClosing(TimeSpan.Zero, Hello), "*lead*" },
        { static s => s.BeforeClosing(TimeSpan.FromMinutes(-1), Hello), "*lead*" },
        { static s => s.BeforeClosing(TimeSpan.FromHours(24), Hello), "*lead*" },
        { static s => s.BeforeClosing(TimeSpan.FromMilliseconds(1500), Hello), "*whole seconds*" },
        { static s => s.StartBeforeClosing(TimeSpan.FromHours(25)).After(TimeSpan.Zero, Hello), "*lead*" },
        { static s => s.At(day: -1, new TimeOnly(9, 0), Hello), "*day*" },
        { static s => s.InZone("Europe/Atlantis").After(TimeSpan.Zero, Hello), "*\"cart\"*\"Europe/Atlantis\"*IANA*" },
        { static s => s.At(new TimeOnly(9, 0), Hello), "*no time zone*InZone*" },
        { static s => s.QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)).After(TimeSpan.Zero, Hello), "*no time zone*InZone*" },
        { static s => s.InZone(static _ => "Europe/Berlin").At(new TimeOnly(9, 0), Hello), "*no time zone*InZone*" },
        { static s => s.InZone("UTC").QuietHours(new TimeOnly(8, 0), new TimeOnly(8, 0)).After(TimeSpan.Zero, Hello), "*from 08:00 to 08:00*" },
        { static s => s.InZone("UTC").QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)).At(new TimeOnly(7, 0), Hello), "Step 1*at 07:00, within its quiet hours*" },
        { static s => s.After(TimeSpan.Zero, Hello).After(TimeSpan.Zero, new TextMessage("")), "Step 2 of the sequence \"cart\" cannot be sent: text.body*" },
        { static s => s.After(TimeSpan.Zero, Hello, new TemplateMessage("Not A Name", "en_US")), "Step 1*cannot be sent: template.name*" },
        { static s => s.After(TimeSpan.Zero, ImageMessage.FromBytes(new byte[] { 1 }, "image/png")), "Step 1*UploadMediaAsync*" },
        { static s => s.StartWhenDelivered("order_shipped").After(TimeSpan.Zero, Template), "*\"order_shipped\"*without end*" },
        { static s => s.After(TimeSpan.Zero, (Message)null!), "*message*" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void AddSequence_Mistake_IsToldWithValueAndFix(Action<SequenceBuilder> build, string text)
    {
        var add = () => Builder().AddSequence("cart", build);

        add.Should().Throw<ArgumentException>().WithMessage(text);
    }

    [Fact]
    public void AddSequence_NameUsedTwice_IsRefused()
    {
        var add = () => Builder().AddSequence("cart", static s => s.After(TimeSpan.Zero, Hello)).AddSequence("cart", static s => s.After(TimeSpan.Zero, Hello));

        add.Should().Throw<ArgumentException>().WithMessage("*\"cart\" already*");
    }

    [Fact]
    public async Task Start_StepBeforeClosingWithinTheMargin_FailsWithTheFix()
    {
        var start = () => WhatsSessionRuntime.StartAsync(
            Options, static builder => builder.AddSequence("cart", static s => s.BeforeClosing(TimeSpan.FromSeconds(60), Hello)));

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*AddSequence(\"cart\")*BeforeClosing(00:01:00*Guard:Margin*longer time*");
    }

    [Fact]
    public async Task Start_SequencesThatStartEachOther_FailsWithTheFix()
    {
        var start = () => WhatsSessionRuntime.StartAsync(
            Options,
            static builder => builder
                .AddSequence("a", static s => s.StartWhenDelivered("x").After(TimeSpan.FromHours(1), new TemplateMessage("y", "en_US")))
                .AddSequence("b", static s => s.StartWhenDelivered("y").After(TimeSpan.FromHours(1), new TemplateMessage("x", "en_US"))));

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*AddSequence(\"a\")*without end*AddSequence(\"b\")*other templates*");
    }

    [Fact]
    public async Task Start_CalendarThatNeverOpens_FailsWithTheFix()
    {
        var start = () => WhatsSessionRuntime.StartAsync(
            Options, static builder => builder.AddSequence("cart", static s => s.InZone("UTC").OnBusinessDays(new WeeklyHours("UTC")).After(TimeSpan.Zero, Hello)));

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*AddSequence(\"cart\")*never opens*Open(*");
    }

    [Fact]
    public async Task StartSequenceAsync_Mistake_IsToldAndStartsNothing()
    {
        await using var runtime = await WhatsSessionRuntime.StartAsync(Options, static builder => builder
            .AddSequence("cart", static s => s.InZone("UTC").InZone(static start => start.Values.GetValueOrDefault("zone")).After(TimeSpan.Zero, static start => new TextMessage(start["text"])))
            .AddSequence("welcome", static s => s.After(TimeSpan.Zero, Hello)));
        var conversation = runtime.Client.Number("support").Conversation("15550001234");

        await MustFailAsync(() => conversation.StartSequenceAsync("carts"), "*no sequence \"carts\"*cart, welcome*");
        await MustFailAsync(() => conversation.StartSequenceAsync("cart"), "*without a value \"text\"*has none*");
        await MustFailAsync(() => conversation.StartSequenceAsync("cart", Values(("text", ""))), "Step 1*text.body*");
        await MustFailAsync(() => conversation.StartSequenceAsync("cart", Values(("text", "Hi"), ("zone", "Mars/Olympus"))), "*\"Mars/Olympus\"*");

        (await runtime.Client.Sequences.ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public void ToString_OfWhatHoldsMessages_ShowsNoContent()
    {
        var run = new SequenceRun
        {
            Id = IntentId.New(),
            Conversation = new ConversationKey(PhoneNumberId.Parse("314159265358979"), CustomerId.Parse("15550001234")),
            StartedAt = NodaConstants.UnixEpoch,
            Values = Values(("text", "secret")),
            Steps = [new SequenceStep { Message = new TextMessage("secret"), MessageId = MessageId.Parse("wamid.secret") }],
        };

        foreach (object shown in (object[])[run, run.Steps[0], new SequenceStart(run.Conversation, run.Values), new StartedSequence(run, IsNew: true)])
        {
            shown.ToString().Should().NotContain("secret").And.NotContain("15550001234");
        }
    }

    private static async Task MustFailAsync(Func<Task> start, string text) => (await start.Should().ThrowAsync<ArgumentException>()).WithMessage(text);

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) =>
        values.ToDictionary(static one => one.Name, static one => one.Value, StringComparer.Ordinal);

    private static WhatsSessionBuilder Builder() => new ServiceCollection().AddWhatsSession(Options);

    private static void Options(WhatsSessionOptions options) => options.Numbers.Add("support", "314159265358979", "dev");
}
