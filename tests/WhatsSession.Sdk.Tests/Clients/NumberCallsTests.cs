using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Clients;

/// <summary>Requests of a number that post no message.</summary>
[WithoutEmulator("Exact answers, and requests that are never made.")]
public sealed class NumberCallsTests
{
    [Fact]
    public async Task Calls_RequestsThatBreakALimit_NameTheViolations()
    {
        await using var scene = await Scene.StartAsync(options: o => o.Numbers["support"].BusinessAccountId = "102030405060708");
        var number = scene.Runtime.Client.Number("support");

        var code = await number.QrCodes.CreateAsync(new string('x', 141));
        var created = await number.Templates.CreateAsync(new TemplateDraft("Not a name", "en_US", TemplateCategory.Utility, new TemplateComponent.Body("Hello")));
        var edited = await number.Templates.EditAsync("1", new TemplateEdit { Components = [new TemplateComponent.Body("")] });

        code.Violations.Should().Equal(QrCode.Check(new string('x', 141)));
        new[] { code.Violations, created.Violations, edited.Violations }.Should().OnlyContain(violations => violations.Count > 0);
        new[] { code.Error, created.Error, edited.Error }.Should().OnlyContain(error => error!.Category == GraphErrorCategory.InvalidRequest);
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task ListQrCodesAsync_LongPage_IsReadToItsEnd()
    {
        await using var scene = await Scene.StartAsync();
        var text = string.Concat(Enumerable.Repeat("\\u0430", 140));
        var page = string.Join(',', Enumerable.Range(1, 2000).Select(i => $$"""{"code":"CODE{{i}}","prefilled_message":"{{text}}","deep_link_url":"https://wa.me/message/CODE{{i}}"}"""));
        scene.Http.AnswerWith(HttpStatusCode.OK, $$"""{"data":[{{page}}]}""");

        var codes = new List<QrCode>();
        await foreach (var code in scene.Runtime.Client.Number("support").QrCodes.ListAsync())
        {
            codes.Add(code);
        }

        page.Length.Should().BeGreaterThan(1 << 20);
        codes.Should().HaveCount(2000);
    }

    [Fact]
    public async Task Calls_DurationsThatNoClockCanCount_AreOutOfRange()
    {
        await using var scene = await Scene.StartAsync();
        var message = MessageId.Parse("wamid.a");

        foreach (var extreme in (Duration[])[Duration.MinValue, Duration.MaxValue])
        {
            await FluentActions.Awaiting(() => scene.Conversation.WaitForDeliveryAsync(message, extreme)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        }

        await FluentActions.Awaiting(() => scene.Runtime.DrainAsync(Duration.MinValue)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        (await scene.Runtime.DrainAsync(Duration.MaxValue)).Should().BeTrue();
    }

    [Fact]
    public async Task Calls_NoMessageId_AreRefused()
    {
        await using var scene = await Scene.StartAsync();

        await FluentActions.Awaiting(() => scene.Conversation.WaitForDeliveryAsync(default(MessageId), TimeSpan.Zero)).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(async () => await scene.Conversation.GetDeliveryAsync(default)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task ReplyAsync_NumberThatNoOptionNames_NamesItsId()
    {
        var number = PhoneNumberId.Parse("314159265358999");
        await using var scene = await Scene.StartAsync();
        var events = new List<WhatsAppEvent>();
        WebhookReader.Read(Sample.Utf8(Encoding.UTF8.GetString(Sample.Webhook("inbound-text")).Replace(Given.Number.Value, number.Value)), events);
        var received = new Received<TextReceived>((TextReceived)events[0], number: null, new ServiceCollection().BuildServiceProvider(), attempt: 1);

        await received.Awaiting(r => r.ReplyAsync("hi")).Should().ThrowAsync<InvalidOperationException>().WithMessage($"*phone_number_id {number}*Numbers*");
    }
}
